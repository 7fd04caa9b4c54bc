"""Points put together where they would lie on top of one another, for one view of an embedded map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.components.maps.asset_clusters import cluster_points
from dashboard.components.maps.places import Bounds
from etl.methods.arrays import FloatArray, IntArray


@dataclass(frozen=True)
class Mark:
    """One mark on the map.

    Parameters
    ----------
    lon, lat
        The middle of its points, in degrees.
    rows
        Which points it stands for.
    bounds
        West, south, east and north of its points, in degrees.
    """

    lon: float
    lat: float
    rows: IntArray
    bounds: tuple[float, float, float, float]


def marks_in(lonlat: FloatArray, world: FloatArray, *, bounds: Bounds, zoom: float) -> list[Mark]:
    """Return the marks of the points in a box, largest first.

    Parameters
    ----------
    lonlat, world
        Shape (n, 2): in degrees, and as `to_world` gives them.
    zoom
        Of a web map: the world is 256 pixels wide at 0, and twice that at each further zoom.
    """
    clusters = cluster_points(world, bounds=bounds, zoom=zoom)
    order = np.argsort(clusters.cluster_of, kind="stable")
    borders = np.flatnonzero(np.diff(clusters.cluster_of[order])) + 1
    groups = np.split(clusters.in_view[order], borders) if len(order) else []
    marks = [
        Mark(lon=lon, lat=lat, rows=rows, bounds=_box_of(lonlat[rows]))
        for lon, lat, rows in zip(clusters.lon.tolist(), clusters.lat.tolist(), groups, strict=True)
    ]
    return sorted(marks, key=lambda mark: -len(mark.rows))


def _box_of(lonlat: FloatArray) -> tuple[float, float, float, float]:
    west, south = lonlat.min(axis=0).tolist()
    east, north = lonlat.max(axis=0).tolist()
    return west, south, east, north
