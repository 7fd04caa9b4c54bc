"""Likely duplicates among all entries, found once and from then on only for the entries that have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dashboard.register.database import Database
from dashboard.register.duplicates.index import DuplicateIndex, Match
from dashboard.register.duplicates.traits import Traits
from dashboard.register.store.compared import read_compared
from dashboard.register.tables import asset, event

# Comparing no more entries than this with one another is a matter of a second.
FEW = 10_000
# With more entries than this changed since everything was compared, it is compared anew.
MOST_CHANGED = 2_000
# Events are numbered as they begin and seen as they end: one of a long transaction may be seen after later ones.
_OVERLAP = 20_000


# One register at a time, beside the pages: it takes a core for seconds.
_COMPARER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="likely-duplicates")


class FoundPair(NamedTuple):
    """The keys of two entries that may be one, the older first, how likely that is, and why."""

    low: int
    high: int
    match: Match


class KeptPairs:
    """The pairs of one register, kept in step with what is done to its entries.

    Comparing 100,000 entries takes many seconds, comparing one with all others some milliseconds.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._starting = Lock()
        self._comparing: Future[list[FoundPair]] | None = None
        self._share_done = 0.0
        self._number = -1
        self._seen: set[int] = set()
        self._keys: list[int] = []
        self._index = DuplicateIndex([])
        self._stale: set[int] = set()
        self._renewed: dict[int, Traits] = {}
        self._pairs: list[FoundPair] = []

    def is_quick(self, database: Database) -> bool:
        """Return whether `pairs` answers within about a second: little has changed since, or there are few entries."""
        known, stale = self._number, len(self._stale)
        with database.reading() as con:
            if _follows(_newest(con), known):
                late = select(func.count(event.c.asset_key.distinct())).where(event.c.event_id > known)
                if stale + (con.scalar(late) or 0) <= MOST_CHANGED:
                    return True
            return (con.scalar(select(func.count()).select_from(asset)) or 0) <= FEW

    def compare_beside(self, database: Database) -> float:
        """Have `pairs` worked out beside everything else, unless it is already; return how far that is, up to 1.

        Raises
        ------
        RegisterError
            If the last attempt was refused; the next call begins another.
        """
        with self._starting:
            if self._comparing is None:
                self._share_done = 0.0
                self._comparing = _COMPARER.submit(self.pairs, database)
            if not self._comparing.done():
                return self._share_done
            ended, self._comparing = self._comparing, None
        ended.result()
        return 1.0

    def pairs(self, database: Database) -> list[FoundPair]:
        """Return every pair, the likeliest first."""
        with self._lock, database.reading() as con:
            number = _newest(con)
            if number != self._number:
                changed = self._changed_keys(con, number)
                # Until it is done it counts as never done.
                self._number = -1
                held = read_compared(con, is_sqlite=database.is_sqlite, keys=changed)
                if changed is None:
                    self._begin(held)
                else:
                    self._renew(changed, held)
                self._number = number
            return self._pairs

    def _changed_keys(self, con: Connection, number: int) -> set[int] | None:
        """Return the entries to which something was done since; None when all are to be compared anew."""
        late = select(event.c.event_id, event.c.asset_key).where(event.c.event_id > number - _OVERLAP)
        rows = con.execute(late).all()
        changed = {row.asset_key for row in rows if row.asset_key is not None and row.event_id not in self._seen}
        self._seen = {row.event_id for row in rows}
        return changed if _follows(number, self._number) and len(changed | self._stale) <= MOST_CHANGED else None

    def _begin(self, held: Iterable[tuple[int, Traits, bool]]) -> None:
        entries = {key: traits for key, traits, _ in held}
        self._keys, self._stale, self._renewed = list(entries), set(), {}
        self._index = DuplicateIndex.of_traits(list(entries.values()))
        found = self._index.find_within(progress=self._compared)
        self._pairs = _in_order(FoundPair(self._keys[one.at], self._keys[one.other], one) for one in found)

    def _compared(self, done: int, of: int) -> None:
        self._share_done = done / of

    def _renew(self, changed: Collection[int], held: Iterable[tuple[int, Traits, bool]]) -> None:
        now = {key: traits for key, traits, _ in held}
        self._stale |= set(changed)
        self._renewed = {key: one for key, one in self._renewed.items() if key not in changed} | now
        stay = [one for one in self._pairs if one.low not in changed and one.high not in changed]
        self._pairs = _in_order([*stay, *self._pairs_of(now)])

    def _pairs_of(self, now: Mapping[int, Traits]) -> Iterator[FoundPair]:
        """Give the pairs of entries that have just changed: with those that have not, then among those that have."""
        keys, traits = list(now), list(now.values())
        for one in self._index.find_traits(traits):
            if self._keys[one.other] not in self._stale:
                yield _pair(keys[one.at], self._keys[one.other], one)
        renewed = list(self._renewed)
        for one in DuplicateIndex.of_traits(list(self._renewed.values())).find_traits(traits):
            key, other = keys[one.at], renewed[one.other]
            # Two that have both just changed find each other twice, and each finds itself.
            if key < other or other not in now:
                yield _pair(key, other, one)


def _newest(con: Connection) -> int:
    return con.scalar(select(func.max(event.c.event_id))) or 0


def _follows(number: int, known: int) -> bool:
    """Return whether a number of an event follows one that is known, and closely.

    A register that was put back from a backup counts from there: what was known before says nothing.
    """
    return 0 <= known <= number < known + _OVERLAP


def _pair(key: int, other: int, match: Match) -> FoundPair:
    return FoundPair(min(key, other), max(key, other), match)


def _in_order(pairs: Iterable[FoundPair]) -> list[FoundPair]:
    return sorted(pairs, key=lambda one: (-one.match.probability, one.low, one.high))
