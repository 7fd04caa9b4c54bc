"""Entries that may be one thing twice: found by the machine, judged by a reviewer of both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import Connection, select

from dashboard.register.actor import Actor, Role
from dashboard.register.entry import Entry
from dashboard.register.errors import NotAllowedError
from dashboard.register.rules.permissions import Action, Subject, may
from dashboard.register.store.desk import AnyRow, Desk, Work, areas_for_rights, record, require, subject_of
from dashboard.register.store.kept_pairs import FoundPair, KeptPairs
from dashboard.register.store.rows import NEWEST, asset_of, entry_of, read_row, read_version
from dashboard.register.store.upsert import chunked, insert_missing
from dashboard.register.tables import apart
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import merge as merge_table

# Most often enough for a page of pairs, even when this reviewer may not merge all of them.
_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class LikelyPair:
    """Two entries that may be one, the older first, and why."""

    one: Entry
    other: Entry
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PastMerge:
    """A merge that can still be undone."""

    merge_id: int
    kept_id: str
    kept_name: str
    other_name: str
    at: datetime


class Pairs:
    """Likely duplicates among the entries themselves."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept = KeptPairs()

    def is_quick(self) -> bool:
        """Return whether `likely` answers at once; with very many entries it takes long the first time."""
        return self._kept.is_quick(self._desk.database)

    def compare_beside(self, *, actor: Actor) -> float:
        """Have all entries compared beside everything else; return how far that is, from 0 to 1.

        Raises
        ------
        RegisterError
            If the last attempt was refused; the next call begins another.
        """
        _require_reviewer(actor)
        return self._kept.compare_beside(self._desk.database)

    def likely(self, *, actor: Actor, most: int = 100) -> tuple[LikelyPair, ...]:
        """Return pairs that this reviewer may merge, the likeliest first; those told apart are not among them."""
        _require_reviewer(actor)
        pairs = self._kept.pairs(self._desk.database)
        with self._desk.database.reading() as con:
            told = {(row.low_key, row.high_key) for row in con.execute(select(apart))}
            found = (one for one in pairs if one[:2] not in told)
            return tuple(islice(self._open_pairs(Work(con, self._desk, actor), found), most))

    def _open_pairs(self, work: Work, found: Iterator[FoundPair]) -> Iterator[LikelyPair]:
        """Give the pairs of which this actor may merge both, as many read at a time as are most often enough."""
        while some := list(islice(found, _AT_ONCE)):
            rows = _rows(work.con, {key for one in some for key in one[:2]})
            open_to = {key for key, row in rows.items() if _may_merge(work, row)}
            yield from (_pair(rows, one) for one in some if one.low in open_to and one.high in open_to)

    def tell_apart(self, one_id: str, other_id: str, *, actor: Actor) -> None:
        """Take down that two entries are two things, so that nobody is asked again."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            rows = [read_row(con, one) for one in (one_id, other_id)]
            for row in rows:
                asset = read_version(con, row, row.latest_version)
                require(actor, Action.MERGE, subject=subject_of(work, row, asset=asset))
            low, high = sorted(row.asset_key for row in rows)
            insert_missing(con, apart, [{"low_key": low, "high_key": high, "at": self._desk.clock()}])
            record(work, "told apart", asset_key=low, detail={"other": other_id})

    def merges(self, *, actor: Actor, most: int = 20) -> tuple[PastMerge, ...]:
        """Return the merges that this reviewer may undo, the latest first."""
        other = asset_table.alias("other")
        joined = select(merge_table, asset_table.c.asset_id, other.c.asset_id.label("other_id")).join(
            asset_table, asset_table.c.asset_key == merge_table.c.kept_key
        )
        latest = joined.join(other, other.c.asset_key == merge_table.c.other_key)
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            statement = latest.where(merge_table.c.undone_at.is_(None)).order_by(merge_table.c.merge_id.desc())
            merges = con.execute(statement.limit(most)).all()
            rows = _rows(con, {key for row in merges for key in (row.kept_key, row.other_key)})
            return tuple(
                PastMerge(
                    merge_id=row.merge_id,
                    kept_id=row.asset_id,
                    kept_name=rows[row.kept_key].body["name"],
                    other_name=rows[row.other_key].body["name"],
                    at=row.at,
                )
                for row in merges
                if all(_may_merge(work, rows[key]) for key in (row.kept_key, row.other_key))
            )


def _require_reviewer(actor: Actor) -> None:
    if Role.REVIEWER not in actor.roles:
        raise NotAllowedError("Only reviewers merge entries.", todo="Ask your register's administrator.")


def _rows(con: Connection, keys: set[int]) -> dict[int, AnyRow]:
    return {row.asset_key: row for row in _newest(con, sorted(keys))}


def _newest(con: Connection, keys: list[int]) -> Iterator[AnyRow]:
    for some in chunked(keys):
        yield from con.execute(NEWEST.where(asset_table.c.asset_key.in_(some)))


def _may_merge(work: Work, row: AnyRow) -> bool:
    areas = areas_for_rights(work, row, asset=asset_of(row, row.body))
    return may(work.actor, Action.MERGE, subject=Subject(areas=areas))


def _pair(rows: dict[int, AnyRow], found: FoundPair) -> LikelyPair:
    one, other = (
        entry_of(row, asset=asset_of(row, row.body), version=row.latest_version)
        for row in (rows[found.low], rows[found.high])
    )
    return LikelyPair(one=one, other=other, probability=found.match.probability, reasons=found.match.reasons)
