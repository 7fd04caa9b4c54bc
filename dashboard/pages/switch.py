"""The page that answers “how did appointments move, and what has changed since we last looked?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.switch.changes import show_changes
from dashboard.components.switch.story import show_england, show_one_place, show_places
from dashboard.repository import Repository
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Tell the story of the switch, and show what is different from the last build."""
    st.title("The switch to digital")
    st.markdown("How seeing a GP moved from face to face to telephone and video, and who lives where it moved most.")
    if show_england(repository):
        show_places(repository)
        show_one_place(repository)
    show_changes(repository, settings)
