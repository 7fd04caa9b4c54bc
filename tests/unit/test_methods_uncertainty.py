from __future__ import annotations

import numpy as np
import pytest

from etl.methods.arrays import MethodError
from etl.methods.drawn_pillars import DrawnPillar, RecipeInputs
from etl.methods.draws import CONCENTRATION, Draws, draw_scalings, draw_weights, scaling_of
from etl.methods.ranking import rank_worst_first
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.scoring import score_recipe
from etl.methods.tail_ranks import Sorter, TailRanks
from etl.methods.uncertainty import measure_certainty
from tests.bench.plain_uncertainty import rank_plainly

RECIPE = Recipe(
    recipe_id="r",
    name="R",
    components=(
        Component("a", "A", (Input("one", 1.0), Input("two", 2.0)), weight=1.0),
        Component("b", "B", (Input("three", is_reversed=True),), weight=1.0, scaling="min_max"),
    ),
)


def make_pillars(size: int, *, seed: int = 1, missing: bool = False, weight: float = 1.0) -> list[DrawnPillar]:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(size, 3)) ** 3
    if missing:
        values[::5, 0] = np.nan
        values[1::7, 2] = np.nan
    ids = ["one", "two", "three"]
    need = rng.lognormal(size=size)
    score = score_recipe(RECIPE, values=values, indicator_ids=ids).score
    return [
        DrawnPillar(need, rank_worst_first(need)),
        DrawnPillar(score, rank_worst_first(score), weight=weight, inputs=RecipeInputs(RECIPE, values, ids)),
    ]


@pytest.mark.parametrize("missing", [False, True])
def test_the_answer_is_that_of_plain_ranking_draw_by_draw(*, missing: bool) -> None:
    pillars = make_pillars(83, missing=missing)
    draws = Draws(count=301, seed=4)
    fast, plain = measure_certainty(pillars, draws=draws), rank_plainly(pillars, draws=draws)
    np.testing.assert_array_equal(fast.rank_low, plain.rank_low)
    np.testing.assert_array_equal(fast.rank_high, plain.rank_high)
    np.testing.assert_array_equal(fast.share_in_worst_tenth, plain.share_in_worst_tenth)


def test_the_answer_is_the_same_when_draws_come_in_several_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    pillars, draws = make_pillars(70), Draws(count=500)
    whole = measure_certainty(pillars, draws=draws)
    monkeypatch.setattr("etl.methods.uncertainty.CHUNK", 90)
    monkeypatch.setattr("etl.methods.uncertainty.BLOCK", 32)
    monkeypatch.setattr("etl.methods.uncertainty.SLICE", 11)
    parts = measure_certainty(pillars, draws=draws)
    np.testing.assert_array_equal(whole.rank_low, parts.rank_low)
    np.testing.assert_array_equal(whole.rank_high, parts.rank_high)
    np.testing.assert_array_equal(whole.share_in_worst_tenth, parts.share_in_worst_tenth)


def test_the_same_question_has_the_same_answer_and_another_seed_another() -> None:
    pillars = make_pillars(60)
    one, same, other = (measure_certainty(pillars, draws=Draws(count=400, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.rank_high, same.rank_high)
    np.testing.assert_array_equal(one.share_in_worst_tenth, same.share_in_worst_tenth)
    assert not np.array_equal(one.share_in_worst_tenth, other.share_in_worst_tenth)


def test_a_place_without_a_rank_on_a_pillar_is_not_ranked() -> None:
    need, exclusion = make_pillars(30)
    ranks = need.ranks.copy()
    ranks[7] = np.nan
    certainty = measure_certainty([DrawnPillar(need.values, ranks), exclusion], draws=Draws(count=50))
    assert certainty.ranked == 29
    assert (certainty.rank_low[7], certainty.rank_high[7]) == (0, 0)
    assert np.isnan(certainty.share_in_worst_tenth[7])
    assert not np.isnan(np.delete(certainty.share_in_worst_tenth, 7)).any()


def test_within_an_area_places_are_ranked_among_themselves() -> None:
    pillars = make_pillars(50)
    within = np.arange(50) < 20
    certainty = measure_certainty(pillars, draws=Draws(count=100), within=within)
    assert certainty.ranked == 20
    assert certainty.rank_high[within].max() <= 20
    assert (certainty.rank_high[~within] == 0).all()
    assert certainty.share_in_worst_tenth[within].sum() == pytest.approx(2.0)


def test_nobody_to_rank_gives_no_ranks() -> None:
    certainty = measure_certainty(make_pillars(9), draws=Draws(count=5), within=np.zeros(9, dtype=bool))
    assert certainty.ranked == 0
    assert np.isnan(certainty.share_in_worst_tenth).all()


def test_three_pillars_are_weighed_and_a_weight_of_zero_leaves_one_out() -> None:
    need, exclusion = make_pillars(40, weight=0.0)
    third = DrawnPillar(-need.values, rank_worst_first(-need.values), weight=0.0)
    certainty = measure_certainty([need, exclusion, third], draws=Draws(count=60))
    np.testing.assert_array_equal(certainty.rank_low, need.ranks.astype(int))
    np.testing.assert_array_equal(certainty.rank_high, need.ranks.astype(int))


def test_a_recipe_whose_inputs_do_not_vary_pushes_nobody() -> None:
    need, _ = make_pillars(20)
    flat = np.ones((20, 3))
    recipe = Recipe("r", "R", (Component("a", "A", (Input("one"), Input("two"), Input("three")), scaling="min_max"),))
    exclusion = DrawnPillar(flat[:, 0], np.full(20, 10.5), inputs=RecipeInputs(recipe, flat, ["one", "two", "three"]))
    certainty = measure_certainty([need, exclusion], draws=Draws(count=40))
    assert (certainty.rank_low <= certainty.rank_high).all()
    assert certainty.share_in_worst_tenth.sum() == pytest.approx(2.0)


def test_progress_is_told_until_all_is_done_and_can_stop_the_work() -> None:
    told: list[tuple[int, int]] = []
    measure_certainty(make_pillars(20), draws=Draws(count=130), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (130, 130)
    assert [done for done, _ in told] == sorted({done for done, _ in told})

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_certainty(make_pillars(20), draws=Draws(count=130), progress=stop)


def test_drawn_weights_add_up_to_one_and_centre_on_the_chosen() -> None:
    rng = np.random.default_rng(0)
    weights = draw_weights(np.array([2.0, 2.0, 0.0]), draws=Draws(count=20_000), rng=rng)
    np.testing.assert_allclose(weights.sum(axis=1), 1.0)
    np.testing.assert_allclose(weights.mean(axis=0), [0.5, 0.5, 0.0], atol=0.005)
    assert weights[:, 0].std() == pytest.approx(np.sqrt(0.25 / (CONCENTRATION + 1)), rel=0.03)


def test_each_scaling_is_drawn_equally_often_and_only_the_own_without_spread() -> None:
    drawn = draw_scalings(draws=Draws(count=20_000), rng=np.random.default_rng(0))
    np.testing.assert_allclose(np.bincount(drawn) / 20_000, 0.25, atol=0.01)
    assert not draw_scalings(draws=Draws(count=500, spread=0.0), rng=np.random.default_rng(0)).any()
    assert scaling_of("min_max", own="none") == "none"
    assert scaling_of("own", own="z_score") == "z_score"


@pytest.mark.parametrize(
    ("change", "words"), [({"count": 0}, "0 draws"), ({"spread": 1.5}, "spread of 1.5"), ({"spread": -0.1}, "spread")]
)
def test_draws_that_cannot_be_made_are_refused(change: dict[str, float], words: str) -> None:
    with pytest.raises(MethodError, match=words):
        Draws(**change)  # type: ignore[arg-type]


def test_weights_all_zero_are_refused() -> None:
    need, _ = make_pillars(10)
    with pytest.raises(MethodError, match="Weights must be"):
        measure_certainty([DrawnPillar(need.values, need.ranks, weight=0.0)], draws=Draws(count=3))
    with pytest.raises(MethodError, match="nothing to weigh"):
        measure_certainty([], draws=Draws(count=3))


def test_the_order_of_a_draw_is_worst_first_and_a_permutation_even_with_equals() -> None:
    scores = np.array([3.0, -1.0, 3.0, 7.5, -1.0, 0.0], dtype=np.float32)
    assert Sorter(6).order(scores).tolist() == [3, 0, 2, 5, 1, 4]


def test_more_places_than_sixteen_bits_hold_are_ranked_too() -> None:
    rng = np.random.default_rng(0)
    need = rng.normal(size=70_000)
    certainty = measure_certainty([DrawnPillar(need, rank_worst_first(need))], draws=Draws(count=2, spread=0.0))
    np.testing.assert_array_equal(certainty.rank_low, rank_worst_first(need).astype(int))


def test_bounds_are_order_statistics() -> None:
    ranks = np.random.default_rng(0).permuted(np.tile(np.arange(1, 101, dtype=np.uint16), (4, 1)), axis=1)
    tails = TailRanks(places=4, draws=100, outside=0.05)
    for part in (ranks[:, :30], ranks[:, 30:]):
        tails.keep([tails.add(part[:2].copy(), rows=slice(0, 2)), tails.add(part[2:].copy(), rows=slice(2, 4))])
    low, high = tails.bounds
    assert low.tolist() == [5] * 4
    assert high.tolist() == [95] * 4
