"""What changes for the people around if help were offered at a place: worked out near it only, so it is instant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from etl.methods.access import (
    DEFAULT_CATCHMENT,
    LONG_WALK_M,
    SHORT_WALK_M,
    Access,
    Catchment,
    Points,
    measure_access,
)
from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.nearness import is_near


@dataclass(frozen=True)
class WhatIf:
    """How access changes for the m neighbourhoods within a long walk of the new places; nothing changes elsewhere.

    Parameters
    ----------
    around
        Shape (m,): their positions among all neighbourhoods, rising.
    before, after
        Their access without and with the new places.
    """

    around: IntArray
    before: Access
    after: Access

    def newly_within(self, limit_m: float) -> BoolArray:
        """Return which of them had nothing within a walking distance and now have, shape (m,)."""
        is_new: BoolArray = (self.before.nearest_m > limit_m) & (self.after.nearest_m <= limit_m)
        return is_new


def measure_what_if(
    *,
    origins: Points,
    population: FloatArray,
    assets: Points,
    added: Points,
    catchment: Catchment = DEFAULT_CATCHMENT,
) -> WhatIf:
    """Return how access changes if help were offered at some more places, each of a supply of 1.

    An asset is shared among those who can reach it, so those whose access changes live within reach of a new place;
    what they have depends on every asset they can reach, and on everybody who shares those.

    Parameters
    ----------
    origins, population
        Shapes (n, 2) and (n,), metres and people.
    assets, added
        Shapes (a, 2) and (k, 2): what gives this help now and takes people, and the new places.
    """
    reach_m = max(LONG_WALK_M, *catchment.limits_m) / catchment.detour * (1 + 1e-9)
    around = np.flatnonzero(is_near(origins, added, reach_m=reach_m))
    shared = assets[is_near(assets, origins[around], reach_m=reach_m)]
    sharers = np.flatnonzero(is_near(origins, np.vstack([shared, added]), reach_m=reach_m))
    place = np.searchsorted(sharers, around)
    before, after = (
        _take(
            measure_access(origins=origins[sharers], population=population[sharers], assets=near, catchment=catchment),
            place,
        )
        for near in (shared, np.vstack([shared, added]))
    )
    # Whoever has nothing within a long walk may have something further off, and it is said how far.
    furthest = _nearest_m(origins[around], assets, detour=catchment.detour)
    return WhatIf(
        around=around,
        before=_with_nearest(before, furthest),
        after=_with_nearest(after, np.minimum(furthest, after.nearest_m)),
    )


def people_newly_within(what_if: WhatIf, *, population: FloatArray, counted: BoolArray | None = None) -> dict[str, int]:
    """Return how many people are newly within a short and a long walk.

    Parameters
    ----------
    population
        Shape (n,): people of every neighbourhood.
    counted
        Shape (n,): the neighbourhoods whose people count; all when None.
    """
    people = population if counted is None else np.where(counted, population, 0.0)
    near = people[what_if.around]
    limits = {"within_800m": SHORT_WALK_M, "within_1600m": LONG_WALK_M}
    return {name: round(float(near[what_if.newly_within(limit_m)].sum())) for name, limit_m in limits.items()}


def _nearest_m(origins: Points, assets: Points, *, detour: float) -> FloatArray:
    if not (len(assets) and len(origins)):
        return np.full(len(origins), np.inf)
    return detour * np.asarray(KDTree(assets).query(origins)[0], dtype=np.float64)


def _take(access: Access, place: IntArray) -> Access:
    return Access(
        nearest_m=access.nearest_m[place],
        count_within_800m=access.count_within_800m[place],
        count_within_1600m=access.count_within_1600m[place],
        e2sfca=access.e2sfca[place],
    )


def _with_nearest(access: Access, nearest_m: FloatArray) -> Access:
    return Access(nearest_m, access.count_within_800m, access.count_within_1600m, access.e2sfca)
