"""Access after a few assets have changed: only the neighbourhoods that they can reach are worked out anew."""

from __future__ import annotations

from etl.methods.access import DEFAULT_CATCHMENT, Catchment, Points, measure_access
from etl.methods.arrays import FloatArray
from etl.methods.nearness import is_near


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
    is_touched = is_near(origins, changed, reach_m=reach_m)
    if not is_touched.any():
        return before
    shared = assets[is_near(assets, origins[is_touched], reach_m=reach_m)]
    sharers = is_touched | is_near(origins, shared, reach_m=reach_m)
    renewed = measure_access(
        origins=origins[sharers], population=population[sharers], assets=shared, catchment=catchment
    )
    after = before.copy()
    after[is_touched] = renewed.e2sfca[is_touched[sharers]]
    return after
