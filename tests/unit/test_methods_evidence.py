from __future__ import annotations

import warnings
from importlib import import_module

import numpy as np
import pytest

from etl.methods.arrays import IntArray, MethodError
from etl.methods.clusters import (
    HIGH_HIGH,
    HIGH_LOW,
    LOW_HIGH,
    LOW_LOW,
    LocalMoran,
    false_discovery_bound,
    group_neighbours,
    local_moran,
)
from etl.methods.segments import dominant_barrier, segment_places
from etl.methods.similar import find_similar
from etl.methods.waterfall import make_waterfall


def grid_pairs(side: int) -> IntArray:
    """Queen neighbours on a square grid."""
    at = np.arange(side * side).reshape(side, side)
    runs = [(at[:, :-1], at[:, 1:]), (at[:-1], at[1:]), (at[:-1, :-1], at[1:, 1:]), (at[:-1, 1:], at[1:, :-1])]
    return np.vstack([np.column_stack([one.ravel(), other.ravel()]) for one, other in runs])


def test_local_moran_is_that_of_esda_islands_left_out() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Their imports warn of what is to change in other libraries.
        esda = import_module("esda")
        weights_of = import_module("libpysal.weights").W

        pairs = grid_pairs(12)
        # Two islands at the end.
        size = 146
        rng = np.random.default_rng(0)
        values = rng.normal(size=size)
        values[:40] += 4.0
        neighbours: dict[int, list[int]] = {i: [] for i in range(size)}
        for one, other in pairs.tolist():
            neighbours[one].append(other)
            neighbours[other].append(one)
        weights = weights_of(neighbours, silence_warnings=True)
        weights.transform = "r"
        theirs = esda.Moran_Local(values, weights, permutations=199, seed=7, keep_simulations=False)
    ours = local_moran(values, pairs=pairs, permutations=199, seed=7)
    joined = slice(0, 144)
    np.testing.assert_allclose(ours.statistic[joined], theirs.Is[joined], atol=1e-12)
    np.testing.assert_allclose(ours.p_value[joined], theirs.p_sim[joined], atol=1e-7)
    np.testing.assert_array_equal(ours.quadrant[joined], theirs.q[joined])
    assert np.isnan(ours.statistic[144:]).all()
    assert np.isnan(ours.p_value[144:]).all()
    assert (ours.quadrant[144:] == 0).all()
    assert not ours.is_significant()[144:].any()
    assert false_discovery_bound(ours.p_value[joined]) == pytest.approx(esda.fdr(theirs.p_sim[joined], 0.05))
    assert ours.is_significant().any()


def test_quadrants_say_what_lies_among_what() -> None:
    pairs = np.array([[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]])
    moran = local_moran(np.array([9.0, 8.0, 0.5, 9.5, 1.0, 1.2]), pairs=pairs, permutations=19)
    assert moran.quadrant.tolist() == [HIGH_HIGH, HIGH_LOW, LOW_HIGH, HIGH_LOW, LOW_HIGH, LOW_LOW]


def test_nothing_stands_out_where_no_p_value_is_small_enough() -> None:
    moran = LocalMoran(np.ones(3), np.array([0.4, 0.2, np.nan]), np.ones(3, dtype=np.int64))
    assert not moran.is_significant().any()
    assert false_discovery_bound(np.array([])) == 0.0


@pytest.mark.parametrize("values", [[1.0, 1.0, 1.0], [1.0, float("nan"), 2.0]])
def test_values_that_cannot_cluster_are_refused(values: list[float]) -> None:
    with pytest.raises(MethodError, match="Clusters need values"):
        local_moran(np.array(values), pairs=np.array([[0, 1], [1, 2]]))


def test_members_that_touch_make_one_group() -> None:
    is_member = np.array([True, True, False, True, True, True])
    pairs = np.array([[0, 1], [1, 2], [2, 3], [4, 3]])
    assert group_neighbours(is_member, pairs=pairs).tolist() == [0, 0, -1, 1, 1, 2]


def test_the_matrix_counts_places_and_people() -> None:
    ranks = np.array([1.0, 2.0, 3.0, np.nan])
    segments = segment_places(
        need_ranks=ranks, exclusion_ranks=np.array([1.0, 3.0, 2.0, 4.0]), population=np.array([10.0, 20.0, 30.0, 40.0])
    )
    # Of four ranks on exclusion, the first is in the worst third, the second in the middle one, the third in the best.
    assert segments.cell.tolist() == [0, 5, 7, -1]
    assert segments.places.tolist() == [1, 0, 0, 0, 0, 1, 0, 1, 0]
    assert segments.people.tolist() == [10, 0, 0, 0, 0, 20, 0, 30, 0]
    assert segments.of(need=3, exclusion=2) == 7


def test_ranks_of_other_places_are_refused() -> None:
    with pytest.raises(MethodError, match="same places"):
        segment_places(need_ranks=np.ones(2), exclusion_ranks=np.ones(3), population=np.ones(3))


def test_the_dominant_barrier_is_what_stands_out_most_and_may_be_none() -> None:
    points = np.array([[5.0, 9.0], [5.0, 3.0], [1.0, 1.0], [np.nan, 5.0], [6.0, 6.0]])
    assert dominant_barrier(points, reference=np.array([4.0, 4.0])).tolist() == [1, 0, -1, 1, 0]


def test_places_equally_alike_come_in_their_own_order() -> None:
    values = np.array([[0.0], [1.0], [-1.0], [1.0], [5.0]])
    similar = find_similar(values, place=0, most=3)
    assert similar.places.tolist() == [1, 2, 3]
    assert similar.distance == pytest.approx([similar.distance[0]] * 3)


def test_only_figures_that_the_place_has_are_compared() -> None:
    values = np.array([[1.0, np.nan], [1.0, 5.0], [np.nan, 5.0], [2.0, np.nan]])
    assert find_similar(values, place=0).places.tolist() == [1, 3]
    assert find_similar(np.array([[1.0, 2.0], [1.0, 9.0]]), place=0).distance.tolist() == pytest.approx([2**0.5])


def test_a_place_with_no_figure_cannot_be_compared() -> None:
    with pytest.raises(MethodError, match="none of the figures"):
        find_similar(np.array([[np.nan], [1.0]]), place=0)


def test_a_waterfall_goes_from_englands_middle_to_here_largest_rise_first() -> None:
    steps = make_waterfall(
        ["age", "skills", "gone"],
        contributions=np.array([3.0, 9.0, np.nan]),
        reference=np.array([5.0, 4.0, 1.0]),
    )
    assert [(step.label, step.start, step.end, step.change) for step in steps] == [
        ("skills", 9.0, 14.0, 5.0),
        ("age", 14.0, 12.0, -2.0),
    ]


def test_a_waterfall_needs_a_reference_for_every_part() -> None:
    with pytest.raises(MethodError, match="one label"):
        make_waterfall(["a"], contributions=np.ones(2), reference=np.ones(2))
