"""What must hold of uncertainty, clusters, segments, likeness and waterfalls whatever the figures."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.methods.clusters import group_neighbours, local_moran
from etl.methods.drawn_pillars import DrawnPillar, RecipeInputs
from etl.methods.draws import Draws, draw_weights
from etl.methods.ranking import rank_worst_first
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.scoring import score_recipe
from etl.methods.segments import dominant_barrier, segment_places
from etl.methods.similar import find_similar
from etl.methods.tail_ranks import Sorter
from etl.methods.uncertainty import measure_certainty
from etl.methods.waterfall import make_waterfall

SEEDS = st.integers(0, 2**32 - 1)


def make_pillars(size: int, *, seed: int, count: int = 2) -> list[DrawnPillar]:
    columns = np.random.default_rng(seed).normal(size=(count, size))
    return [DrawnPillar(column, rank_worst_first(column)) for column in columns]


@given(seed=SEEDS, size=st.integers(1, 60))
@settings(max_examples=25, deadline=None)
def test_without_spread_the_interval_is_the_rank_itself(seed: int, size: int) -> None:
    need, exclusion = make_pillars(size, seed=seed)
    # With these weights no two places have the same priority.
    pillars = [need, DrawnPillar(exclusion.values, exclusion.ranks, weight=np.pi / 10)]
    certainty = measure_certainty(pillars, draws=Draws(count=40, spread=0.0, seed=seed))
    rank = rank_worst_first(-(need.ranks + np.pi / 10 * exclusion.ranks)).astype(int)
    np.testing.assert_array_equal(certainty.rank_low, rank)
    np.testing.assert_array_equal(certainty.rank_high, rank)
    np.testing.assert_array_equal(certainty.share_in_worst_tenth, (rank <= size // 10).astype(float))


@given(seed=SEEDS, size=st.integers(2, 60))
@settings(max_examples=15, deadline=None)
def test_without_spread_the_interval_of_a_recipe_is_the_rank_of_its_own_weights(seed: int, size: int) -> None:
    values = np.random.default_rng(seed).normal(size=(size, 3))
    parts = (Component("a", "A", (Input("one", 1), Input("two", 2)), weight=3), Component("b", "B", (Input("three"),)))
    recipe = Recipe("r", "R", parts)
    score = score_recipe(recipe, values=values, indicator_ids=["one", "two", "three"]).score
    alone = DrawnPillar(score, rank_worst_first(score), inputs=RecipeInputs(recipe, values, ["one", "two", "three"]))
    certainty = measure_certainty([alone], draws=Draws(count=5, spread=0.0, seed=seed))
    # Single precision may tell apart, or not, scores that are equal but for their last bits.
    rank = rank_worst_first(np.round(score, 4), ties="worst")
    most = len(score) + 1 - rank_worst_first(-np.round(score, 4), ties="worst")
    assert (certainty.rank_low == certainty.rank_high).all()
    assert ((rank <= certainty.rank_low) & (certainty.rank_low <= most)).all()


@given(seed=SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_wider_spread_never_narrows_the_average_interval(seed: int) -> None:
    pillars = make_pillars(60, seed=seed, count=3)
    widths = []
    for spread in (0.0, 0.25, 0.5, 1.0):
        certainty = measure_certainty(pillars, draws=Draws(count=400, spread=spread, seed=seed))
        widths.append((certainty.rank_high - certainty.rank_low).mean())
    assert widths == sorted(widths)
    assert widths[0] == 0.0


@given(seed=SEEDS, size=st.integers(10, 90))
@settings(max_examples=20, deadline=None)
def test_every_draw_has_a_worst_tenth_and_every_interval_is_in_order(seed: int, size: int) -> None:
    certainty = measure_certainty(make_pillars(size, seed=seed), draws=Draws(count=64, seed=seed))
    assert np.isclose(certainty.share_in_worst_tenth.sum(), size // 10)
    assert (certainty.rank_low >= 1).all()
    assert (certainty.rank_low <= certainty.rank_high).all()
    assert (certainty.rank_high <= size).all()


@given(scores=st.lists(st.floats(-1e6, 1e6, width=32), min_size=1, max_size=80))
def test_the_ranks_of_a_draw_are_a_permutation_worst_first(scores: list[float]) -> None:
    given_scores = np.array(scores, dtype=np.float32)
    order = Sorter(len(scores)).order(given_scores).copy()
    assert sorted(order.tolist()) == list(range(len(scores)))
    lifted = given_scores - given_scores.min()
    assert (np.diff(lifted[order]) <= 0).all()


@given(weights=st.lists(st.floats(0, 100), min_size=1, max_size=6).filter(any), spread=st.floats(0, 1), seed=SEEDS)
@settings(deadline=None)
def test_drawn_weights_are_shares_and_what_was_left_out_stays_out(
    weights: list[float], spread: float, seed: int
) -> None:
    drawn = draw_weights(np.array(weights), draws=Draws(count=50, spread=spread), rng=np.random.default_rng(seed))
    np.testing.assert_allclose(drawn.sum(axis=1), 1.0)
    assert (drawn >= 0).all()
    assert (drawn[:, np.array(weights) == 0] == 0).all()


@given(seed=SEEDS, size=st.integers(6, 40))
@settings(max_examples=15, deadline=None)
def test_local_moran_adds_up_to_morans_i_of_the_whole(seed: int, size: int) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    pairs = np.column_stack([np.arange(size - 1), np.arange(1, size)])
    moran = local_moran(values, pairs=pairs, permutations=9, seed=seed % 1000)
    standard = (values - values.mean()) / values.std()
    weights = np.zeros((size, size))
    weights[pairs[:, 0], pairs[:, 1]] = weights[pairs[:, 1], pairs[:, 0]] = 1.0
    weights /= weights.sum(axis=1, keepdims=True)
    whole = standard @ weights @ standard / (standard @ standard)
    assert np.isclose(moran.statistic.sum() / (size - 1), whole)
    assert ((moran.p_value >= 0.1) & (moran.p_value <= 1.0)).all()


@given(seed=SEEDS, size=st.integers(1, 40))
@settings(deadline=None)
def test_groups_hold_all_members_and_no_pair_runs_between_two_groups(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    is_member = rng.random(size) < 0.6
    pairs = np.unique(np.sort(rng.integers(0, size, (size, 2)), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    groups = group_neighbours(is_member, pairs=pairs)
    assert ((groups >= 0) == is_member).all()
    inside = pairs[is_member[pairs].all(axis=1)]
    assert (groups[inside[:, 0]] == groups[inside[:, 1]]).all()
    found = groups[is_member]
    assert list(dict.fromkeys(found.tolist())) == list(range(len(set(found.tolist()))))


@given(seed=SEEDS, size=st.integers(1, 60))
def test_the_cells_of_the_matrix_hold_every_ranked_place_once(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    need, exclusion = (rank_worst_first(np.where(rng.random(size) < 0.1, np.nan, rng.normal(size=size))) for _ in "ab")
    population = rng.integers(1, 3000, size).astype(float)
    segments = segment_places(need_ranks=need, exclusion_ranks=exclusion, population=population)
    is_ranked = ~np.isnan(need) & ~np.isnan(exclusion)
    assert segments.places.sum() == is_ranked.sum()
    assert segments.people.sum() == population[is_ranked].sum()
    assert ((segments.cell >= 0) == is_ranked).all()


@given(seed=SEEDS, size=st.integers(1, 30))
def test_the_barrier_is_the_component_furthest_above_the_reference(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    contributions, reference = rng.normal(size=(size, 4)), rng.normal(size=4)
    for row, barrier in zip(contributions, dominant_barrier(contributions, reference=reference), strict=True):
        excess = row - reference
        assert (barrier == -1) == (excess.max() <= 0)
        assert barrier == -1 or excess[barrier] == excess.max()


@given(seed=SEEDS, size=st.integers(2, 40), shift=st.floats(-50, 50), factor=st.floats(0.01, 100))
@settings(deadline=None)
def test_likeness_does_not_depend_on_units(seed: int, size: int, shift: float, factor: float) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(size, 3))
    other = values * np.array([factor, 1.0, 1.0]) + np.array([0.0, shift, 0.0])
    place = seed % size
    one, same = find_similar(values, place=place), find_similar(other, place=place)
    np.testing.assert_allclose(one.distance, same.distance, atol=1e-6)
    assert place not in one.places
    assert (np.diff(one.distance) >= -1e-9).all()


@given(
    parts=st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=1, max_size=9),
)
def test_the_steps_lead_from_the_reference_to_the_place(parts: list[tuple[float, float]]) -> None:
    here, reference = (np.array(column) for column in zip(*parts, strict=True))
    steps = make_waterfall([str(i) for i in range(len(parts))], contributions=here, reference=reference)
    assert np.isclose(steps[0].start, reference.sum())
    assert np.isclose(steps[-1].end, here.sum())
    assert all(one.end == other.start for one, other in pairwise(steps))
    assert all(one.change >= other.change - 1e-9 for one, other in pairwise(steps))
