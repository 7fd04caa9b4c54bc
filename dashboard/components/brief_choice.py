"""What a person chooses about one brief: the area, the sections, who it is for."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.briefs.gathering import Desk
from dashboard.briefs.look_store import read_look
from dashboard.briefs.options import SECTIONS, BriefOptions
from dashboard.components.links import link_to_brief
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


def show_area_choice(repository: Repository, *, shown_name: str) -> None:
    """Show a box to look another area up, with links to its brief."""
    label = "Another area" if shown_name else "Which area is it about?"
    text = st.text_input(label, key="brief_search", placeholder="Moss Side, M14 4PX, E08000003…")
    if not text.strip():
        if not shown_name:
            link_to_brief({"area": ENGLAND}, label="All of England")
        return
    answer = repository.find_places(text)
    for place in answer.places:
        link_to_brief({"area": place.area_code}, label=place.label)
    if answer.reason:
        st.info(escape_markdown(answer.reason))


def show_options(visit: Visit, link: BriefLink, *, settings: Settings) -> BriefOptions:
    """Show what may be switched on and off, and return what is chosen."""
    choices = [section for section in SECTIONS if section not in NOT_CHOSEN]
    chosen = st.multiselect(
        "What is in it", options=choices, default=choices, format_func=SECTIONS.__getitem__, key="brief_sections"
    )
    plan_id = _choose_plan(visit, link)
    wants_partners = False
    if may(visit.actor, Action.SEE_PARTNER_FIELDS):
        wants_partners = st.checkbox(
            "With what is for partners only", key="brief_partners", help="Every page then says so."
        )
    return BriefOptions(
        sections=tuple(section for section in SECTIONS if section in chosen or (section == "plan" and plan_id)),
        wants_partners_only=wants_partners,
        plan_id=plan_id,
        base_url=settings.sharing.public_url or f"http://localhost:{settings.port}",
    )


def open_desk(repository: Repository, visit: Visit, options: BriefOptions) -> Desk:
    """Return where briefs are gathered for whoever looks."""
    return Desk(repository, visit.register, visit.actor, options, read_look(visit.register))


def _choose_plan(visit: Visit, link: BriefLink) -> str:
    plans = {"": "No plan"} | {plan.piece_id: plan.title for plan in _plans(visit)}
    if len(plans) == 1:
        return ""
    ids = list(plans)
    first = ids.index(link.plan_id) if link.plan_id in plans else 0
    return st.selectbox(
        "Results of a plan", options=ids, index=first, format_func=plans.__getitem__, key=f"brief_plan_{link.plan_id}"
    )


def _plans(visit: Visit) -> tuple[PieceTitle, ...]:
    try:
        return visit.register.kept.list(actor=visit.actor, sort=Sort.PLAN)
    except RegisterError:
        return ()
