"""Ranks, deciles and percentiles: 1 is always the worst."""

from __future__ import annotations

import numpy as np
import pytest

from etl.methods.arrays import MethodError
from etl.methods.ranking import best_percent, decile, percentile, rank_worst_first, tercile, worst_percent

NAN = float("nan")
ENGLAND = 33_755


def test_the_highest_value_ranks_first_when_higher_is_worse() -> None:
    assert rank_worst_first(np.array([1.0, 3.0, 2.0])).tolist() == [3, 1, 2]


def test_the_lowest_value_ranks_first_when_higher_is_better() -> None:
    assert rank_worst_first(np.array([1.0, 3.0, 2.0]), polarity="higher_is_better").tolist() == [1, 3, 2]


def test_a_neutral_indicator_has_no_ranks() -> None:
    assert np.isnan(rank_worst_first(np.array([1.0, 3.0]), polarity="neutral")).all()


def test_equal_values_share_their_mean_rank() -> None:
    assert rank_worst_first(np.array([5.0, 7.0, 5.0, 1.0])).tolist() == [2.5, 1, 2.5, 4]


def test_values_that_differ_only_in_the_last_bits_of_their_sums_are_equal() -> None:
    sums = np.array([0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.6 + 1e-9, 0.0, np.inf, np.inf])
    assert sums[0] != sums[1]
    assert rank_worst_first(sums).tolist() == [4.5, 4.5, 3, 6, 1.5, 1.5]
    assert rank_worst_first(sums, ties="worst").tolist() == [4, 4, 3, 6, 1, 1]
    assert rank_worst_first(np.array([NAN])).shape == (1,)


def test_a_missing_value_has_no_rank_and_takes_none() -> None:
    np.testing.assert_array_equal(rank_worst_first(np.array([NAN, 2.0, 9.0])), [NAN, 2, 1])


def test_deciles_of_england_break_where_the_indices_of_deprivation_break_them() -> None:
    ranks = np.arange(1.0, ENGLAND + 1)
    # ceil(10·rank/33,755): decile 1 ends at 3,375 and decile 2 at 6,751.
    assert decile(ranks)[[0, 3_374, 3_375, 6_750, 6_751, ENGLAND - 1]].tolist() == [1, 1, 2, 2, 3, 10]


def test_a_class_ends_exactly_where_a_hundredth_of_the_ranks_ends() -> None:
    ranks = np.arange(1.0, 1_001)
    assert worst_percent(ranks)[[0, 9, 10, 69, 70, 289, 290, 999]].tolist() == [1, 1, 2, 7, 8, 29, 30, 100]


def test_thirds_of_nine_places_hold_three_each() -> None:
    assert tercile(np.arange(1.0, 10)).tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_a_mean_rank_is_classed_exactly() -> None:
    assert worst_percent(np.array([1.5]), total=150).tolist() == [1]
    assert worst_percent(np.array([1.5]), total=149).tolist() == [2]


def test_a_missing_rank_is_class_zero() -> None:
    assert decile(np.array([NAN, 1.0, 2.0])).tolist() == [0, 5, 10]


def test_nothing_ranked_is_nothing_classed() -> None:
    nothing = np.array([NAN, NAN])
    assert worst_percent(nothing).tolist() == [0, 0]
    assert np.isnan(percentile(nothing)).all()


def test_some_ranks_of_england_are_classed_against_all_of_england() -> None:
    assert worst_percent(np.array([1.0, 33_755.0]), total=ENGLAND).tolist() == [1, 100]
    assert best_percent(np.array([1.0, 33_755.0, NAN]), total=ENGLAND).tolist() == [100, 1, 0]


def test_the_worst_percentile_is_100_and_the_best_is_above_zero() -> None:
    assert percentile(np.array([1.0, 2.0, 3.0, 4.0, NAN])).tolist()[:4] == [100, 75, 50, 25]


@pytest.mark.parametrize("rank", [0.0, -1.0, 3.0])
def test_a_rank_outside_the_ranks_is_refused(rank: float) -> None:
    with pytest.raises(MethodError, match="outside 1 to 2"):
        decile(np.array([rank, 1.0]))


def test_a_value_that_is_no_rank_is_refused() -> None:
    with pytest.raises(MethodError, match="neither a whole number nor a half"):
        worst_percent(np.array([1.25, 2.0]))
