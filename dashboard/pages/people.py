"""The page that answers “who may do what here, and with which settings and words?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.people.asking import show_asking
from dashboard.components.people.rights import show_rights
from dashboard.components.people.settings import show_settings
from dashboard.components.people.terms import show_terms
from dashboard.components.visit import open_visit
from dashboard.repository import Repository
from etl.settings import Settings

PARTS = ("People", "Settings", "Lists of words")


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001
    """Show people and their rights, the settings of the register, and its lists of words."""
    st.title("People and settings")
    visit = open_visit(settings)
    people, register_settings, words = st.tabs(PARTS, key="part", on_change="rerun", bind="query-params")
    if people.open:
        with people:
            if settings.is_shared:
                show_asking(visit)
                show_rights(visit, repository)
            else:
                st.info("Here one person has every role. In shared mode people sign in, and you give them rights.")
    if register_settings.open:
        with register_settings:
            show_settings(visit)
    if words.open:
        with words:
            show_terms(visit)
