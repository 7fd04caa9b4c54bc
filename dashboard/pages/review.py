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
from dashboard.components.review_stories import show_waiting_stories
from dashboard.components.review_waiting import MOST_PAIRS, waiting_for
from dashboard.components.visit import Visit, open_visit
from dashboard.register.actor import Role
from dashboard.register.entry import State
from dashboard.repository import Repository
from dashboard.words import count
from etl.settings import Settings

QUEUE = "queue"
Queue = tuple[str, str, Callable[[], None]]


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the queues with how much waits in each, and the first thing of the one that is open."""
    st.title("Review")
    visit = open_visit(settings)
    if Role.REVIEWER not in visit.actor.roles:
        st.info("Reviewers look here at what waits. Ask your register's administrator if you should be one.")
        return
    asked = st.query_params.get(QUEUE, "")
    queues = _queues(visit, name_things(repository, visit))
    if visit.actor.areas:
        st.caption("You see what lies in the areas that you review.")
    names = list(queues)
    first = next((name for name in names if queues[name][1] != "0"), names[0])
    opened = st.segmented_control(
        "What waits", options=names, default=asked if asked in queues else first, required=True, key="review-queue",
        format_func=lambda name: f"{queues[name][0]} ({queues[name][1]})",
    )  # fmt: skip
    if opened != asked:
        st.query_params[QUEUE] = opened
        if asked:
            st.query_params.pop(ITEM, None)
    show_done()
    queues[opened][2]()


def _queues(visit: Visit, naming: Naming) -> dict[str, Queue]:
    """Return each queue's name, how much waits in it, and what shows it."""
    waits = waiting_for(visit)
    new, edits, due = waits.counts.get(State.SUBMITTED, 0), waits.counts.get(State.PUBLISHED, 0), waits.due_count
    pairs = f"{len(waits.pairs)}{'+' if len(waits.pairs) == MOST_PAIRS else ''}"
    return {
        "new": ("New entries", count(new), lambda: show_new(visit, waits.new, of=new, naming=naming)),
        "edits": ("Edits", count(edits), lambda: show_edits(visit, waits.edits, of=edits, naming=naming)),
        "wrong": (
            "Something's wrong", count(len(waits.reports)), lambda: show_reports(visit, waits.reports, naming=naming)
        ),
        "stories": (
            "Stories", count(len(waits.stories)), lambda: show_waiting_stories(visit, waits.stories, naming=naming)
        ),
        "duplicates": ("Likely duplicates", pairs, lambda: show_pairs(visit, waits.pairs, naming=naming)),
        "check": ("Due a check", count(due), lambda: show_checks(visit, waits.due, of=due, naming=naming)),
    }  # fmt: skip
