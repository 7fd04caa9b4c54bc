"""The point that stands for the people of each neighbourhood: its population-weighted centroid where one is loaded.

Walks and best fits are measured from it. It always lies inside the neighbourhood, so that a boundary made of whole
neighbourhoods takes in just those.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from etl import geometry
from etl.build.request import Provenance
from etl.errors import SourceError, and_more

SOURCE_ID = "lsoa_centroids"
# A centroid lies among its people. Boundaries are generalised to 20 m: this far from the box around one, it is the
# centroid of another place.
FARTHEST_M = 1_000.0

Points = NDArray[np.float64]
Shapes = NDArray[np.object_]


def choose_points(centroids: Points, *, shapes: Shapes, codes: NDArray[np.str_]) -> Points:
    """Return the centroid of each neighbourhood, or a point on its surface where it has none inside its boundary.

    Parameters
    ----------
    centroids
        Shape (n, 2), metres (EPSG:27700); NaN where none is known.
    shapes, codes
        Shape (n,): valid boundaries in the same metres, and what to call them.

    Raises
    ------
    SourceError
        If a centroid lies so far from its neighbourhood that it must be another one's; the first is named.
    """
    known = np.flatnonzero(np.isfinite(centroids).all(axis=1))
    _refuse_strays(centroids[known], shapes=shapes[known], codes=codes[known])
    inside = known[shapely.contains_xy(shapes[known], centroids[known, 0], centroids[known, 1])]
    points = geometry.points_on_surface(shapes)
    points[inside] = centroids[inside]
    return points


def say_what_stands_in(told: Iterable[Provenance], *, centroids: Points, points: Points) -> list[Provenance]:
    """Return what became of every source, with how many neighbourhoods have no centroid that stands for them."""
    lacking = len(points) - int((points == centroids).all(axis=1).sum())
    note = (
        f" {lacking:,} of {len(points):,} neighbourhoods have none, or one outside their boundary: "
        "a point inside them stands in."
    )
    return [
        replace(each, note=f"{each.note}{note}")
        if each.spec.source_id == SOURCE_ID and each.is_loaded and lacking
        else each
        for each in told
    ]


def _refuse_strays(centroids: Points, *, shapes: Shapes, codes: NDArray[np.str_]) -> None:
    boxes = shapely.bounds(shapes).reshape(-1, 4)
    beyond = np.maximum(np.maximum(boxes[:, :2] - centroids, centroids - boxes[:, 2:]), 0.0)
    away_m = np.hypot(*beyond.T)
    strays = np.flatnonzero(away_m > FARTHEST_M)
    if not len(strays):
        return
    more = and_more(len(strays) - 1)
    what = f"The centroid of {codes[strays[0]]} lies {away_m[strays[0]] / 1000:,.1f} km away from its boundary{more}"
    todo = (
        "Its points belong to other codes or to other boundaries: get both files again, of one edition, and load again."
    )
    raise SourceError(what, source_id=SOURCE_ID, todo=todo)
