"""Access after a few assets have changed: only the neighbourhoods that they can reach are worked out anew."""

from __future__ import annotations

import numpy as np
from scipy.spatial import KDTree

from etl.methods.access import DEFAULT_CATCHMENT, Catchment, Points, measure_access
from etl.methods.arrays import BoolArray, FloatArray


def renew_access(
    before: FloatArray,
    *,
    origins: Points,
    population: FloatArray,
    assets: Points,
    changed: Points,
    catchment: Catchment = DEFAULT_CATCHMENT,
) -> FloatArray:
    """Return the E2SFCA of every neighbourhood, given what it was before some assets came, went or moved.

    An asset is shared among those who can reach it and nobody else, so a change is felt within reach of it only; but
    what is felt there depends on every asset within reach of those people, and on everybody who shares them.

    Parameters
    ----------
    before
        Shape (n,): `e2sfca` as `measure_access` gave it with the assets that there were.
    origins, population
        Shapes (n, 2) and (n,).
    assets
        Shape (m, 2): the assets there are now, each of a supply of 1.
    changed
        Shape (k, 2): every point at which there is one more or one fewer than before.
    """
    reach_m = catchment.limits_m[-1] / catchment.detour * (1 + 1e-9)
    is_touched = _is_near(origins, changed, reach_m=reach_m)
    if not is_touched.any():
        return before
    shared = assets[_is_near(assets, origins[is_touched], reach_m=reach_m)]
    sharers = is_touched | _is_near(origins, shared, reach_m=reach_m)
    renewed = measure_access(
        origins=origins[sharers], population=population[sharers], assets=shared, catchment=catchment
    )
    after = before.copy()
    after[is_touched] = renewed.e2sfca[is_touched[sharers]]
    return after


def _is_near(points: Points, others: Points, *, reach_m: float) -> BoolArray:
    """Return which points lie within a distance of any of the others, shape (n,)."""
    if not len(others):
        return np.zeros(len(points), dtype=np.bool_)
    # Most points lie outside the box around the others, and need no closer look.
    low, high = others.min(axis=0) - reach_m, others.max(axis=0) + reach_m
    is_near: BoolArray = ((points >= low) & (points <= high)).all(axis=1)
    distance_m = KDTree(others).query(points[is_near], distance_upper_bound=reach_m)[0]
    is_near[is_near] = distance_m <= reach_m
    return is_near
