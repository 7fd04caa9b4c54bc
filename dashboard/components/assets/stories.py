"""Stories that people have told about an entry and that this person may read."""

from __future__ import annotations

import streamlit as st

from dashboard.components.stories.shown import UNNAMED
from dashboard.components.visit import Visit
from dashboard.words import escape_markdown


def show_asset_stories(visit: Visit, asset_id: str) -> None:
    """Show the stories, each credited as its teller wishes."""
    stories = visit.register.stories.shown(actor=visit.actor, asset_id=asset_id)
    if not stories:
        return
    st.header("What people say")
    for told in stories:
        with st.container(border=True):
            st.subheader(escape_markdown(told.story.title))
            st.text(told.story.words)
            st.caption(escape_markdown(told.story.credit or UNNAMED))
