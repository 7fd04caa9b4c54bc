"""The points of an embedded map: what is published at a filter, kept while nothing changes, cut to a view."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from dashboard.api.embed.clusters import Mark, marks_in
from dashboard.assets.asked import read_asked
from dashboard.assets.view import read_asset_view
from dashboard.components.maps.asset_clusters import to_world
from dashboard.components.maps.places import Bounds
from dashboard.register.exchange.errors import UploadError
from dashboard.register.query import Query
from dashboard.register.register import Register
from etl.methods.arrays import FloatArray

Json = dict[str, Any]
MOST_ZOOM = 19
# A mark of so few is opened as a list; from this zoom on, so is one of more: nothing closer would part them.
FEW, CLOSE_ZOOM = 6, 17
MOST_IN_A_MARK = 50
# A view of more than this at a close zoom is no screen's: it gets numbers without names.
MOST_NAMED = 2_000
# What is open now is worked out anew so often, in seconds.
_OPEN_FOR_S = 300
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,10})?")
_WHOLE_WORLD = Bounds(west=-180.0, south=-90.0, east=180.0, north=90.0)


@dataclass(frozen=True)
class Spots:
    """Everything at a filter that has a point; n rows.

    Parameters
    ----------
    lonlat
        Degrees, shape (n, 2).
    labels
        For each its id, name and kind.
    """

    lonlat: FloatArray
    labels: tuple[tuple[str, str, str], ...]

    @cached_property
    def world(self) -> FloatArray:
        """Where they are on a map, as `to_world` says, shape (n, 2)."""
        return to_world(self.lonlat)


def query_of(register: Register, parameters: Mapping[str, str]) -> Query:
    """Return what the parameters of a list's address ask; what is open now is so for some minutes.

    Raises
    ------
    NotFoundError
        If they name an area of somebody's own that is not there, or not shared with everyone.
    """
    now = datetime.now(UTC).timestamp()
    moment = datetime.fromtimestamp(now - now % _OPEN_FOR_S, tz=UTC)
    return read_asked(register, read_asset_view(parameters), now=moment).query


def spots_of(register: Register, query: Query) -> Spots:
    """Return what a query finds that has a point, whatever its page."""
    return _spots(
        register, register.finding.latest_change(), datetime.now(UTC).date().toordinal(), replace(query, page=1)
    )


def points_in_view(register: Register, parameters: Mapping[str, str]) -> Json:
    """Return the marks of a view as GeoJSON.

    Raises
    ------
    UploadError
        If the view cannot be read.
    NotFoundError
        If it names an area of somebody's own that is not there, or not shared with everyone.
    """
    box, zoom = _box(parameters.get("bbox", "")), _zoom(parameters.get("zoom", "0"))
    spots = spots_of(register, query_of(register, parameters))
    name_of = register.settings.taxonomy().name_of
    marks = marks_in(spots.lonlat, spots.world, bounds=box, zoom=zoom)
    names_all = zoom >= CLOSE_ZOOM and sum(len(mark.rows) for mark in marks) <= MOST_NAMED
    features = []
    for mark in marks:
        is_named = names_all or len(mark.rows) <= FEW
        labels = [spots.labels[row] for row in mark.rows[:MOST_IN_A_MARK]] if is_named else []
        features.append(_feature(mark, labels, name_of))
    return {"type": "FeatureCollection", "features": features}


def bounds_of(spots: Spots) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of everything that has a point, or None when nothing has."""
    if not len(spots.lonlat):
        return None
    low, high = spots.lonlat.min(axis=0), spots.lonlat.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


@lru_cache(maxsize=8)
def _spots(register: Register, _number: int, _day: int, query: Query) -> Spots:
    found = register.finding.points(query)
    lonlat = np.array([(one.lon, one.lat) for one in found], dtype=np.float64).reshape(-1, 2)
    return Spots(lonlat=lonlat, labels=tuple((one.asset_id, one.name, one.kind) for one in found))


def _feature(mark: Mark, labels: list[tuple[str, str, str]], name_of: Callable[[str, str], str]) -> Json:
    properties: Json = {"count": len(mark.rows), "bounds": [round(one, 6) for one in mark.bounds]}
    if labels:
        properties["entries"] = [
            {"id": own, "name": name, "kind": name_of("kinds", kind)} for own, name, kind in labels
        ]
    point = {"type": "Point", "coordinates": [round(mark.lon, 6), round(mark.lat, 6)]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def _box(text: str) -> Bounds:
    if not text:
        return _WHOLE_WORLD
    parts = text.split(",")
    if len(parts) != 4 or not all(map(_NUMBER.fullmatch, parts)):  # noqa: PLR2004
        raise UploadError("The parameter bbox is not west,south,east,north in degrees.", todo="Correct it.")
    return Bounds(*map(float, parts))


def _zoom(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > MOST_ZOOM:
        raise UploadError(f"The parameter zoom is not a whole number up to {MOST_ZOOM}.", todo="Correct it.")
    return int(text)
