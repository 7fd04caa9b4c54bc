"""How far from the worst: ceil(100·rank/N), ties together, and nothing where there is no value."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from dashboard.map_repository import worst_percent_of


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


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=1, max_size=200))
def test_it_is_what_mean_ranks_say(values: list[int]) -> None:
    keys = np.array(values, dtype=float)
    expected = np.ceil(100 * rankdata(keys, method="average") / keys.size)
    assert worst_percent_of(keys).tolist() == expected.tolist()
