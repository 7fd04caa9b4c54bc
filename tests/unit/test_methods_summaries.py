"""Figures of areas, the rebuilt IMD, left-behind neighbourhoods, classes for the map and histograms."""

from __future__ import annotations

import numpy as np
import pytest

from etl.methods.arrays import FloatArray, MethodError
from etl.methods.bivariate import BIVARIATE_CLASSES, classify_bivariate
from etl.methods.deprivation_summary import extent_weights, summarise_deprivation
from etl.methods.distribution import describe_distribution
from etl.methods.imd import IMD_WEIGHTS, combine_domains
from etl.methods.left_behind import Pillar, find_left_behind
from etl.methods.summaries import build_membership, shares_in_worst, weighted_means

NAN = float("nan")

# Two areas that overlap in the second of three LSOAs, and one that holds none.
MEMBERSHIP = build_membership(area=np.array([0, 0, 1, 1]), lsoa=np.array([0, 1, 1, 2]), shape=(3, 3))


def ranked(*ranks: float) -> FloatArray:
    return np.array(ranks, dtype=np.float64)


def test_an_area_takes_the_mean_of_its_neighbourhoods_weighted_by_people() -> None:
    values = np.array([[10.0, NAN], [20.0, NAN], [30.0, 5.0]])
    means = weighted_means(membership=MEMBERSHIP, values=values, population=np.array([100.0, 300.0, 100.0]))
    np.testing.assert_array_equal(means, [[17.5, NAN], [22.5, 5.0], [NAN, NAN]])


def test_a_share_counts_only_neighbourhoods_that_are_ranked() -> None:
    worst = np.array([[20], [21], [0]], dtype=np.uint8)
    shares = shares_in_worst(membership=MEMBERSHIP, worst=worst, threshold_percent=20)
    np.testing.assert_array_equal(shares, [[0.5], [0.0], [NAN]])


def test_the_extent_falls_from_the_worst_tenth_to_nothing_beyond_thirty_per_cent() -> None:
    weights = extent_weights(ranked(1, 10, 11, 12, 30, 31, 100, NAN), total=100)
    assert weights[:7] == pytest.approx([1, 1, 0.95, 0.95 - 0.9 / 19, 0.05, 0, 0])
    assert np.isnan(weights[7])


def test_the_official_summaries_of_an_area_follow_their_definitions() -> None:
    # One area of four LSOAs of 100 people each, at ranks 5, 11, 50 and 90 of England's 100.
    membership = build_membership(area=np.zeros(4, dtype=np.int64), lsoa=np.arange(4), shape=(1, 4))
    summary = summarise_deprivation(
        membership=membership,
        score=ranked(60, 40, 20, 0),
        ranks=ranked(5, 11, 50, 90),
        population=np.full(4, 100.0),
        total=100,
    )
    assert summary.average_score.tolist() == [30]
    assert summary.average_rank.tolist() == [39]
    assert summary.proportion.tolist() == [0.25]
    assert summary.extent == pytest.approx([(1 + 0.95) / 4])
    # A tenth of 400 people is 40, all of them in the worst LSOA.
    assert summary.local_concentration.tolist() == [5]


def test_local_concentration_takes_part_of_the_last_neighbourhood_to_reach_exactly_a_tenth() -> None:
    membership = build_membership(area=np.zeros(3, dtype=np.int64), lsoa=np.arange(3), shape=(2, 3))
    summary = summarise_deprivation(
        membership=membership,
        score=ranked(3, 2, 1),
        ranks=ranked(2, 1, 3),
        population=np.array([100.0, 60.0, 840.0]),
    )
    # 100 of 1,000 people: the 60 at rank 1, then 40 of the 100 at rank 2. The second area holds nobody.
    np.testing.assert_allclose(summary.local_concentration, [(60 * 1 + 40 * 2) / 100, NAN])


def test_the_most_deprived_on_every_domain_scores_the_sum_of_the_weights() -> None:
    ranks = {domain: ranked(1, 2, 3) for domain in IMD_WEIGHTS}
    score = combine_domains(ranks=ranks)
    assert score[0] == pytest.approx(99.9)
    assert score[0] > score[1] > score[2] > 0


def test_a_domain_that_is_missing_is_named() -> None:
    with pytest.raises(MethodError, match="crime"):
        combine_domains(ranks={domain: ranked(1) for domain in IMD_WEIGHTS if domain != "crime"})


def test_a_neighbourhood_is_left_behind_when_every_pillar_is_within_its_threshold() -> None:
    need = Pillar(ranked(1, 2, 3, 4, 5), threshold_percent=40)
    exclusion = Pillar(ranked(1, 5, 2, 3, 4), threshold_percent=40)
    result = find_left_behind(pillars=[need, exclusion])
    assert result.is_left_behind.tolist() == [True, False, False, False, False]
    assert result.percentiles[0].tolist() == [100, 100]
    assert result.priority.tolist() == [100, 50, 70, 50, 30]


def test_a_third_pillar_narrows_the_answer_and_weighs_in_the_order() -> None:
    need, exclusion = Pillar(ranked(1, 2), threshold_percent=100), Pillar(ranked(1, 2), threshold_percent=100)
    support = Pillar(ranked(2, 1), threshold_percent=50, weight=2)
    result = find_left_behind(pillars=[need, exclusion, support])
    assert result.is_left_behind.tolist() == [False, True]
    assert result.priority.tolist() == [75, 75]


def test_the_worst_of_a_chosen_area_are_found_within_it() -> None:
    within = np.array([False, False, True, True, True])
    # The first of three is in the worst 34%, for ceil(100/3) = 34, and not in the worst 33%.
    for threshold, expected in ((33, False), (34, True)):
        pillar = Pillar(ranked(1, 2, 8, 9, 10), threshold_percent=threshold)
        result = find_left_behind(pillars=[pillar, pillar], within=within)
        assert result.is_left_behind.tolist() == [False, False, expected, False, False]
        assert result.percentiles[2, 0] == 100
        assert np.isnan(result.priority).tolist() == [True, True, False, False, False]


def test_a_place_without_a_rank_is_not_called_left_behind_and_has_no_place_in_the_order() -> None:
    result = find_left_behind(pillars=[Pillar(ranked(1, NAN), 100), Pillar(ranked(1, 2), 100)])
    assert result.is_left_behind.tolist() == [True, False]
    assert np.isnan(result.priority).tolist() == [False, True]


@pytest.mark.parametrize("threshold", [0, 101, 20.5])
def test_a_threshold_that_is_no_whole_per_cent_is_refused(threshold: int) -> None:
    with pytest.raises(MethodError, match=f"threshold of {threshold}%"):
        find_left_behind(pillars=[Pillar(ranked(1, 2), threshold_percent=threshold)])


@pytest.mark.parametrize(("weight", "reason"), [(0.0, "all weights"), (-1.0, "below zero"), (NAN, "below zero")])
def test_priority_weights_that_cannot_be_used_are_refused(weight: float, reason: str) -> None:
    with pytest.raises(MethodError, match=f"(?i){reason}"):
        find_left_behind(pillars=[Pillar(ranked(1, 2), weight=weight)])


def test_nine_classes_run_from_worst_on_both_to_best_on_both() -> None:
    need, exclusion = ranked(1, 2, 3, 4, 5, 6, 7, 8, 9), ranked(1, 4, 7, 2, 5, 8, 3, 6, 9)
    classes = classify_bivariate(need_ranks=need, exclusion_ranks=exclusion)
    assert classes.tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_class_needs_both_ranks() -> None:
    classes = classify_bivariate(need_ranks=ranked(NAN, 1, 2), exclusion_ranks=ranked(1, NAN, 2))
    assert classes.tolist() == [0, 0, 9]


def test_every_class_says_what_it_means() -> None:
    assert [entry.class_id for entry in BIVARIATE_CLASSES] == list(range(1, 10))
    assert BIVARIATE_CLASSES[0].words == "High need and high digital exclusion"
    assert BIVARIATE_CLASSES[2].words == "High need, low digital exclusion"
    assert len({entry.words for entry in BIVARIATE_CLASSES}) == 9


def test_a_histogram_counts_every_value_and_marks_the_bin_of_one() -> None:
    result = describe_distribution(np.array([0.0, 1.0, 5.0, 10.0, NAN]), bins=2, marked=5.0)
    assert result.counts.tolist() == [2, 2]
    assert result.edges.tolist() == [0, 5, 10]
    assert result.marked_bin == 1


@pytest.mark.parametrize(("marked", "expected"), [(-3.0, 0), (10.0, 3), (99.0, 3), (NAN, None)])
def test_a_value_at_or_beyond_the_end_is_marked_in_the_end_bin(marked: float, expected: int | None) -> None:
    assert describe_distribution(np.array([0.0, 10.0]), bins=4, marked=marked).marked_bin == expected


def test_no_values_make_no_histogram() -> None:
    result = describe_distribution(np.array([NAN]), marked=1.0)
    assert (result.edges.size, result.counts.size, result.marked_bin) == (0, 0, None)


def test_a_histogram_without_bins_is_refused() -> None:
    with pytest.raises(MethodError, match="0 bins"):
        describe_distribution(np.array([1.0]), bins=0)
