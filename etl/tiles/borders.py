"""The borders of a coverage as one graph, thinned once for every pair of neighbours.

Each vertex is held once, however many polygons share it, so whatever is taken away from one side of a border is
taken away from the other: neighbours keep sharing their borders exactly, at every zoom.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from etl.geometry import to_lonlat
from etl.geometry.types import BoolArray, FloatArray, Geometries, IntArray

ANCHORS = 3


@dataclass(frozen=True)
class Rings:
    """Which vertices the rings of each area run through, the closing one left out.

    Parameters
    ----------
    vertex
        Vertex of the graph at each position, shape (p,).
    ring_offsets
        Where each ring starts in `vertex`, and the end, shape (r + 1,).
    part_offsets
        Where each polygon starts among the rings, and the end; its first ring is the outer one.
    area_offsets
        Where each area starts among the polygons, and the end, shape (n + 1,).
    """

    vertex: IntArray
    ring_offsets: IntArray
    part_offsets: IntArray
    area_offsets: IntArray

    @property
    def ring(self) -> IntArray:
        """Ring of each position, shape (p,)."""
        return np.repeat(np.arange(len(self.ring_offsets) - 1), np.diff(self.ring_offsets))

    @property
    def first_vertex(self) -> IntArray:
        """A vertex of each area, shape (n,)."""
        return self.vertex[self._first_position]

    @property
    def _first_position(self) -> IntArray:
        return self.ring_offsets[self.part_offsets[self.area_offsets[:-1]]]

    def among(self, is_chosen: BoolArray) -> Rings:
        """Return the rings of some of the areas only."""
        is_part, area_offsets = _choose(is_chosen, self.area_offsets)
        is_ring, part_offsets = _choose(is_part, self.part_offsets)
        is_position, ring_offsets = _choose(is_ring, self.ring_offsets)
        return Rings(self.vertex[is_position], ring_offsets, part_offsets, area_offsets)

    def holding(self, is_vertex: BoolArray) -> BoolArray:
        """Return which areas run through any of those vertices, shape (n,)."""
        return np.logical_or.reduceat(is_vertex[self.vertex], self._first_position)


def _choose(is_chosen: BoolArray, offsets: IntArray) -> tuple[BoolArray, IntArray]:
    """Return which members the chosen groups have, and where each of those groups now starts."""
    sizes = np.diff(offsets)
    return np.repeat(is_chosen, sizes), np.concatenate(([0], np.cumsum(sizes[is_chosen])))


@dataclass(frozen=True)
class Borders:
    """Vertices and what links them, shape (v,) each.

    Parameters
    ----------
    x, y
        Web Mercator as a share of the world's width, y down from the north edge.
    one, other
        The two neighbours of a vertex; of no meaning where borders meet.
    area
        Area of the triangle that a vertex makes with its neighbours; infinite where borders meet.
    is_kept
        Whether the vertex is still there.
    """

    x: FloatArray
    y: FloatArray
    one: IntArray
    other: IntArray
    area: FloatArray
    is_kept: BoolArray


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
    area = np.where(is_fixed, np.inf, _triangle_area(everything, x=x, y=y, one=one, other=other))
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


def _triangle_area(vertex: IntArray, *, x: FloatArray, y: FloatArray, one: IntArray, other: IntArray) -> FloatArray:
    a, b = one[vertex], other[vertex]
    across = (x[a] - x[vertex]) * (y[b] - y[vertex]) - (x[b] - x[vertex]) * (y[a] - y[vertex])
    return np.abs(across) / 2


def thin(borders: Borders, *, tolerance: float) -> Borders:
    """Return the borders without the vertices that matter least.

    Visvalingam and Whyatt's method ("Line generalisation by repeated elimination of points", 1993) takes away the
    vertex with the smallest triangle, one at a time. Here every vertex whose triangle is smaller than its
    neighbours' goes at once, round after round, which ends alike because such vertices are never neighbours.

    Parameters
    ----------
    tolerance
        Side of a square, as a share of the world's width; triangles smaller than it go.
    """
    one, other = borders.one.copy(), borders.other.copy()
    area, is_kept = borders.area.copy(), borders.is_kept.copy()
    limit = tolerance**2
    is_waiting = is_kept & (area < limit)
    while len(waiting := np.flatnonzero(is_waiting)):
        is_least = _is_least(waiting, one[waiting], area) & _is_least(waiting, other[waiting], area)
        gone = waiting[is_least]
        is_kept[gone] = is_waiting[gone] = False
        a, b = one[gone], other[gone]
        _relink(one, other, end=a, gone=gone, to=b)
        _relink(one, other, end=b, gone=gone, to=a)
        touched = np.concatenate((a, b))
        touched = touched[np.isfinite(area[touched])]
        area[touched] = _triangle_area(touched, x=borders.x, y=borders.y, one=one, other=other)
        is_waiting[touched] = area[touched] < limit
    return replace(borders, one=one, other=other, area=area, is_kept=is_kept)


def restore(thinned: Borders, *, before: Borders, vertex: IntArray) -> None:
    """Put back, in place, all that thinning took from whole borders, given by all their vertices."""
    thinned.one[vertex], thinned.other[vertex] = before.one[vertex], before.other[vertex]
    thinned.area[vertex], thinned.is_kept[vertex] = before.area[vertex], before.is_kept[vertex]


def _is_least(vertex: IntArray, neighbour: IntArray, area: FloatArray) -> BoolArray:
    mine, theirs = area[vertex], area[neighbour]
    return np.asarray((mine < theirs) | ((mine == theirs) & (vertex < neighbour)))


def _relink(one: IntArray, other: IntArray, *, end: IntArray, gone: IntArray, to: IntArray) -> None:
    is_one = one[end] == gone
    one[end[is_one]] = to[is_one]
    other[end[~is_one]] = to[~is_one]
