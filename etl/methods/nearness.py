"""Which points lie near others."""

from __future__ import annotations

import numpy as np
from scipy.spatial import KDTree

from etl.methods.access import Points
from etl.methods.arrays import BoolArray


def is_near(points: Points, others: Points, *, reach_m: float) -> BoolArray:
    """Return which points lie within a distance of any of the others, shape (n,)."""
    if not (len(points) and len(others)):
        return np.zeros(len(points), dtype=np.bool_)
    # Most points lie outside the box around the others, and need no closer look.
    low, high = others.min(axis=0) - reach_m, others.max(axis=0) + reach_m
    near: BoolArray = ((points >= low) & (points <= high)).all(axis=1)
    near[near] = KDTree(others).query(points[near], distance_upper_bound=reach_m)[0] <= reach_m
    return near
