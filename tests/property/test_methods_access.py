"""What is true of access to assets wherever they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from etl.methods.access import DEFAULT_CATCHMENT, measure_access
from etl.methods.arrays import FloatArray

METRES = st.integers(0, 4000).map(float)
AMOUNTS = st.integers(0, 4).map(float)


@st.composite
def places(draw: st.DrawFn, *, most: int) -> FloatArray:
    """Return up to `most` points within four kilometres."""
    points: FloatArray = draw(arrays(np.float64, st.tuples(st.integers(1, most), st.just(2)), elements=METRES))
    return points


@given(origins=places(most=12), assets=places(most=8), data=st.data())
def test_people_times_access_is_the_supply_of_the_assets_that_reach_anyone(
    origins: FloatArray, assets: FloatArray, data: st.DataObject
) -> None:
    population = data.draw(arrays(np.float64, len(origins), elements=AMOUNTS))
    supply = data.draw(arrays(np.float64, len(assets), elements=AMOUNTS))
    access = measure_access(origins=origins, population=population, assets=assets, supply=supply)
    distance_m = DEFAULT_CATCHMENT.detour * np.hypot(*(assets[:, None] - origins).transpose(2, 0, 1))
    reaches_anyone = ((distance_m <= DEFAULT_CATCHMENT.limits_m[-1]) & (population > 0)).any(axis=1)
    assert access.e2sfca @ population == pytest.approx(supply[reaches_anyone].sum(), rel=1e-9, abs=1e-9)


@given(origins=places(most=12), assets=places(most=8))
def test_distances_and_counts_are_those_of_measuring_every_pair(origins: FloatArray, assets: FloatArray) -> None:
    access = measure_access(origins=origins, population=np.ones(len(origins)), assets=assets)
    distance_m = DEFAULT_CATCHMENT.detour * np.hypot(*(assets[:, None] - origins).transpose(2, 0, 1))
    np.testing.assert_allclose(access.nearest_m, distance_m.min(axis=0), rtol=1e-12)
    assert access.count_within_800m.tolist() == (distance_m <= 800).sum(axis=0).tolist()
    assert access.count_within_1600m.tolist() == (distance_m <= 1600).sum(axis=0).tolist()


@given(origins=places(most=12), assets=places(most=8), data=st.data())
def test_one_more_asset_takes_nothing_from_anybody(
    origins: FloatArray, assets: FloatArray, data: st.DataObject
) -> None:
    extra = data.draw(places(most=1))
    population = np.ones(len(origins))
    before = measure_access(origins=origins, population=population, assets=assets)
    after = measure_access(origins=origins, population=population, assets=np.vstack([assets, extra]))
    assert (after.e2sfca >= before.e2sfca - 1e-12).all()
    assert (after.nearest_m <= before.nearest_m).all()
    assert (after.count_within_1600m >= before.count_within_1600m).all()
