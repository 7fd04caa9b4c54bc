"""The page that answers “what waits for me?”, for reviewers."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.naming import name_things
from dashboard.components.filters import Filters
from dashboard.components.review.picking import ITEM, show_done
from dashboard.components.review.queues import queues_of
from dashboard.components.visit import open_visit
from dashboard.register.actor import Role
from dashboard.repository import Repository
from etl.settings import Settings

QUEUE = "queue"


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the queues with how much waits in each, and the first thing of the one that is open."""
    st.title("Review")
    visit = open_visit(settings)
    if Role.REVIEWER not in visit.actor.roles:
        st.info("Reviewers look here at what waits. Ask your register's administrator if you should be one.")
        return
    asked = st.query_params.get(QUEUE, "")
    queues = queues_of(visit, name_things(repository, visit))
    if visit.actor.areas:
        st.caption("You see what lies in the areas that you review.")
    names = list(queues)
    first = next((name for name in names if queues[name].has_any), names[0])
    opened = st.segmented_control(
        "What waits", options=names, default=asked if asked in queues else first, required=True, key="review-queue",
        format_func=lambda name: queues[name].label,
    )  # fmt: skip
    if opened != asked:
        st.query_params[QUEUE] = opened
        if asked:
            st.query_params.pop(ITEM, None)
    show_done()
    queues[opened].show()
