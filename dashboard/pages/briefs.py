"""The page that answers “may I have this on paper, for the board?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.briefs.choice import find_shown, open_desk, read_link, show_area_choice, show_options
from dashboard.components.briefs.look import show_look
from dashboard.components.briefs.many import show_many
from dashboard.components.briefs.preview import show_brief
from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.components.own_areas import open_own_areas
from dashboard.components.visit import open_visit
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show a brief of the area or the plan that the address names, and the ways to take it away."""
    st.title("Briefs")
    open_own_areas(repository, settings)
    visit, link = open_visit(settings), read_link()
    subject = find_shown(repository, visit, link)
    if subject is None:
        st.markdown("Two pages about any area that stand up in a meeting: as PDF, Word, web page or data.")
        show_area_choice(repository, settings=settings, is_first=True)
        show_look(visit)
        return
    st.subheader(escape_markdown(subject.name))
    # What most people come for stands first, on a telephone too; it is filled once it is known what is wanted.
    files = st.container()
    choices, shown = st.columns([2, 3], gap="large")
    desk = open_desk(repository, visit)
    with choices, refusals_shown():
        show_area_choice(repository, settings=settings, is_first=False)
        desk = show_options(desk, subject, link, settings=settings)
        show_many(desk, subject.area, link, settings=settings)
        show_look(visit)
    with shown, refusals_shown():
        show_brief(desk, subject.code, files=files, settings=settings)
