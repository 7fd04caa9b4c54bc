"""Everything that is published, read in one go as plain rows: for a map of all of it, and for who is served by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from dashboard.register.database import Database
from dashboard.register.store.showing import CHANGE_COUNTER
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_tag, counter, published

# A change of more entries than this is read whole again: that is quicker than asking for them by their keys.
MOST_CHANGES = 5_000
_COLUMNS = (
    "asset_key",
    "asset_id",
    "kind",
    "offers",
    "availability",
    "lon",
    "lat",
    "hours_id",
    "confirmed_on",
    "next_check_due",
)
_SHOWN = select(*(published.c[name] for name in _COLUMNS)).order_by(published.c.asset_key)
_REFERRAL = select(asset_tag.c.asset_key, asset_tag.c.value).where(asset_tag.c.facet == "referral")


class PlacedRow(NamedTuple):
    """A published entry as everyone may see it; the point (in degrees) is absent when it has none."""

    asset_key: int
    asset_id: str
    kind: str
    offers: str
    availability: str
    lon: float | None
    lat: float | None
    hours_id: int | None
    confirmed_on: date | None
    next_check_due: date | None
    referral: tuple[str, ...]


@dataclass(frozen=True)
class PlacedRows:
    """What is published at a number of change, or what became of it since another.

    Parameters
    ----------
    number
        The number of change up to which this is known.
    rows
        In order of their keys.
    changed_keys
        Keys whose earlier rows hold no longer; None when the rows are all there is.
    """

    number: int
    rows: tuple[PlacedRow, ...]
    changed_keys: tuple[int, ...] | None


def read_placed(database: Database, *, since: int | None = None) -> PlacedRows | None:
    """Return what is published now, or what has changed since a number of change; None when nothing has."""
    with database.reading() as con:
        number = con.scalar(select(counter.c.value).where(counter.c.name == CHANGE_COUNTER)) or 0
        if number == since:
            return None
        # A register that was put back from a backup counts from there: what was known before says nothing.
        keys = None if since is None or number < since else _changed_keys(con, since)
        return PlacedRows(number=number, rows=_rows(con, keys), changed_keys=keys)


def has_entries(database: Database) -> bool:
    """Return whether a register holds any entry, published or not."""
    with database.reading() as con:
        return con.scalar(select(asset_table.c.asset_key).limit(1)) is not None


def known_ids(database: Database, asset_ids: Sequence[str]) -> frozenset[str]:
    """Return which of some ids are those of entries in a register, whatever has become of the entries."""
    known: set[str] = set()
    with database.reading() as con:
        for some in chunked(asset_ids):
            known |= set(con.scalars(select(asset_table.c.asset_id).where(asset_table.c.asset_id.in_(some))))
    return frozenset(known)


def _changed_keys(con: Connection, since: int) -> tuple[int, ...] | None:
    changed = select(asset_table.c.asset_key).where(asset_table.c.change_number > since).limit(MOST_CHANGES + 1)
    keys = tuple(con.scalars(changed.order_by(asset_table.c.asset_key)))
    return None if len(keys) > MOST_CHANGES else keys


def _rows(con: Connection, keys: Sequence[int] | None) -> tuple[PlacedRow, ...]:
    referral: dict[int, list[str]] = defaultdict(list)
    if keys is None:
        for key, value in con.execute(_REFERRAL):
            referral[key].append(value)
        return tuple(PlacedRow._make((*row, tuple(referral[row[0]]))) for row in con.execute(_SHOWN))
    rows: list[PlacedRow] = []
    for some in chunked(keys):
        for key, value in con.execute(_REFERRAL.where(asset_tag.c.asset_key.in_(some))):
            referral[key].append(value)
        found = con.execute(_SHOWN.where(published.c.asset_key.in_(some)))
        rows += [PlacedRow._make((*row, tuple(referral[row[0]]))) for row in found]
    return tuple(rows)
