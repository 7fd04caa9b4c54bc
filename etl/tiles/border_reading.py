"""A coverage of areas made into the graph of its borders."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry import to_lonlat
from etl.geometry.types import BoolArray, FloatArray, Geometries
from etl.tiles.borders import Borders, Rings, triangle_area

ANCHORS = 3


def read_borders(areas: Geometries) -> tuple[Borders, Rings]:
    """Return the graph of a valid coverage, and how its areas run through it.

    Parameters
    ----------
    areas
        Polygons and multipolygons in EPSG:27700, shape (n,); vertices are the same if they agree to the millimetre.
    """
    _, coordinates, (closed_offsets, *outer_offsets) = shapely.to_ragged_array(areas)
    part_offsets, area_offsets = (each.astype(np.int64) for each in (*outer_offsets, np.arange(len(areas) + 1))[:2])
    is_closing = np.zeros(len(coordinates), dtype=bool)
    is_closing[closed_offsets[1:] - 1] = True
    millimetres = np.rint(coordinates[~is_closing] * 1000).astype(np.int64)
    _, first, vertex = np.unique((millimetres[:, 0] << 32) + millimetres[:, 1], return_index=True, return_inverse=True)
    ring_offsets = closed_offsets.astype(np.int64) - np.arange(len(closed_offsets))
    rings = Rings(vertex.astype(np.int64), ring_offsets, part_offsets, area_offsets)
    x, y = _project(coordinates[~is_closing][first])
    return _link(rings, x=x, y=y), rings


def _project(national_grid: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return Web Mercator (EPSG:3857: the sphere's formulas, on WGS 84) as a share of the world's width."""
    lon, lat = np.radians(to_lonlat(national_grid)).T
    return 0.5 + lon / (2 * np.pi), 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)


def _link(rings: Rings, *, x: FloatArray, y: FloatArray) -> Borders:
    vertex, starts, ends = rings.vertex, rings.ring_offsets[:-1], rings.ring_offsets[1:] - 1
    before, after = np.roll(vertex, 1), np.roll(vertex, -1)
    before[starts], after[ends] = vertex[ends], vertex[starts]
    low, high = np.minimum(before, after), np.maximum(before, after)
    one, other = np.empty((2, len(x)), dtype=np.int64)
    one[vertex], other[vertex] = low, high
    is_fixed = np.zeros(len(x), dtype=bool)
    # Borders meet where two rings that pass through a vertex do not go the same way.
    is_fixed[vertex[(one[vertex] != low) | (other[vertex] != high)]] = True
    _anchor(rings, is_fixed, x=x, y=y)
    everything = np.arange(len(x))
    area = np.where(is_fixed, np.inf, triangle_area(everything, x=x, y=y, one=one, other=other))
    return Borders(x=x, y=y, one=one, other=other, area=area, is_kept=np.ones(len(x), dtype=bool))


def _anchor(rings: Rings, is_fixed: BoolArray, *, x: FloatArray, y: FloatArray) -> None:
    """Fix three vertices of every ring (islands, say), so that it can never shrink to a line."""
    meetings = np.add.reduceat(is_fixed[rings.vertex].astype(np.int64), rings.ring_offsets[:-1])
    for ring in np.flatnonzero(meetings < ANCHORS):
        vertex = rings.vertex[rings.ring_offsets[ring] : rings.ring_offsets[ring + 1]]
        dx, dy = x[vertex], y[vertex]
        fixed = np.flatnonzero(is_fixed[vertex])
        first = fixed[0] if len(fixed) else 0
        dx, dy = dx - dx[first], dy - dy[first]
        second = fixed[1] if len(fixed) > 1 else np.argmax(dx**2 + dy**2)
        third = np.argmax(np.abs(dx * dy[second] - dy * dx[second]))
        is_fixed[vertex[np.array([first, second, third])]] = True
