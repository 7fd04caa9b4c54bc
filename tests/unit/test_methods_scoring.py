"""The recipe engine: scalings, missing inputs, contributions and what weights really do."""

from __future__ import annotations

import numpy as np
import pytest

from etl.methods.arrays import FloatArray, MethodError
from etl.methods.recipe import Component, Input, Recipe, RecipeError, Variant
from etl.methods.scaling import Scaling, exponential, scale
from etl.methods.scoring import Scores, score_recipe

NAN = float("nan")


def one_component(*inputs: Input, scaling: Scaling = "min_max", top: float = 10.0) -> Recipe:
    return Recipe("r", "R", (Component("c", "C", inputs, scaling=scaling),), top=top)


def two_components(*, missing: str = "share_weight") -> Recipe:
    first = Component("first", "First", (Input("a", 1), Input("b", 3)), weight=1, scaling="none")
    second = Component("second", "Second", (Input("c", 1),), weight=3, scaling="none")
    return Recipe("r", "R", (first, second), missing=missing)  # type: ignore[arg-type]


def score(recipe: Recipe, *rows: list[float], names: str = "abc", base: list[bool] | None = None) -> Scores:
    mask = None if base is None else np.array(base)
    return score_recipe(recipe, values=np.array(rows, dtype=np.float64), indicator_ids=list(names), base=mask)


def scaled(values: list[float], scaling: Scaling, *, base: list[float] | None = None, top: float = 100.0) -> FloatArray:
    return scale(np.array(values), base=np.array(values if base is None else base), scaling=scaling, top=top)


def test_min_max_runs_from_zero_to_the_top() -> None:
    assert scaled([2.0, 4.0, 10.0], "min_max", top=10).tolist() == [0, 2.5, 10]


def test_min_max_of_a_base_lets_other_rows_go_beyond() -> None:
    assert scaled([0.0, 20.0], "min_max", base=[5.0, 15.0], top=10).tolist() == [-5, 15]


def test_percentile_gives_100_to_the_worst_and_the_mean_rank_to_ties() -> None:
    assert scaled([1.0, 2.0, 2.0, 9.0], "percentile").tolist() == [25, 62.5, 62.5, 100]


def test_percentile_places_a_row_from_outside_among_the_base() -> None:
    # Between the two values of the base: one below it; and never more than 100.
    assert scaled([2.0, 9.0], "percentile", base=[1.0, 3.0]).tolist() == [75, 100]


def test_z_scores_have_mean_zero_and_deviation_one() -> None:
    result = scaled([1.0, 2.0, 6.0], "z_score")
    assert (result.mean(), result.std()) == (pytest.approx(0), pytest.approx(1))


def test_the_exponential_runs_from_zero_to_100_and_keeps_half_the_ranks_below_13() -> None:
    assert exponential(np.array([0.0, 0.5, 1.0])) == pytest.approx([0, 15.6, 100], abs=0.05)


def test_the_iod_exponential_stretches_the_worst_ranks() -> None:
    result = scaled([1.0, 2.0, 3.0, 4.0], "iod_exponential")
    assert result.tolist() == exponential(np.array([0.25, 0.5, 0.75, 1.0])).tolist()


def test_scaling_none_leaves_a_score_as_it_is() -> None:
    assert scaled([3.0, 8.0], "none").tolist() == [3, 8]


@pytest.mark.parametrize(("scaling", "expected"), [("min_max", 50.0), ("z_score", 0.0), ("percentile", 75.0)])
def test_an_input_that_is_the_same_everywhere_tells_nobody_apart(scaling: Scaling, expected: float) -> None:
    np.testing.assert_array_equal(scaled([4.0, 4.0, NAN], scaling), [expected, expected, NAN])


@pytest.mark.parametrize("scaling", ["percentile", "min_max", "z_score", "iod_exponential", "none"])
def test_a_missing_value_stays_missing_on_every_scale(scaling: Scaling) -> None:
    assert np.isnan(scaled([1.0, NAN, 3.0], scaling)).tolist() == [False, True, False]


def test_a_base_without_values_scales_nothing() -> None:
    assert np.isnan(scaled([1.0, 2.0], "min_max", base=[NAN])).all()


def test_weights_are_shares_within_a_component_and_among_components() -> None:
    result = score(two_components(), [8.0, 4.0, 1.0])
    assert result.component_scores.tolist() == [[5.0, 1.0]]
    assert result.score.tolist() == [2.0]
    assert result.contributions.tolist() == [[0.5, 0.75, 0.75]]
    assert result.component_weights.tolist() == [0.25, 0.75]
    assert result.input_weights.tolist() == [0.25, 0.75, 1.0]


def test_a_missing_input_leaves_its_weight_to_the_others_of_its_component() -> None:
    result = score(two_components(), [8.0, NAN, 1.0])
    assert result.component_scores.tolist() == [[8.0, 1.0]]
    assert result.completeness.tolist() == [1 - 0.25 * 0.75]
    assert np.isnan(result.contributions).tolist() == [[False, True, False]]


def test_a_missing_component_leaves_its_weight_to_the_other_components() -> None:
    result = score(two_components(), [8.0, 4.0, NAN])
    assert result.score.tolist() == [5.0]
    assert np.isnan(result.component_scores).tolist() == [[False, True]]
    assert result.completeness.tolist() == [0.25]


def test_a_place_with_nothing_has_no_score_and_no_contributions() -> None:
    result = score(two_components(), [NAN, NAN, NAN], [1.0, 1.0, 1.0])
    assert np.isnan(result.score).tolist() == [True, False]
    assert np.isnan(result.contributions[0]).all()
    assert result.completeness.tolist() == [0.0, 1.0]


def test_a_recipe_may_refuse_to_score_a_place_that_is_not_complete() -> None:
    result = score(two_components(missing="no_score"), [8.0, NAN, 1.0], [8.0, 4.0, 1.0])
    np.testing.assert_array_equal(result.score, [NAN, 2.0])
    assert np.isnan(result.contributions[0]).all()
    assert result.completeness.tolist() == [0.8125, 1.0]


def test_an_input_that_is_not_loaded_is_missing_everywhere() -> None:
    result = score(two_components(), [8.0, 1.0], names="ac")
    assert result.component_scores.tolist() == [[8.0, 1.0]]


def test_an_input_of_no_weight_adds_nothing_and_is_not_missed() -> None:
    recipe = one_component(Input("a", 1), Input("b", 0), scaling="none")
    result = score(recipe, [3.0, 5.0], [NAN, 5.0], names="ab")
    np.testing.assert_array_equal(result.score, [3.0, NAN])
    assert result.contributions[0].tolist() == [3.0, 0.0]
    assert result.completeness.tolist() == [1.0, 0.0]


def test_a_reversed_input_scores_high_where_its_value_is_low() -> None:
    recipe = one_component(Input("a", is_reversed=True))
    assert score(recipe, [10.0], [20.0], [40.0], names="a").score == pytest.approx([10, 20 / 3, 0])


def test_a_reversed_score_that_is_on_the_scale_already_is_mirrored_in_it() -> None:
    recipe = one_component(Input("a", is_reversed=True), scaling="none")
    assert score(recipe, [2.0], [10.0], names="a").score.tolist() == [8, 0]


def test_scales_come_from_the_base_and_every_row_is_scored() -> None:
    recipe = one_component(Input("a"))
    result = score(recipe, [0.0], [10.0], [5.0], [20.0], names="a", base=[True, True, False, False])
    assert result.score.tolist() == [0, 10, 5, 20]


def test_effective_weights_follow_what_varies_and_not_what_is_stated() -> None:
    first = Component("flat", "Flat", (Input("a"),), scaling="none")
    second = Component("steep", "Steep", (Input("b"),), scaling="none")
    recipe = Recipe("r", "R", (first, second))
    # The first hardly varies, and not with the second: the second decides the order on its own.
    result = score(recipe, [0.1, 0.0], [0.0, 10.0], [0.1, 20.0], [0.0, 30.0], names="ab")
    assert result.component_weights.tolist() == [0.5, 0.5]
    assert result.effective_weights[1] > 0.8
    assert result.effective_weights.sum() == pytest.approx(1)
    assert result.correlations[1] == pytest.approx(1, abs=1e-4)


def test_a_component_that_never_varies_decides_nothing() -> None:
    result = score(two_components(), [1.0, 1.0, 4.0], [2.0, 5.0, 4.0])
    assert np.isnan(result.correlations).tolist() == [False, True]
    assert result.effective_weights.tolist() == [1.0, 0.0]


def test_effective_weights_of_a_single_place_are_not_known() -> None:
    assert np.isnan(score(two_components(), [1.0, 2.0, 3.0]).effective_weights).all()


def test_a_matrix_that_does_not_fit_its_indicators_is_refused() -> None:
    with pytest.raises(MethodError, match="does not fit 2 indicators"):
        score(two_components(), [1.0, 2.0, 3.0], names="ab")
    with pytest.raises(MethodError, match="and 2 rows"):
        score(two_components(), [1.0, 2.0, 3.0], base=[True, False])


@pytest.mark.parametrize(
    ("weights", "key"),
    [((0.0, 0.0), "component[1].input"), ((1.0, -1.0), "component[1].input[2].weight"), ((), "component[1].input")],
)
def test_weights_that_cannot_be_used_are_refused_with_their_key(weights: tuple[float, ...], key: str) -> None:
    inputs = tuple(Input(name, weight) for name, weight in zip("ab", weights, strict=False))
    with pytest.raises(RecipeError) as refusal:
        one_component(*inputs)
    assert refusal.value.key == key
    assert isinstance(refusal.value, ValueError)


def test_components_that_all_weigh_nothing_are_refused() -> None:
    with pytest.raises(RecipeError, match="All weights are zero"):
        Recipe("r", "R", (Component("c", "C", (Input("a"),), weight=0),))


def test_an_id_that_appears_twice_is_refused() -> None:
    with pytest.raises(RecipeError, match="“a” appears twice"):
        one_component(Input("a"), Input("a"))


@pytest.mark.parametrize("top", [0.0, -1.0, float("inf")])
def test_a_scale_without_a_top_is_refused(top: float) -> None:
    with pytest.raises(RecipeError, match="top of the scale"):
        one_component(Input("a"), top=top)


def test_a_variant_changes_only_the_weights_it_names() -> None:
    variant = Variant("other", "Why.", {("c", "a"): 5.0, ("c", None): 2.0})
    component = Component("c", "C", (Input("a"), Input("b")))
    recipe = Recipe("r", "R", (component,), variants=(variant,)).variant("other")
    assert [entry.weight for _, entry in recipe.inputs] == [5.0, 1.0]
    assert recipe.components[0].weight == 2.0


def test_a_variant_that_is_not_there_is_refused() -> None:
    with pytest.raises(RecipeError, match="Its variants are: none"):
        one_component(Input("a")).variant("other")


def test_a_variant_may_not_weigh_what_the_recipe_does_not_hold() -> None:
    variant = Variant("other", "Why.", {("c", "z"): 5.0})
    with pytest.raises(RecipeError, match="no “z” there"):
        Recipe("r", "R", (Component("c", "C", (Input("a"),)),), variants=(variant,))
