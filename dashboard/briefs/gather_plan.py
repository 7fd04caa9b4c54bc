"""The results of a plan that somebody has kept, for a brief that asks for them."""

from __future__ import annotations

from dashboard.briefs.disclosure import people_shown
from dashboard.briefs.errors import BriefError
from dashboard.briefs.model import Note
from dashboard.plan_state import Plan, plan_of_body
from dashboard.planning import PlanAnswer, weigh_plan
from dashboard.register.actor import Actor
from dashboard.register.errors import RegisterError
from dashboard.register.piece import Piece, Sharing, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.support import support_groups
from dashboard.words import count


def find_plan(register: Register, plan_id: str, *, actor: Actor) -> Piece:
    """Return a plan that an actor may see.

    Raises
    ------
    BriefError
        If there is none, or not for this person: both sound the same.
    """
    try:
        piece = register.kept.get(plan_id, actor=actor)
    except RegisterError as error:
        raise _no_plan() from error
    if piece.sort is not Sort.PLAN:
        raise _no_plan()
    return piece


def is_for_partners(piece: Piece) -> bool:
    """Return whether a plan was kept for fewer than everyone: a brief that holds it is for partners only."""
    return piece.audience is not Sharing.PUBLIC


def gather_plan(repository: Repository, register: Register, piece: Piece) -> tuple[Note, ...]:
    """Return what a plan would change, counted anew on what is loaded and listed now."""
    plan = plan_of_body(piece.body)
    if not plan.sites:
        return (Note(heading=piece.title, words="This plan names no place yet."),)
    help_name = support_groups(register.settings.taxonomy()).get(plan.group, plan.group)
    return (Note(heading=piece.title, words=_in_words(plan, weigh_plan(repository, register, plan), help_name)),)


def _in_words(plan: Plan, answer: PlanAnswer, help_name: str) -> str:
    places = f"{count(len(plan.sites))} place{'' if len(plan.sites) == 1 else 's'}"
    near, far = (people_shown(answer.newly[key]) for key in ("within_800m", "within_1600m"))
    left_behind = people_shown(answer.newly_left_behind["within_800m"])
    return (
        f"“{help_name}”, offered at {places}, would newly bring {near} within a 10-minute walk (800 m), {left_behind} "
        f"of them in left-behind neighbourhoods, and {far} within a 20-minute walk (1,600 m). People are counted "
        "where the middle of their neighbourhood is (Census 2021)."
    )


def _no_plan() -> BriefError:
    return BriefError(
        "There is no such plan, or it is not shared with you.", todo="Open it from the page it was saved on."
    )
