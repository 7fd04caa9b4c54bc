"""The page that answers “what do people say about it themselves?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.naming import name_things
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_stories
from dashboard.components.stories.form import show_story_form
from dashboard.components.stories.listing import EDIT, NEW, show_own, show_said, show_stories
from dashboard.components.visit import open_visit
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the stories that somebody may read, or the form to write one down."""
    st.title("Stories")
    visit = open_visit(settings)
    naming, may_add = name_things(repository, visit), may(visit.actor, Action.ADD_STORY)
    edited = st.query_params.get(EDIT, "")
    before = next((one for one in visit.register.stories.mine(actor=visit.actor) if one.story.story_id == edited), None)
    if may_add and (before is not None or NEW in st.query_params):
        link_to_stories({}, label="Back to the stories")
        show_story_form(repository, visit, naming=naming, before=before)
        return
    show_said()
    if may_add:
        link_to_stories({NEW: "yes"}, label="Add a story")
        show_own(visit, naming=naming)
    show_stories(repository, visit, naming=naming)
