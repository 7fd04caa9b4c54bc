"""Our access is that of PySAL `access`: its two-step methods, with the same bands and the same distances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from access.fca import two_stage_fca  # type: ignore[import-untyped]
from access.weights import step_fn  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from etl.methods.access import DEFAULT_CATCHMENT, Catchment, measure_access
from etl.methods.arrays import FloatArray
from tests.property.test_methods_access import places

PEOPLE, CAPACITY = st.integers(1, 3_000).map(float), st.integers(1, 9).map(float)
# The enhanced method weighs by bands (Luo and Qi 2009); the first one counted everybody within reach alike (Luo and
# Wang 2003).
METHODS = {
    "enhanced": DEFAULT_CATCHMENT,
    "plain": Catchment(limits_m=(1_600.0,), weights=(1.0,)),
    "other bands": Catchment(limits_m=(250.0, 1_000.0, 2_500.0, 3_000.0), weights=(1.0, 0.8, 0.5, 0.1), detour=1.0),
}


def measure_with_pysal(
    origins: FloatArray, population: FloatArray, assets: FloatArray, supply: FloatArray, *, catchment: Catchment
) -> FloatArray:
    """Return what PySAL makes of the same people, assets, distances and bands."""
    distance_m = catchment.detour * np.hypot(*(origins[:, None] - assets).transpose(2, 0, 1))
    origin, dest = np.indices(distance_m.shape).reshape(2, -1)
    cost = pd.DataFrame({"origin": origin, "dest": dest, "cost": distance_m.ravel()})
    weight: Callable[[float], float] = step_fn(dict(zip(catchment.limits_m, catchment.weights, strict=True)))
    # An asset that reaches nobody has nobody to be divided among; PySAL divides by nought there.
    reached = cost.assign(weight=cost["cost"].map(weight)).groupby("dest")["weight"].sum()
    cost = cost[cost["dest"].isin(reached.index[reached > 0])]
    if cost.empty:
        return np.zeros(len(origins))
    found = two_stage_fca(
        demand_df=pd.DataFrame({"demand": population}, index=pd.Index(range(len(origins)), name="geoid")),
        supply_df=pd.DataFrame({"supply": supply}, index=pd.Index(range(len(assets)), name="geoid")),
        cost_df=cost,
        max_cost=catchment.limits_m[-1],
        weight_fn=weight,
    )
    return np.asarray(found.reindex(range(len(origins))).fillna(0), dtype=np.float64)


@pytest.mark.parametrize("catchment", METHODS.values(), ids=METHODS)
@settings(max_examples=25)
@given(origins=places(most=12), assets=places(most=8), data=st.data())
def test_access_is_that_of_pysal(
    catchment: Catchment, origins: FloatArray, assets: FloatArray, data: st.DataObject
) -> None:
    population = data.draw(arrays(np.float64, len(origins), elements=PEOPLE))
    supply = data.draw(arrays(np.float64, len(assets), elements=CAPACITY))
    ours = measure_access(origins=origins, population=population, assets=assets, supply=supply, catchment=catchment)
    theirs = measure_with_pysal(origins, population, assets, supply, catchment=catchment)
    np.testing.assert_allclose(ours.e2sfca, theirs, rtol=1e-9, atol=1e-12)
