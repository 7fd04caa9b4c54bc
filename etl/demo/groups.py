"""Neighbours gathered into larger areas: each in one piece, and all of about the same size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from etl.demo.plan import FloatArray, IntArray

HEADINGS = 4  # how many ways a group is cut before the best is taken
MORE_HEADINGS = 12  # and when none of those left both sides whole
TORN = 1e15  # so that a cut that tears a side apart is never preferred


def find_neighbours(*, polygons: list[Any], centres: FloatArray) -> csr_array[Any, tuple[int, int]]:
    """Return who borders whom as distances in metres; islands are tied to their nearest place across the water."""
    a, b = shapely.STRtree(polygons).query(polygons, predicate="touches")
    count = len(polygons)
    while True:
        weights = np.hypot(*(centres[a] - centres[b]).T)
        graph = csr_array((weights, (a, b)), shape=(count, count))
        pieces, piece = connected_components(graph, directed=False)
        if pieces == 1:
            return graph
        alone = np.flatnonzero(piece != np.bincount(piece).argmax())
        others = np.flatnonzero(piece == np.bincount(piece).argmax())
        distance, nearest = (np.atleast_1d(found) for found in cKDTree(centres[others]).query(centres[alone]))
        tie = int(distance.argmin())
        bridge = np.array([alone[tie], others[nearest[tie]]])
        a, b = np.append(a, bridge), np.append(b, bridge[::-1])


def gather(
    *, members: IntArray, parts: int, graph: csr_array[Any, tuple[int, int]], centres: FloatArray
) -> list[IntArray]:
    """Return members split into `parts` groups of even size, in one piece wherever a straight cut allows it.

    Halves again and again: of several cuts the most compact that leaves both sides whole.

    Parameters
    ----------
    members
        Positions in `graph` and `centres` of the neighbourhoods to share out.
    """
    if parts == 1:
        return [members]
    first_parts = parts // 2
    first_size = round(len(members) * first_parts / parts)
    best: tuple[float, IntArray, IntArray] | None = None
    for tried, order in enumerate(_orders(members, graph, centres)):
        if best is not None and tried >= HEADINGS and best[0] < TORN:
            break
        first, second = order[:first_size], order[first_size:]
        torn = _is_torn(first, graph) + _is_torn(second, graph)
        cost = torn * TORN + _spread(centres[first]) + _spread(centres[second])
        if best is None or cost < best[0]:
            best = (cost, first, second)
    assert best is not None  # noqa: S101 - there is always at least one heading
    _, first, second = best
    return [
        *gather(members=np.sort(first), parts=first_parts, graph=graph, centres=centres),
        *gather(members=np.sort(second), parts=parts - first_parts, graph=graph, centres=centres),
    ]


def _orders(members: IntArray, graph: csr_array[Any, tuple[int, int]], centres: FloatArray) -> Iterator[IntArray]:
    """Yield the members in the order a cut would meet them, once per heading: how much nearer to one end."""
    offsets = centres[members] - centres[members].mean(axis=0)
    inner = graph[members][:, members]
    headings = np.concatenate([np.arange(some) * np.pi / some for some in (HEADINGS, MORE_HEADINGS)])
    for heading in headings:
        across = offsets @ np.array([np.cos(heading), np.sin(heading)])
        ends = [int(across.argmin()), int(across.argmax())]
        walk = dijkstra(inner, directed=False, indices=ends)
        is_reached = np.isfinite(walk).all(axis=0)
        lead = across * 1e3
        lead[is_reached] = walk[0, is_reached] - walk[1, is_reached]
        yield members[np.argsort(lead, kind="stable")]


def _is_torn(group: IntArray, graph: csr_array[Any, tuple[int, int]]) -> bool:
    """Return whether a group is in more than one piece (walked by hand: far quicker for so few)."""
    left = set(group.tolist())
    ahead = [left.pop()]
    while ahead:
        place = ahead.pop()
        reached = left.intersection(graph.indices[graph.indptr[place] : graph.indptr[place + 1]].tolist())
        left -= reached
        ahead.extend(reached)
    return bool(left)


def _spread(points: FloatArray) -> float:
    return float(((points - points.mean(axis=0)) ** 2).sum())
