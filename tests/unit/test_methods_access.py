"""Access to assets on a street of a few neighbourhoods whose distances can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from etl.methods.access import Access, Catchment, measure_access
from etl.methods.arrays import MethodError

# Straight lines only, so that the distances below are those people walk.
STRAIGHT = Catchment(detour=1.0)
ALONG = np.array([[0.0, 0.0], [500.0, 0.0], [1500.0, 0.0], [9000.0, 0.0]])
PEOPLE = np.array([100.0, 200.0, 300.0, 400.0])


def measure(assets: list[float], *, supply: list[float] | None = None, catchment: Catchment = STRAIGHT) -> Access:
    return measure_access(
        origins=ALONG,
        population=PEOPLE,
        assets=np.array([[east, 0.0] for east in assets]).reshape(-1, 2),
        supply=None if supply is None else np.array(supply),
        catchment=catchment,
    )


def test_one_asset_is_shared_among_those_who_reach_it_by_how_far_they_come() -> None:
    access = measure([0.0])
    # 100 people beside it, 200 in the second ring, 300 in the third, 400 out of reach.
    demand = 100 * 1 + 200 * 0.68 + 300 * 0.22
    assert access.e2sfca == pytest.approx([1 / demand, 0.68 / demand, 0.22 / demand, 0])
    assert access.nearest_m.tolist() == [0, 500, 1500, 9000]
    assert access.count_within_800m.tolist() == [1, 1, 0, 0]
    assert access.count_within_1600m.tolist() == [1, 1, 1, 0]


def test_what_two_assets_give_adds_up() -> None:
    both, first, second = measure([0.0, 1500.0]), measure([0.0]), measure([1500.0])
    assert both.e2sfca == pytest.approx(first.e2sfca + second.e2sfca)
    assert both.nearest_m.tolist() == [0, 500, 0, 7500]


def test_the_limit_of_a_ring_belongs_to_it() -> None:
    ring = Catchment(limits_m=(500.0,), weights=(1.0,), detour=1.0)
    assert measure([0.0], catchment=ring).e2sfca == pytest.approx([1 / 300, 1 / 300, 0, 0])


def test_a_pair_exactly_at_the_longest_walk_with_a_detour_is_counted() -> None:
    ring = Catchment(limits_m=(1600.0,), weights=(1.0,), detour=1.3)
    access = measure_access(
        origins=np.zeros((1, 2)), population=np.ones(1), assets=np.array([[1600.0 / 1.3, 0.0]]), catchment=ring
    )
    assert access.count_within_1600m.tolist() == [1]
    assert access.e2sfca.tolist() == [1]


def test_a_detour_makes_every_walk_longer() -> None:
    access = measure([0.0], catchment=Catchment(detour=1.3))
    assert access.nearest_m == pytest.approx([0, 650, 1950, 11700])
    assert access.count_within_1600m.tolist() == [1, 1, 0, 0]


def test_a_catchment_wider_than_the_counts_still_reaches_its_own_limit() -> None:
    wide = Catchment(limits_m=(10_000.0,), weights=(1.0,), detour=1.0)
    access = measure([0.0], catchment=wide)
    assert access.e2sfca == pytest.approx([1 / 1000] * 4)
    assert access.count_within_1600m.tolist() == [1, 1, 1, 0]


def test_an_asset_that_takes_nobody_is_not_there() -> None:
    paused, absent = measure([0.0, 1500.0], supply=[0.0, 1.0]), measure([1500.0])
    assert paused.nearest_m.tolist() == absent.nearest_m.tolist()
    assert paused.count_within_800m.tolist() == absent.count_within_800m.tolist()
    assert paused.e2sfca.tolist() == absent.e2sfca.tolist()


def test_an_asset_that_offers_twice_as_much_gives_twice_the_access() -> None:
    assert measure([0.0], supply=[2.0]).e2sfca == pytest.approx(2 * measure([0.0]).e2sfca)


@pytest.mark.parametrize("supply", [None, [0.0]])
def test_without_assets_nothing_is_near_and_nobody_is_served(supply: list[float] | None) -> None:
    access = measure([] if supply is None else [0.0], supply=supply)
    assert np.isinf(access.nearest_m).all()
    assert access.count_within_1600m.tolist() == [0, 0, 0, 0]
    assert access.e2sfca.tolist() == [0, 0, 0, 0]


def test_an_asset_that_reaches_nobody_gives_nothing() -> None:
    access = measure([50_000.0])
    assert access.e2sfca.tolist() == [0, 0, 0, 0]
    assert access.nearest_m.tolist() == [50_000, 49_500, 48_500, 41_000]


@pytest.mark.parametrize("supply", [-1.0, float("nan"), float("inf")])
def test_a_supply_that_is_no_amount_is_refused(supply: float) -> None:
    with pytest.raises(MethodError, match="supply"):
        measure([0.0], supply=[supply])


@pytest.mark.parametrize(
    ("limits_m", "weights"),
    [((), ()), ((800.0, 400.0), (1.0, 0.5)), ((400.0,), (1.5,)), ((400.0,), (1.0, 0.5)), ((-1.0,), (1.0,))],
)
def test_a_catchment_that_makes_no_sense_is_refused(limits_m: tuple[float, ...], weights: tuple[float, ...]) -> None:
    with pytest.raises(MethodError, match="catchment"):
        Catchment(limits_m=limits_m, weights=weights)


@pytest.mark.parametrize("detour", [0.9, float("nan")])
def test_a_detour_shorter_than_a_straight_line_is_refused(detour: float) -> None:
    with pytest.raises(MethodError, match="detour"):
        Catchment(detour=detour)
