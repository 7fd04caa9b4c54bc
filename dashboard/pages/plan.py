"""The page that answers “what if help were offered here, and where would it count most?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.frame import fragment
from dashboard.components.own_areas import open_own_areas
from dashboard.components.plan.answer import show_around, show_plan_answer
from dashboard.components.plan.best import show_best
from dashboard.components.plan.controls import show_plan_choices, show_site_search, show_sites
from dashboard.components.plan.link import PlanLink
from dashboard.components.plan.map import show_plan_map
from dashboard.components.plan.saved import describe_piece, show_saved_plans, show_saving, show_since_kept
from dashboard.components.visit import open_visit
from dashboard.planning.asking import weigh_plan
from dashboard.register.errors import RegisterError
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings

NOT_HERE = "The area that this was planned for is not here, or not shared with you, so all of England is planned for."

NO_SUCH_HELP = "The kind of help that the link names is not one that this register knows, so another is planned for."


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show what offering help somewhere would change, and where it would change most."""
    st.title("What if help were offered here?")
    open_own_areas(repository, settings)
    link = PlanLink(open_visit(settings))
    _show_opened(link)
    _weigh(repository, link, settings)


def _show_opened(link: PlanLink) -> None:
    try:
        if piece := link.piece:
            st.info(escape_markdown(describe_piece(piece)))
    except RegisterError as refusal:
        link.clear()
        st.warning(escape_markdown(f"{refusal.what} {refusal.todo}"))


@fragment
def _weigh(repository: Repository, link: PlanLink, settings: Settings) -> None:
    plan = link.fitted(repository)
    if link.plan.within and not plan.within:
        st.warning(NOT_HERE)
    if link.plan.group != plan.group:
        st.warning(NO_SUCH_HELP)
    show_plan_choices(repository, link, plan=plan, settings=settings)
    answer = weigh_plan(repository, link.visit.register, plan)
    map_side, list_side = st.columns([11, 9], gap="medium")
    with map_side:
        show_plan_map(repository, link, plan=plan, answer=answer, settings=settings)
    with list_side:
        show_site_search(repository, link, plan=plan, settings=settings)
        show_sites(repository, link, plan=plan)
        show_plan_answer(plan, answer)
        show_since_kept(link.piece, plan, answer)
    show_around(repository, answer)
    show_best(repository, link, plan=plan)
    show_saving(repository, link, plan=plan, answer=answer)
    show_saved_plans(link)
