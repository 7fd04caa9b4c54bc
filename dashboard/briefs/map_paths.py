"""Boundaries in metres as paths of a drawing. Pure."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from dashboard.briefs.map_frame import Frame

# A line of half a drawing unit is a hair on paper; a vertex that moves less than this cannot be seen.
FINEST = 0.6

Shapes = Any


def make_paths(shapes: Shapes, *, frame: Frame) -> list[str]:
    """Return the path of each shape in drawing units, cut to the frame and no finer than can be seen."""
    unit = frame.metres_per_unit
    edge = 4 * unit
    cut = shapely.clip_by_rect(
        np.atleast_1d(np.asarray(shapes, dtype=object)),
        frame.west - edge, frame.south - edge, frame.east + edge, frame.north + edge,
    )  # fmt: skip
    inside = shapely.simplify(cut, FINEST * unit, preserve_topology=False)
    polygons, owner = shapely.get_parts(inside, return_index=True)
    is_area = np.isin(shapely.get_type_id(polygons), (shapely.GeometryType.POLYGON,))
    rings, part = shapely.get_rings(polygons[is_area], return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    x = np.round((coordinates[:, 0] - frame.west) / unit, 1)
    y = np.round((frame.north - coordinates[:, 1]) / unit, 1)
    paths = [""] * len(inside)
    if not len(ring):
        return paths
    starts = np.flatnonzero(np.r_[True, np.diff(ring) != 0])
    owner_of_ring = owner[is_area][part]
    for start, end in zip(starts, [*starts[1:], len(ring)], strict=True):
        points = " ".join(
            f"{a:g},{b:g}" for a, b in zip(x[start : end - 1].tolist(), y[start : end - 1].tolist(), strict=True)
        )
        paths[owner_of_ring[ring[start]]] += f"M{points}Z"
    return paths
