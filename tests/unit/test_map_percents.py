"""How far from the worst: ceil(100·rank/N), ties together, and nothing where there is no value."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from dashboard.left_behind import count_over, count_support
from dashboard.map_repository import worst_percent_of
from etl.methods.ranking import rank_worst_first, ties_of


def test_a_hundred_areas_have_a_hundred_per_cents() -> None:
    assert worst_percent_of(np.arange(100.0)).tolist() == list(range(1, 101))


def test_the_worst_of_all_england_is_in_the_first_per_cent_and_the_best_in_the_last() -> None:
    percents = worst_percent_of(np.arange(33_755.0))
    assert (percents[0], percents[337], percents[-1]) == (1, 2, 100)


def test_an_area_without_a_value_has_nought_and_does_not_count() -> None:
    assert worst_percent_of(np.array([np.nan, 2.0, 1.0])).tolist() == [0, 100, 50]


def test_nothing_known_is_nought_everywhere() -> None:
    assert worst_percent_of(np.array([np.nan, np.nan])).tolist() == [0, 0]
    assert worst_percent_of(np.array([])).tolist() == []


def test_areas_that_tie_share_their_mean_rank() -> None:
    assert worst_percent_of(np.array([1.0, 1.0, 1.0, 9.0])).tolist() == [50, 50, 50, 100]


def test_places_with_nothing_in_reach_are_worst_on_the_map_as_they_are_as_a_pillar() -> None:
    # Three of five have no help: as a pillar they all count as worst, in England and within a base.
    values, base = np.array([0.0, 0.2, 0.0, 0.1, 0.0]), np.array([True, True, True, False, False])
    ranks = rank_worst_first(values, polarity="higher_is_better", ties="worst")
    assert ties_of(ranks) == "worst"
    for within in (None, base):
        keys = ranks if within is None else np.where(within, ranks, np.nan)
        pillar = count_support(values, base=within).worst_percent
        assert worst_percent_of(keys, ties=ties_of(ranks)).tolist() == pillar.tolist()
        assert count_over(ranks, base=within).worst_percent.tolist() == pillar.tolist()


def test_ranks_tell_which_of_them_equal_places_share() -> None:
    for polarity in ("higher_is_worse", "higher_is_better"):
        for ties in ("mean", "worst"):
            values = np.array([3.0, 1.0, 3.0, np.nan, 1.0, 2.0])
            assert ties_of(rank_worst_first(values, polarity=polarity, ties=ties)) == ties
    assert ties_of(np.array([1.0, 2.0, np.nan])) == "mean"
    assert ties_of(np.array([np.nan])) == "mean"


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=200))
def test_it_is_what_mean_ranks_say(values: list[int]) -> None:
    keys = np.array(values, dtype=float)
    expected = np.ceil(100 * rankdata(keys, method="average") / keys.size)
    assert worst_percent_of(keys).tolist() == expected.tolist()
