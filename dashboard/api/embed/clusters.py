"""Points put together where they would lie on top of one another, for one view of a map: numbers in and out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray, IntArray

# The side of a square in which points become one mark, in pixels of the map, and of the whole world at zoom 0.
CELL_PX, WORLD_PX = 84.0, 256.0
# More marks than this in one view say nothing more, and cost the browser dear.
MOST_MARKS = 1_000
_MERCATOR_LIMIT = 85.05


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


def cluster(lonlat: FloatArray, *, zoom: int) -> list[Mark]:
    """Return the marks of points at a zoom, largest first.

    Parameters
    ----------
    lonlat
        Degrees, shape (n, 2).
    zoom
        Of a web map: the world is 256 pixels wide at 0, and twice that at each further zoom.
    """
    if not len(lonlat):
        return []
    pixels = _mercator(lonlat) * WORLD_PX * 2.0**zoom
    side = CELL_PX
    cells = _cells(pixels, side)
    while cells.max() >= MOST_MARKS:
        side *= 2
        cells = _cells(pixels, side)
    order = np.argsort(cells, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(cells[order])) + 1)
    marks = [_mark(lonlat, rows) for rows in groups]
    return sorted(marks, key=lambda mark: -len(mark.rows))


def _mercator(lonlat: FloatArray) -> FloatArray:
    """Return places on the square of the web's map, from 0 to 1 (Spherical Mercator, EPSG:3857)."""
    lat = np.radians(np.clip(lonlat[:, 1], -_MERCATOR_LIMIT, _MERCATOR_LIMIT))
    return np.column_stack([lonlat[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)])


def _cells(pixels: FloatArray, side: float) -> IntArray:
    """Return for each point the number of its square, from 0 without gaps."""
    return np.unique(np.floor(pixels / side), axis=0, return_inverse=True)[1].reshape(-1)


def _mark(lonlat: FloatArray, rows: IntArray) -> Mark:
    held = lonlat[rows]
    (lon, lat), low, high = held.mean(axis=0), held.min(axis=0), held.max(axis=0)
    bounds = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Mark(lon=float(lon), lat=float(lat), rows=rows, bounds=bounds)
