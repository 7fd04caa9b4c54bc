"""The borders of a coverage as one graph, so that they are thinned once for every pair of neighbours.

Each vertex is held once, however many polygons share it, so whatever is taken away from one side of a border is
taken away from the other: neighbours keep sharing their borders exactly, at every zoom.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.geometry.types import BoolArray, FloatArray, IntArray


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


def triangle_area(vertex: IntArray, *, x: FloatArray, y: FloatArray, one: IntArray, other: IntArray) -> FloatArray:
    """Return the area of the triangle that each of those vertices makes with its two neighbours."""
    a, b = one[vertex], other[vertex]
    across = (x[a] - x[vertex]) * (y[b] - y[vertex]) - (x[b] - x[vertex]) * (y[a] - y[vertex])
    return np.abs(across) / 2
