"""Fit a drawn boundary to whole neighbourhoods, and say how well they fit.

The ONS fits its own areas the same way: a small area goes whole to the larger one that holds its population-weighted
centroid. Where no such centroid is loaded, a point on the neighbourhood's surface stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.methods.arrays import BoolArray, FloatArray, MethodError

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class BestFit:
    """Which neighbourhoods stand for a boundary; people are taken to live evenly over their neighbourhood.

    Parameters
    ----------
    is_inside
        Shape (n,): whose point lies inside.
    is_touched
        Shape (n,): any part of which lies inside.
    share_outside
        Of the people of the neighbourhoods taken in, the share estimated to live outside the boundary; NaN when none
        was taken in.
    share_left_out
        Of the people estimated to live inside the boundary, the share in neighbourhoods that were not taken in; NaN
        when nobody lives inside.
    """

    is_inside: BoolArray
    is_touched: BoolArray
    share_outside: float
    share_left_out: float


def fit_boundary(boundary: Any, *, points: FloatArray, shapes: Shapes, population: FloatArray) -> BestFit:  # noqa: ANN401 - shapely has no types
    """Return the neighbourhoods whose point lies inside a boundary, and how well they fit it.

    Parameters
    ----------
    boundary
        A polygon or several, metres (EPSG:27700).
    points, shapes, population
        Shapes (n, 2), (n,) and (n,): the neighbourhoods anywhere near it, in the same metres.

    Raises
    ------
    MethodError
        If the boundary holds no area at all.
    """
    if boundary is None or boundary.is_empty or not boundary.area > 0:
        raise MethodError("The boundary holds no area.", todo="Give at least three corners that are not in one line.")
    whole = shapely.make_valid(boundary)
    shapely.prepare(whole)
    is_inside = np.asarray(shapely.intersects_xy(whole, points[:, 0], points[:, 1]), dtype=np.bool_)
    overlap = shapely.area(shapely.intersection(whole, shapes)) / shapely.area(shapes)
    people_inside = population * overlap
    taken, living = float(population[is_inside].sum()), float(people_inside.sum())
    return BestFit(
        is_inside=is_inside,
        is_touched=np.asarray(overlap > 0, dtype=np.bool_),
        share_outside=1 - float(people_inside[is_inside].sum()) / taken if taken else float("nan"),
        share_left_out=float(people_inside[~is_inside].sum()) / living if living else float("nan"),
    )
