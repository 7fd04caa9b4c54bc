"""What the map draws of the register at this moment: clusters and single assets in a box, never any words."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

import numpy as np

from dashboard.assets.table import AssetTable
from dashboard.assets.view import AssetView
from dashboard.components.maps.asset_clusters import STREETS_ZOOM, Clusters, cluster_points
from dashboard.components.maps.asset_symbols import symbol_of
from dashboard.components.maps.places import Bounds
from dashboard.register.database import Database
from dashboard.register.register import Register
from dashboard.register.rules.freshness import Freshness
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.store.open_now import OpenHours
from etl.methods.arrays import BoolArray

# Near enough to tell streets apart, a cluster says whom it holds, or the first so many of them.
MOST_NAMED = 12
# A millionth of a degree is some ten centimetres.
_DECIMALS = 5

Drawn = dict[str, object]


def draw_assets(register: Register, table: AssetTable, *, view: AssetView, bounds: Bounds, zoom: float) -> Drawn:
    """Return what the map is to draw, as numbers.

    Returns
    -------
    drawn
        `number` of change; `total` of assets that pass the filters and have a point; `points`, each longitude,
        latitude, the register's number of the entry, its sign, and 1 when it fades; `clusters`, each longitude,
        latitude, how many, 1 when all of them fade and, near enough to tell streets apart, the first entries' numbers.
    """
    now = datetime.now(UK_TIME)
    passes = passing(table, view=view, today=now.date(), open_hours=_open_hours(register, view=view, now=now))
    chosen = np.flatnonzero(passes & table.is_placed)
    clusters = cluster_points(table.world[chosen], bounds=bounds, zoom=zoom)
    fades = ~is_fresh(table, today=now.date())[chosen]
    return {
        "number": table.number,
        "total": len(chosen),
        "points": _points(table, clusters, chosen=chosen, fades=fades),
        "clusters": _clusters(table, clusters, chosen=chosen, fades=fades, names=zoom >= STREETS_ZOOM),
    }


def passing(table: AssetTable, *, view: AssetView, today: date, open_hours: frozenset[int] | None) -> BoolArray:
    """Return which assets pass the filters of a view that the map knows of, shape (n,).

    Parameters
    ----------
    open_hours
        Ids of the opening hours that are open now; None when it was not asked.
    """
    passes = np.ones(len(table), dtype=np.bool_)
    facets = {"kind": view.kinds, "offers": view.offers, "referral": view.referral, "availability": view.availability}
    for facet, values in facets.items():
        if values:
            passes &= table.has_any(facet, values)
    if view.freshness:
        passes &= _has_freshness(table, view.freshness, today=today)
    if open_hours is not None:
        passes &= np.isin(table.hours_id, np.fromiter(open_hours, dtype=np.int64))
    return passes


def is_fresh(table: AssetTable, *, today: date) -> BoolArray:
    """Return which assets were confirmed and are not past their next check, shape (n,)."""
    fresh: BoolArray = ~np.isnat(table.confirmed_on) & ~(table.check_due < np.datetime64(today))
    return fresh


def _has_freshness(table: AssetTable, wanted: tuple[str, ...], *, today: date) -> BoolArray:
    is_unchecked, fresh = np.isnat(table.confirmed_on), is_fresh(table, today=today)
    by_freshness = {
        Freshness.FRESH: fresh,
        Freshness.STALE: ~fresh & ~is_unchecked,
        Freshness.UNCHECKED: is_unchecked,
    }
    found: BoolArray = np.logical_or.reduce([by_freshness[Freshness(one)] for one in wanted])
    return found


def _points(
    table: AssetTable, clusters: Clusters, *, chosen: np.ndarray, fades: BoolArray
) -> list[tuple[float, float, int, int, int]]:
    alone = clusters.in_view[clusters.count[clusters.cluster_of] == 1]
    rows = chosen[alone]
    lonlat = np.round(table.lonlat[rows], _DECIMALS)
    return [
        (lon, lat, key, symbol_of(kind), faded)
        for (lon, lat), key, kind, faded in zip(
            lonlat.tolist(), table.key[rows].tolist(), table.kind[rows], fades[alone].astype(int).tolist(), strict=True
        )
    ]


def _clusters(
    table: AssetTable, clusters: Clusters, *, chosen: np.ndarray, fades: BoolArray, names: bool
) -> list[list[object]]:
    fading = np.bincount(clusters.cluster_of, weights=fades[clusters.in_view], minlength=len(clusters.count))
    many = np.flatnonzero(clusters.count > 1)
    lon, lat = np.round(clusters.lon, _DECIMALS), np.round(clusters.lat, _DECIMALS)
    drawn: list[list[object]] = [
        [float(lon[i]), float(lat[i]), int(clusters.count[i]), int(fading[i] == clusters.count[i])] for i in many
    ]
    if names:
        order = np.argsort(clusters.cluster_of, kind="stable")
        ends = np.cumsum(clusters.count)
        for cluster, place in zip(drawn, many.tolist(), strict=True):
            begin = ends[place] - clusters.count[place]
            held = order[begin : min(ends[place], begin + MOST_NAMED)]
            cluster.append(table.key[chosen[clusters.in_view[held]]].tolist())
    return drawn


def _open_hours(register: Register, *, view: AssetView, now: datetime) -> frozenset[int] | None:
    if not view.is_open_now:
        return None
    with register.database.reading() as con:
        return _hours(register.database).open_at(con, moment=now)


@lru_cache(maxsize=4)
def _hours(_database: Database) -> OpenHours:
    return OpenHours()
