"""What is true of every ranking, crosswalk and sum over places."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from etl.methods.arrays import FloatArray
from etl.methods.crosswalk import crosswalk_counts, crosswalk_rates
from etl.methods.deprivation_summary import summarise_deprivation
from etl.methods.left_behind import Pillar, find_left_behind
from etl.methods.ranking import decile, percentile, rank_worst_first, worst_percent
from etl.methods.summaries import build_membership, weighted_means

NAN = float("nan")
NUMBERS = st.integers(-1000, 1000).map(float)
GAPPY = st.one_of(NUMBERS, st.just(NAN))
PEOPLE = st.integers(1, 5000).map(float)


@given(values=arrays(np.float64, st.integers(1, 60), elements=GAPPY))
def test_ranks_add_up_as_those_of_a_permutation_and_follow_the_values(values: FloatArray) -> None:
    ranks = rank_worst_first(values)
    known = ~np.isnan(values)
    size = int(known.sum())
    assert np.nansum(ranks) == size * (size + 1) / 2
    assert (np.isnan(ranks) == ~known).all()
    higher = values[known][:, None] > values[known]
    assert (higher == (ranks[known][:, None] < ranks[known])).all()


@given(values=st.lists(NUMBERS, min_size=1, max_size=60, unique=True))
def test_ranks_without_ties_are_a_permutation(values: list[float]) -> None:
    assert sorted(rank_worst_first(np.array(values)).tolist()) == list(range(1, len(values) + 1))


@given(values=arrays(np.float64, st.integers(1, 60), elements=GAPPY))
def test_turning_the_polarity_round_turns_the_ranks_round(values: FloatArray) -> None:
    worst_first = rank_worst_first(values)
    best_first = rank_worst_first(values, polarity="higher_is_better")
    known = ~np.isnan(values)
    assert (worst_first + best_first)[known].tolist() == [known.sum() + 1] * int(known.sum())


@given(size=st.integers(1, 5000), data=st.data())
def test_the_worst_tenth_is_the_worst_ten_per_cent_and_classes_never_fall_with_rank(
    size: int, data: st.DataObject
) -> None:
    ranks = np.array(sorted(data.draw(st.lists(st.integers(1, size), min_size=1, max_size=30)))).astype(np.float64)
    percents, deciles = worst_percent(ranks, total=size), decile(ranks, total=size)
    assert ((percents <= 10) == (deciles == 1)).all()
    assert (np.diff(percents.astype(int)) >= 0).all()
    assert percents.min() >= 1
    assert percents.max() <= 100
    # Whole-number arithmetic of Python, which has no rounding to go wrong.
    assert percents.tolist() == [-(-100 * int(rank) // size) for rank in ranks]


@given(values=arrays(np.float64, st.integers(1, 60), elements=NUMBERS))
def test_percentiles_lie_above_zero_and_reach_100_only_at_rank_one(values: FloatArray) -> None:
    ranks = rank_worst_first(values)
    percentiles = percentile(ranks)
    assert (percentiles > 0).all()
    assert ((percentiles == 100) == (ranks == 1)).all()


@st.composite
def pair_lists(draw: st.DrawFn) -> pd.DataFrame:
    """Return pairs of old and new codes in which every code appears and no pair twice."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=25, unique=True))
    return pd.DataFrame(
        {"lsoa11_code": [f"old{old}" for old, _ in pairs], "lsoa21_code": [f"new{new}" for _, new in pairs]}
    )


def figures(data: st.DataObject, codes: pd.Series, elements: st.SearchStrategy[float]) -> pd.Series:
    unique = sorted(set(codes))
    return pd.Series(data.draw(st.lists(elements, min_size=len(unique), max_size=len(unique))), index=unique)


@given(pairs=pair_lists(), data=st.data())
def test_a_carried_rate_lies_between_those_it_was_made_of_or_is_missing_as_one_of_them_is(
    pairs: pd.DataFrame, data: st.DataObject
) -> None:
    values = figures(data, pairs["lsoa11_code"], GAPPY)
    population = figures(data, pairs["lsoa11_code"], st.one_of(PEOPLE, st.just(0.0), st.just(NAN)))
    carried = crosswalk_rates(pairs=pairs, values=values.to_frame("rate"), population=population)["rate"]
    parts = pairs.assign(value=pairs["lsoa11_code"].map(values)).groupby("lsoa21_code")["value"]
    for code, group in parts:
        if group.isna().any():
            assert np.isnan(carried[code])
        else:
            assert group.min() - 1e-9 <= carried[code] <= group.max() + 1e-9


@given(pairs=pair_lists(), data=st.data(), constant=NUMBERS)
def test_a_rate_that_is_the_same_everywhere_stays_the_same(
    pairs: pd.DataFrame, data: st.DataObject, constant: float
) -> None:
    population = figures(data, pairs["lsoa11_code"], PEOPLE)
    values = pd.DataFrame({"rate": constant}, index=population.index)
    carried = crosswalk_rates(pairs=pairs, values=values, population=population)["rate"]
    assert carried.to_numpy() == pytest.approx(constant)


@given(size=st.integers(1, 10), data=st.data())
def test_neighbourhoods_that_did_not_change_keep_their_figures_to_the_last_digit(
    size: int, data: st.DataObject
) -> None:
    codes = pd.Series([f"E{number}" for number in range(size)])
    pairs = pd.DataFrame({"lsoa11_code": codes, "lsoa21_code": codes})
    values = figures(data, codes, st.floats(-1e6, 1e6)).to_frame("figure")
    population = figures(data, codes, PEOPLE)
    for carry in (crosswalk_rates, crosswalk_counts):
        carried = carry(pairs=pairs, values=values, population=population)
        assert carried["figure"].tolist() == values["figure"].tolist()


@given(pairs=pair_lists(), data=st.data())
def test_counts_keep_their_total(pairs: pd.DataFrame, data: st.DataObject) -> None:
    values = figures(data, pairs["lsoa11_code"], st.integers(0, 5000).map(float)).to_frame("count")
    population = figures(data, pairs["lsoa21_code"], st.one_of(PEOPLE, st.just(0.0)))
    carried = crosswalk_counts(pairs=pairs, values=values, population=population)
    assert carried["count"].sum() == pytest.approx(values["count"].sum())


@given(size=st.integers(1, 12), data=st.data())
def test_a_whole_is_the_sum_of_its_parts(size: int, data: st.DataObject) -> None:
    people = np.array(data.draw(st.lists(PEOPLE, min_size=size, max_size=size)))
    values = data.draw(arrays(np.float64, (size, 2), elements=GAPPY))
    part_of = np.array(data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)))
    # Areas 0 to 3 divide the whole, area 4, among them.
    membership = build_membership(
        area=np.concatenate([part_of, np.full(size, 4)]), lsoa=np.tile(np.arange(size), 2), shape=(5, size)
    )
    means = weighted_means(membership=membership, values=values, population=people)
    weights = membership @ (~np.isnan(values) * people[:, None])
    parts = np.nansum(means[:4] * weights[:4], axis=0)
    np.testing.assert_allclose(parts, np.nan_to_num(means[4]) * weights[4], rtol=1e-9, atol=1e-6)


@given(size=st.integers(1, 12), data=st.data())
def test_the_summaries_of_a_whole_are_the_means_of_its_parts(size: int, data: st.DataObject) -> None:
    people = np.array(data.draw(st.lists(PEOPLE, min_size=size, max_size=size)))
    score = data.draw(arrays(np.float64, size, elements=NUMBERS))
    part_of = np.array(data.draw(st.lists(st.integers(0, 1), min_size=size, max_size=size)))
    membership = build_membership(
        area=np.concatenate([part_of, np.full(size, 2)]), lsoa=np.tile(np.arange(size), 2), shape=(3, size)
    )
    summary = summarise_deprivation(
        membership=membership, score=score, ranks=rank_worst_first(score), population=people
    )
    part_people, part_count = membership[:2] @ people, membership[:2] @ np.ones(size)
    for figures_of, weights in (
        (summary.average_score, part_people),
        (summary.average_rank, part_people),
        (summary.extent, part_people),
        (summary.proportion, part_count),
    ):
        whole = np.nansum(figures_of[:2] * weights) / weights.sum()
        assert whole == pytest.approx(figures_of[2], abs=1e-9)
    # The worst tenth of a place is at least as bad as the place.
    assert (summary.local_concentration <= summary.average_rank + 1e-9)[~np.isnan(summary.average_rank)].all()


@given(size=st.integers(1, 30), data=st.data(), thresholds=st.tuples(st.integers(1, 100), st.integers(1, 100)))
def test_a_wider_threshold_loses_nobody_and_priority_stays_between_its_pillars(
    size: int, data: st.DataObject, thresholds: tuple[int, int]
) -> None:
    ranks = [
        rank_worst_first(data.draw(arrays(np.float64, size, elements=NUMBERS))),
        rank_worst_first(data.draw(arrays(np.float64, size, elements=GAPPY))),
    ]
    low, high = sorted(thresholds)
    narrow = find_left_behind(pillars=[Pillar(rank, low) for rank in ranks])
    wide = find_left_behind(pillars=[Pillar(rank, high) for rank in ranks])
    assert not (narrow.is_left_behind & ~wide.is_left_behind).any()
    known = ~np.isnan(narrow.priority)
    assert (narrow.priority >= narrow.percentiles.min(axis=1) - 1e-9)[known].all()
    assert (narrow.priority <= narrow.percentiles.max(axis=1) + 1e-9)[known].all()
