"""Points that would lie on top of one another at a zoom, drawn as one with a number: numbers in, numbers out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree

from dashboard.components.maps.places import Bounds

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TILE_PX = 256
# Points in one cell of a grid of this many pixels are drawn together.
CELL_PX = 64
# From here on streets can be told apart, and only what nearly touches is drawn together.
STREETS_ZOOM, STREETS_CELL_PX = 16, 24
# Two signs with their middles nearer than this touch.
TOUCH_PX = 30
# However large a screen says it is: wider views are drawn as from further away.
MOST_CELLS = 4_096
LOWEST_ZOOM, HIGHEST_ZOOM = 0, 18
# Web Mercator ends here.
_FURTHEST_NORTH = 85.0


@dataclass(frozen=True)
class Clusters:
    """What is drawn: k clusters, some of a single point, in no particular order.

    Parameters
    ----------
    lon, lat
        Shape (k,): the middle of each cluster's points, in degrees.
    count
        Shape (k,): how many points it stands for.
    cluster_of
        Shape (m,): which cluster each point in view belongs to.
    in_view
        Shape (m,): positions of the points in view, among those that were given.
    """

    lon: FloatArray
    lat: FloatArray
    count: IntArray
    cluster_of: IntArray
    in_view: IntArray


def to_world(lonlat: FloatArray) -> FloatArray:
    """Return Web Mercator positions in a world that is 1 wide and 1 high, shape (n, 2); NaN stays NaN."""
    lat = np.radians(np.clip(lonlat[:, 1], -_FURTHEST_NORTH, _FURTHEST_NORTH))
    return np.column_stack([lonlat[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)])


def cluster_points(world: FloatArray, *, bounds: Bounds, zoom: float) -> Clusters:
    """Return the clusters of the points that lie in a box, or within one cell of it.

    The grid lies still under a map that is moved, so what is drawn together stays together; the box is widened to
    whole cells for the same reason.

    Parameters
    ----------
    world
        Shape (n, 2), as `to_world` gives it; points without a place are NaN.
    zoom
        Of a map whose world is one tile of 256 pixels at 0.
    """
    (west, north), (east, south) = to_world(
        np.array([[bounds.west, bounds.north], [bounds.east, bounds.south]], dtype=np.float64)
    )
    cell = _cell_size(zoom, area=max(east - west, 0) * max(south - north, 0))
    low, high = np.floor(np.array([west, north]) / cell) - 1, np.ceil(np.array([east, south]) / cell) + 1
    is_in_view = ((world >= low * cell) & (world < high * cell)).all(axis=1)
    in_view = np.flatnonzero(is_in_view)
    seen = world[in_view]
    column, row = np.floor(seen / cell).astype(np.int64).T
    # A row of the grid has fewer than two to the 31 cells at any zoom, so this numbers each cell once.
    _, cell_of, count = np.unique(row * 2**31 + column, return_inverse=True, return_counts=True)
    leader = _join_neighbours(_middles(seen, cell_of, count), count, reach=cell * _reach_cells(zoom))
    _, cluster_of, count = np.unique(leader[cell_of], return_inverse=True, return_counts=True)
    x, y = _middles(seen, cluster_of, count).T
    return Clusters(
        lon=360 * (x - 0.5),
        lat=np.degrees(np.arctan(np.sinh((0.5 - y) * 2 * np.pi))),
        count=count.astype(np.int64),
        cluster_of=cluster_of.astype(np.int64),
        in_view=in_view,
    )


def _middles(points: FloatArray, group_of: IntArray, count: IntArray) -> FloatArray:
    """Return the mean of each group's points, shape (k, 2)."""
    sums = [np.bincount(group_of, weights=points[:, axis], minlength=len(count)) for axis in (0, 1)]
    return np.column_stack(sums) / count[:, None]


def _join_neighbours(middles: FloatArray, count: IntArray, *, reach: float) -> IntArray:
    """Return which cell each cell joins, itself if none: the fullest take in those whose signs would touch theirs."""
    leader = np.arange(len(middles))
    if len(middles) < 2:  # noqa: PLR2004 - one alone has no neighbour
        return leader
    near: dict[int, list[int]] = {}
    for one, other in KDTree(middles).query_pairs(reach, output_type="ndarray").tolist():
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    is_settled = np.zeros(len(middles), dtype=np.bool_)
    for cell in sorted(near, key=lambda cell: (-count[cell], cell)):
        if is_settled[cell]:
            continue
        taken = [other for other in near[cell] if not is_settled[other]]
        leader[taken] = cell
        is_settled[[cell, *taken]] = True
    return leader


def _reach_cells(zoom: float) -> float:
    """Return how near two signs may come, in cells."""
    return TOUCH_PX / (STREETS_CELL_PX if round(zoom) >= STREETS_ZOOM else CELL_PX)


def _cell_size(zoom: float, *, area: float) -> float:
    """Return the side of a cell in the world of 1 by 1, so large that a view of this area has no more than it may."""
    whole = round(min(max(zoom, LOWEST_ZOOM), HIGHEST_ZOOM))
    side_px = STREETS_CELL_PX if whole >= STREETS_ZOOM else CELL_PX
    size: float = side_px / (TILE_PX * 2.0**whole)
    while area / size**2 > MOST_CELLS:
        size *= 2
    return size
