"""The page that answers “what waits for me?”, for reviewers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.asset_words import Naming
from dashboard.components.asset_naming import name_things
from dashboard.components.filters import Filters
from dashboard.components.review_entries import show_edits, show_new
from dashboard.components.review_merge import show_pairs
from dashboard.components.review_picking import ITEM, show_done
from dashboard.components.review_reports import show_checks, show_reports
from dashboard.components.review_stories import show_waiting_stories, waiting_stories
from dashboard.components.visit import Visit, open_visit
from dashboard.register.actor import Role
from dashboard.register.entry import State
from dashboard.repository import Repository
from dashboard.words import count
from etl.settings import Settings

QUEUE = "queue"
Queue = tuple[str, int, Callable[[], None]]


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the queues with how much waits in each, and the first thing of the one that is open."""
    st.title("Review")
    visit = open_visit(settings)
    if Role.REVIEWER not in visit.actor.roles:
        st.info("Reviewers look here at what waits. Ask your register's administrator if you should be one.")
        return
    queues = _queues(visit, name_things(repository, visit))
    if visit.actor.areas:
        st.caption("You see what lies in the areas that you review.")
    asked = st.query_params.get(QUEUE, "")
    names = list(queues)
    first = next((name for name in names if queues[name][1]), names[0])
    opened = st.segmented_control(
        "What waits", options=names, default=asked if asked in queues else first, required=True, key="review-queue",
        format_func=lambda name: f"{queues[name][0]} ({count(queues[name][1])})",
    )  # fmt: skip
    if opened != asked:
        st.query_params[QUEUE] = opened
        if asked:
            st.query_params.pop(ITEM, None)
    show_done()
    queues[opened][2]()


def _queues(visit: Visit, naming: Naming) -> dict[str, Queue]:
    queues = visit.register.queues
    waiting = queues.to_review(actor=visit.actor)
    new = [entry for entry in waiting if entry.state is State.SUBMITTED]
    edits = [entry for entry in waiting if entry.state is State.PUBLISHED]
    reports, due = visit.register.reports.open(actor=visit.actor), queues.to_check(actor=visit.actor)
    pairs, stories = visit.register.pairs.likely(actor=visit.actor), waiting_stories(visit)
    return {
        "new": ("New entries", len(new), lambda: show_new(visit, new, naming=naming)),
        "edits": ("Edits", len(edits), lambda: show_edits(visit, edits, naming=naming)),
        "wrong": ("Something's wrong", len(reports), lambda: show_reports(visit, reports, naming=naming)),
        "stories": ("Stories", len(stories), lambda: show_waiting_stories(visit, stories, naming=naming)),
        "duplicates": ("Likely duplicates", len(pairs), lambda: show_pairs(visit, pairs, naming=naming)),
        "check": ("Due a check", len(due), lambda: show_checks(visit, due, naming=naming)),
    }
