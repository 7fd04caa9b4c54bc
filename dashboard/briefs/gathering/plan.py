"""The results of a plan that somebody has kept, worked out anew on what is loaded and listed now."""

from __future__ import annotations

import math

import pandas as pd

from dashboard.briefs.disclosure import people_shown
from dashboard.briefs.model.told import Note
from dashboard.briefs.rows import rows_of
from dashboard.planning.asking import PlanAnswer, points_of, weigh_plan
from dashboard.planning.sites import name_site
from dashboard.planning.state import Plan, plan_of_body
from dashboard.planning.support import support_groups
from dashboard.planning.words import distance
from dashboard.register.actor import Actor
from dashboard.register.piece import Piece
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.words import count
from etl.methods.access import LONG_WALK_M
from etl.methods.arrays import FloatArray

MOST_NEIGHBOURHOODS = 4


def gather_plan(repository: Repository, register: Register, piece: Piece, *, actor: Actor) -> tuple[Note, ...]:
    """Return what a plan would change, where, and for whom.

    Parameters
    ----------
    actor
        Who reads it: a group that is not for them is not named.
    """
    plan = plan_of_body(piece.body)
    if not plan.sites:
        return (Note(heading=piece.title, words="This plan names no place yet."),)
    answer = weigh_plan(repository, register, plan)
    help_name = support_groups(register.settings.taxonomy()).get(plan.group, plan.group)
    names = [name_site(repository, register, site, actor=actor) for site in plan.sites]
    places = "; ".join(f"({number}) {name}" for number, name in enumerate(names, start=1))
    return (
        Note(heading=piece.title, words=_in_words(plan, answer, help_name=help_name)),
        Note(heading="Where it would be offered", words=f"{places}."),
        *_nearer(answer.around),
    )


def points_of_plan(piece: Piece | None) -> FloatArray:
    """Return the places of a plan in metres (EPSG:27700), shape (n, 2), in the order in which they are listed."""
    points: FloatArray = points_of(plan_of_body(piece.body).sites if piece else ())
    return points


def _in_words(plan: Plan, answer: PlanAnswer, *, help_name: str) -> str:
    places = f"{count(len(plan.sites))} place{'' if len(plan.sites) == 1 else 's'}"
    near, far = (people_shown(answer.newly[key]) for key in ("within_800m", "within_1600m"))
    left_behind = people_shown(answer.newly_left_behind["within_800m"])
    return (
        f"“{help_name}”, offered at {places}, would newly bring {near} within a 10-minute walk (800 m), {left_behind} "
        f"of them in left-behind neighbourhoods, and {far} within a 20-minute walk (1,600 m). People are counted "
        "where the middle of their neighbourhood is (Census 2021). Being near is not the same as being welcome, open "
        "or trusted: ask the people there."
    )


def _nearest_now(distance_m: float) -> str:
    return (
        "no such help is listed anywhere now"
        if math.isinf(distance_m)
        else f"the nearest is {distance(distance_m)} away now"
    )


def _nearer(around: pd.DataFrame) -> tuple[Note, ...]:
    """Return the left-behind neighbourhoods that come within reach or much nearer, the largest gain first."""
    gain = around["nearest_before_m"].clip(upper=10 * LONG_WALK_M) - around["nearest_after_m"]
    rows = around[around["is_left_behind"] & (gain > 0)].assign(gain=gain)
    rows = rows.sort_values(["gain", "area_code"], ascending=[False, True]).head(MOST_NEIGHBOURHOODS)
    points = tuple(
        f"{row['name']}: {_nearest_now(row['nearest_before_m'])}, then {distance(row['nearest_after_m'])} away"
        for row in rows_of(rows)
    )
    return (
        (Note(heading="Left-behind neighbourhoods that it would come nearest to", words="", points=points),)
        if points
        else ()
    )
