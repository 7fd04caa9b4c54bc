"""What waits for a reviewer: counted and read once, and again only when something has been done since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache

from dashboard.components.review.stories import waiting_stories
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry, State
from dashboard.register.register import uk_today
from dashboard.register.store.pairs import LikelyPair
from dashboard.register.store.reports import Report
from dashboard.register.story import StoryEntry

# A queue may be very long; nobody chooses from a longer list than this.
MOST_ENTRIES, MOST_PAIRS = 200, 100


class WaitingForReview:
    """What waits for one reviewer at one moment; each queue is read when it is first looked at.

    Parameters
    ----------
    visit
        The register, and the reviewer.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many new entries (submitted) and edits (of published entries) there are."""
        return self._visit.register.queues.count_to_review(actor=self._visit.actor)

    @cached_property
    def due_count(self) -> int:
        """How many entries are due a check."""
        return self._visit.register.queues.count_to_check(actor=self._visit.actor)

    @cached_property
    def new(self) -> tuple[Entry, ...]:
        """The oldest new entries."""
        return self._entries(State.SUBMITTED)

    @cached_property
    def edits(self) -> tuple[Entry, ...]:
        """The oldest edits."""
        return self._entries(State.PUBLISHED)

    @cached_property
    def due(self) -> tuple[Entry, ...]:
        """The entries that have waited longest for a check."""
        return self._visit.register.queues.to_check(actor=self._visit.actor, most=MOST_ENTRIES)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """What people say is wrong."""
        return self._visit.register.reports.open(actor=self._visit.actor)

    @cached_property
    def stories(self) -> tuple[StoryEntry, ...]:
        """The stories to be read."""
        return tuple(waiting_stories(self._visit))

    @property
    def are_pairs_known(self) -> bool:
        """Whether the likely duplicates can be looked at without a wait."""
        return "pairs" in self.__dict__ or self._visit.register.pairs.is_quick()

    @cached_property
    def pairs(self) -> tuple[LikelyPair, ...]:
        """The likeliest duplicates."""
        return self._visit.register.pairs.likely(actor=self._visit.actor, most=MOST_PAIRS)

    def _entries(self, state: State) -> tuple[Entry, ...]:
        return self._visit.register.queues.to_review(actor=self._visit.actor, state=state, most=MOST_ENTRIES)


def waiting_for(visit: Visit) -> WaitingForReview:
    """Return what waits for a reviewer now.

    Raises
    ------
    NotAllowedError
        When a queue is looked at by somebody who is no reviewer.
    """
    today = uk_today()
    return _waiting(visit, visit.register.queues.number(), today)


@lru_cache(maxsize=16)
def _waiting(visit: Visit, _number: tuple[int, int], _day: date) -> WaitingForReview:
    return WaitingForReview(visit)
