"""What a person chooses about one brief: the area, the sections, who it is for."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.briefs.errors import BriefError
from dashboard.briefs.gathering.desk import PLAN_PREFIX, Desk, Subject, find_subject
from dashboard.briefs.look_store import read_look
from dashboard.briefs.options import SECTIONS, BriefOptions, base_url
from dashboard.components.links import link_to_brief
from dashboard.components.own_areas import own_places
from dashboard.components.place_search import find_places
from dashboard.components.visit import Visit
from dashboard.questions.places import ENGLAND
from dashboard.register.errors import RegisterError
from dashboard.register.piece import PieceTitle, Sort
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from dashboard.state import read_code
from dashboard.words import escape_markdown
from etl.settings import Settings

# Only for a second edition, which has a box of its own.
NOT_CHOSEN = frozenset({"changes", "plan"})
MOST_OWN = 8


@dataclass(frozen=True)
class BriefLink:
    """What the address of the Briefs page names."""

    area_code: str
    plan_id: str
    job_id: str


def read_link() -> BriefLink:
    """Return what the address names: an area, a plan, a job."""
    query = st.query_params
    return BriefLink(
        area_code=read_code(query.get("area", "")),
        plan_id=query.get("plan", "").strip()[:80],
        job_id=query.get("job", "").strip()[:40],
    )


def find_shown(repository: Repository, visit: Visit, link: BriefLink) -> Subject | None:
    """Return the area or the plan that the address names; None, and why, when it is not there for whoever looks."""
    code = link.area_code or (f"{PLAN_PREFIX}{link.plan_id}" if link.plan_id else "")
    if not code:
        return None
    try:
        return find_subject(Desk(repository, visit.register, visit.actor), code)
    except BriefError as refusal:
        st.warning(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return None


def show_area_choice(repository: Repository, *, settings: Settings, is_first: bool) -> None:
    """Show a box to look an area up, with links to its brief; areas of people's own are found by name too.

    Parameters
    ----------
    is_first
        Whether no area is shown yet: then what may be chosen without looking it up is listed at once.
    """
    label = "Which area is it about?" if is_first else "Another area"
    text = st.text_input(label, key="brief_search", placeholder="Moss Side, M14 4PX, E08000003…").strip()
    if text or is_first:
        for place in [own for own in own_places(settings) if text.casefold() in own.name.casefold()][:MOST_OWN]:
            link_to_brief({"area": place.area_code}, label=place.label)
    if not text:
        if is_first:
            link_to_brief({"area": ENGLAND}, label="All of England")
        return
    answer = find_places(repository, settings, text=text)
    for place in answer.places:
        link_to_brief({"area": place.area_code}, label=place.label)
    if answer.reason:
        st.info(escape_markdown(answer.reason))


def open_desk(repository: Repository, visit: Visit) -> Desk:
    """Return where briefs are gathered for whoever looks."""
    return Desk(repository, visit.register, visit.actor, look=read_look(visit.register))


def show_options(desk: Desk, subject: Subject, link: BriefLink, *, settings: Settings) -> Desk:
    """Show what may be switched on and off, and return a desk at which just that is gathered."""
    choices = [section for section in SECTIONS if section not in NOT_CHOSEN]
    chosen = st.multiselect(
        "What is in it", options=choices, default=choices, format_func=SECTIONS.__getitem__, key="brief_sections"
    )
    plan_id = "" if subject.is_plan else _choose_plan(desk, link)
    wants_partners = False
    if may(desk.actor, Action.SEE_PARTNER_FIELDS):
        wants_partners = st.checkbox(
            "With what is for partners only", key="brief_partners", help="Every page then says so."
        )
    options = BriefOptions(
        sections=tuple(section for section in SECTIONS if section in chosen or (section == "plan" and plan_id)),
        wants_partners_only=wants_partners,
        plan_id=plan_id,
        base_url=base_url(settings),
    )
    return replace(desk, options=options)


def _choose_plan(desk: Desk, link: BriefLink) -> str:
    plans = {"": "No plan"} | {plan.piece_id: plan.title for plan in _plans(desk)}
    if len(plans) == 1:
        return ""
    ids = list(plans)
    first = ids.index(link.plan_id) if link.plan_id in plans else 0
    return st.selectbox(
        "Results of a plan", options=ids, index=first, format_func=plans.__getitem__, key=f"brief_plan_{link.plan_id}"
    )


def _plans(desk: Desk) -> tuple[PieceTitle, ...]:
    try:
        return desk.register.kept.list(actor=desk.actor, sort=Sort.PLAN) if desk.register else ()
    except RegisterError:
        return ()
