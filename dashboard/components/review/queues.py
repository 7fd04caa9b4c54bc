"""The queues of a reviewer: what each is called, how much waits in it, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.review.entries import show_edits, show_new
from dashboard.components.review.merge import show_pairs
from dashboard.components.review.reports import show_checks, show_reports
from dashboard.components.review.stories import show_waiting_stories
from dashboard.components.review.waiting import MOST_PAIRS, WaitingForReview, waiting_for
from dashboard.components.visit import Visit
from dashboard.register.entry import State
from dashboard.words import count

LOOK_AGAIN_S = 1.0


@dataclass(frozen=True)
class Queue:
    """One queue.

    Parameters
    ----------
    many
        How much waits in it, in words; empty where that takes long to tell.
    show
        Shows the first thing of it, or the one that the address names.
    """

    name: str
    many: str
    show: Callable[[], None]

    @property
    def label(self) -> str:
        """Its name, with how much waits in it."""
        return f"{self.name} ({self.many})" if self.many else self.name

    @property
    def has_any(self) -> bool:
        """Whether something is known to wait in it."""
        return self.many not in {"", "0"}


def queues_of(visit: Visit, naming: Naming) -> dict[str, Queue]:
    """Return the queues of a reviewer, by their names in the address."""
    waits = waiting_for(visit)
    new, edits, due = waits.counts.get(State.SUBMITTED, 0), waits.counts.get(State.PUBLISHED, 0), waits.due_count
    said, told = count(len(waits.reports)), count(len(waits.stories))
    pairs = _pairs_words(len(waits.pairs)) if waits.are_pairs_known else ""
    return {
        "new": Queue("New entries", count(new), lambda: show_new(visit, waits.new, of=new, naming=naming)),
        "edits": Queue("Edits", count(edits), lambda: show_edits(visit, waits.edits, of=edits, naming=naming)),
        "wrong": Queue("Something's wrong", said, lambda: show_reports(visit, waits.reports, naming=naming)),
        "stories": Queue("Stories", told, lambda: show_waiting_stories(visit, waits.stories, naming=naming)),
        "duplicates": Queue("Likely duplicates", pairs, lambda: _show_pairs(visit, waits, naming)),
        "check": Queue("Due a check", count(due), lambda: show_checks(visit, waits.due, of=due, naming=naming)),
    }


def _pairs_words(found: int) -> str:
    return f"{found}+" if found == MOST_PAIRS else str(found)


def _show_pairs(visit: Visit, waits: WaitingForReview, naming: Naming) -> None:
    if waits.are_pairs_known:
        show_pairs(visit, waits.pairs, naming=naming)
    else:
        _show_comparing(visit)


@st.fragment(run_every=LOOK_AGAIN_S)
def _show_comparing(visit: Visit) -> None:
    """Show how far the comparing is that goes on beside the page, and the pairs once it is done."""
    done = 0.0
    with refusals_shown():
        done = visit.register.pairs.compare_beside(actor=visit.actor)
        st.progress(done, text="Comparing all entries with one another")
        st.caption("This takes some seconds once there are very many. Look at another queue meanwhile, if you like.")
    if done >= 1.0:
        st.rerun()
