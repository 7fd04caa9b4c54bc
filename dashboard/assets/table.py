"""Published assets as columns: made of the register's rows, and renewed by what has changed since; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from dashboard.components.maps.asset_clusters import to_world
from dashboard.register.store.placed import PlacedRow, PlacedRows
from etl.methods.access import Points
from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.tables.support import CLOSED_STATES

NO_HOURS = -1
Tag = tuple[str, str]


@dataclass(frozen=True)
class AssetTable:
    """What is published at a number of change, in order of key; n rows.

    Parameters
    ----------
    key, asset_id, kind
        Shape (n,): the register's number of an entry, its id, and the id of its kind.
    lonlat, grid
        Shape (n, 2): degrees, and metres in EPSG:27700; NaN for an entry without a point.
    hours_id
        Shape (n,): which opening hours; -1 for none.
    confirmed_on, check_due
        Shape (n,), days; NaT where there is none.
    tags
        By facet (kind, offers, referral, availability) and id: who has it, shape (n,).
    """

    number: int
    key: IntArray
    asset_id: NDArray[np.object_]
    kind: NDArray[np.object_]
    lonlat: FloatArray
    grid: Points
    hours_id: IntArray
    confirmed_on: NDArray[np.datetime64]
    check_due: NDArray[np.datetime64]
    tags: Mapping[Tag, BoolArray]

    def __len__(self) -> int:
        return len(self.key)

    @cached_property
    def world(self) -> FloatArray:
        """Where they are on a map, as `to_world` says, shape (n, 2)."""
        return to_world(self.lonlat)

    @property
    def is_placed(self) -> BoolArray:
        """Which have a point, shape (n,)."""
        return ~np.isnan(self.lonlat[:, 0])

    @property
    def is_taking_people(self) -> BoolArray:
        """Which are neither paused nor full, shape (n,)."""
        return ~self.has_any("availability", CLOSED_STATES)

    def row_of(self, key: int) -> int | None:
        """Return the row of the register's number of an entry, or None when that is not published."""
        row = int(np.searchsorted(self.key, key))
        return row if row < len(self) and self.key[row] == key else None

    def key_of(self, asset_id: str) -> int | None:
        """Return the register's number of an entry, or None when it is not published."""
        rows = np.flatnonzero(self.asset_id == asset_id)
        return int(self.key[rows[0]]) if rows.size else None

    def has_any(self, facet: str, values: Iterable[str]) -> BoolArray:
        """Return who has any of some ids of a facet, shape (n,)."""
        chosen = np.zeros(len(self), dtype=np.bool_)
        for value in values:
            if (facet, value) in self.tags:
                chosen |= self.tags[facet, value]
        return chosen


def make_table(news: PlacedRows) -> AssetTable:
    """Return rows as columns."""
    rows = news.rows
    lonlat = np.array([(row.lon, row.lat) for row in rows], dtype=np.float64).reshape(-1, 2)
    return AssetTable(
        number=news.number,
        key=np.array([row.asset_key for row in rows], dtype=np.int64),
        asset_id=np.array([row.asset_id for row in rows], dtype=object),
        kind=np.array([row.kind for row in rows], dtype=object),
        lonlat=lonlat,
        grid=_to_grid(lonlat),
        hours_id=np.array([NO_HOURS if row.hours_id is None else row.hours_id for row in rows], dtype=np.int64),
        confirmed_on=_days(row.confirmed_on for row in rows),
        check_due=_days(row.next_check_due for row in rows),
        tags=_tags(rows),
    )


def renew_table(before: AssetTable, news: PlacedRows) -> AssetTable:
    """Return the table with the rows that have changed taken out and put in anew."""
    stays = ~np.isin(before.key, np.array(news.changed_keys, dtype=np.int64))
    added = make_table(news)
    order = np.argsort(np.concatenate([before.key[stays], added.key]), kind="stable")

    def join(old: NDArray[np.generic], new: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.concatenate([old[stays], new])[order]

    none_before, none_added = np.zeros(len(before), np.bool_), np.zeros(len(added), np.bool_)
    columns = ("key", "asset_id", "kind", "lonlat", "grid", "hours_id", "confirmed_on", "check_due")
    joined = {name: join(getattr(before, name), getattr(added, name)) for name in columns}
    tags = {
        tag: join(before.tags.get(tag, none_before), added.tags.get(tag, none_added))
        for tag in {**before.tags, **added.tags}
    }
    return AssetTable(number=news.number, tags=tags, **joined)  # type: ignore[arg-type]


def _tags(rows: tuple[PlacedRow, ...]) -> dict[Tag, BoolArray]:
    found: dict[Tag, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(("kind", row.kind), []).append(place)
        found.setdefault(("availability", row.availability), []).append(place)
        for value in row.offers.split(";"):
            found.setdefault(("offers", value), []).append(place)
        for value in row.referral:
            found.setdefault(("referral", value), []).append(place)
    return {tag: _mask(places, size=len(rows)) for tag, places in found.items()}


def _mask(places: list[int], *, size: int) -> BoolArray:
    mask = np.zeros(size, dtype=np.bool_)
    mask[places] = True
    return mask


def _days(days: Iterable[date | None]) -> NDArray[np.datetime64]:
    return np.array([np.datetime64("NaT", "D") if day is None else day for day in days], dtype="datetime64[D]")


def _to_grid(lonlat: FloatArray) -> Points:
    is_known = np.isfinite(lonlat).all(axis=1)
    grid = np.full(lonlat.shape, np.nan)
    grid[is_known] = np.column_stack(_transformer().transform(lonlat[is_known, 0], lonlat[is_known, 1]))
    return grid


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs(4326, 27700, always_xy=True)
