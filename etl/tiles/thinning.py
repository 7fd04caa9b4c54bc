"""Borders without the vertices that matter least."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from etl.geometry.types import BoolArray, FloatArray, IntArray
from etl.tiles.borders import Borders, triangle_area


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
        area[touched] = triangle_area(touched, x=borders.x, y=borders.y, one=one, other=other)
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
