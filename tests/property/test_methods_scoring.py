"""What is true of every recipe, whatever the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from etl.methods.arrays import FloatArray
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.scaling import SCALINGS
from etl.methods.scoring import score_recipe

NAN = float("nan")
IDS = ["a", "b", "c", "d"]
# Hundredths: figures as published, without differences so small that no arithmetic could tell them apart.
NUMBERS = st.integers(-100_000, 100_000).map(lambda hundredths: hundredths / 100)
WEIGHTS = st.integers(0, 5).map(float)


@st.composite
def recipes(draw: st.DrawFn, scalings: tuple[str, ...] = SCALINGS) -> Recipe:
    """Return a recipe of one to three components over the ids, each with at least one weight above zero."""
    components = []
    for number in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
        weights = draw(st.lists(WEIGHTS, min_size=len(names), max_size=len(names)).filter(any))
        inputs = tuple(
            Input(name, weight, is_reversed=draw(st.booleans())) for name, weight in zip(names, weights, strict=True)
        )
        weight = draw(WEIGHTS.filter(bool)) if number == 0 else draw(WEIGHTS)
        scaling = draw(st.sampled_from(scalings))
        components.append(Component(f"c{number}", "C", inputs, weight=weight, scaling=scaling))  # type: ignore[arg-type]
    return Recipe("r", "R", tuple(components), top=draw(st.sampled_from([10.0, 100.0])))


@st.composite
def matrices(draw: st.DrawFn, *, has_gaps: bool = True) -> FloatArray:
    """Return 2 to 12 places by four indicators."""
    entries = st.one_of(NUMBERS, st.just(NAN)) if has_gaps else NUMBERS
    matrix: FloatArray = draw(arrays(np.float64, st.tuples(st.integers(2, 12), st.just(len(IDS))), elements=entries))
    return matrix


@given(recipe=recipes(), values=matrices())
def test_contributions_add_up_to_the_score(recipe: Recipe, values: FloatArray) -> None:
    result = score_recipe(recipe, values=values, indicator_ids=IDS)
    has_score = ~np.isnan(result.score)
    np.testing.assert_allclose(np.nansum(result.contributions, axis=1)[has_score], result.score[has_score], atol=1e-9)
    assert np.isnan(result.contributions[~has_score]).all()


@given(recipe=recipes(), values=matrices())
def test_the_score_is_the_mean_of_the_component_scores_that_are_there(recipe: Recipe, values: FloatArray) -> None:
    result = score_recipe(recipe, values=values, indicator_ids=IDS)
    weights = result.component_weights * ~np.isnan(result.component_scores)
    totals = weights.sum(axis=1)
    expected = np.nansum(weights * result.component_scores, axis=1)[totals > 0] / totals[totals > 0]
    np.testing.assert_allclose(result.score[totals > 0], expected, rtol=1e-9, atol=1e-9)
    assert np.isnan(result.score[totals == 0]).all()


@given(recipe=recipes(), values=matrices())
def test_effective_weights_add_up_to_one_or_are_not_known(recipe: Recipe, values: FloatArray) -> None:
    weights = score_recipe(recipe, values=values, indicator_ids=IDS).effective_weights
    if not np.isnan(weights).any():
        assert weights.sum() == pytest.approx(1)
        assert (weights >= 0).all()
    else:
        assert np.isnan(weights).all()


@given(recipe=recipes(), values=matrices(), data=st.data())
def test_the_order_of_places_changes_nothing(recipe: Recipe, values: FloatArray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(values))))
    plain = score_recipe(recipe, values=values, indicator_ids=IDS)
    shuffled = score_recipe(recipe, values=values[order], indicator_ids=IDS)
    np.testing.assert_allclose(shuffled.score, plain.score[order], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(shuffled.contributions, plain.contributions[order], rtol=1e-9, atol=1e-9)
    np.testing.assert_array_equal(shuffled.completeness, plain.completeness[order])


@given(recipe=recipes(), values=matrices(), copies=st.integers(2, 9))
def test_places_with_the_same_figures_get_the_very_same_score(recipe: Recipe, values: FloatArray, copies: int) -> None:
    result = score_recipe(recipe, values=np.tile(values, (copies, 1)), indicator_ids=IDS)
    for part in (result.score, result.completeness, result.contributions, result.component_scores):
        first, *others = np.split(part, copies)
        for other in others:
            np.testing.assert_array_equal(other, first)


@given(recipe=recipes(), values=matrices(), data=st.data())
def test_the_order_of_indicators_changes_nothing(recipe: Recipe, values: FloatArray, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(IDS))))
    plain = score_recipe(recipe, values=values, indicator_ids=IDS)
    shuffled = score_recipe(recipe, values=values[:, order], indicator_ids=[IDS[column] for column in order])
    np.testing.assert_array_equal(shuffled.score, plain.score)


@given(recipe=recipes(), values=matrices(has_gaps=False), data=st.data())
def test_a_worse_figure_never_lowers_the_score(recipe: Recipe, values: FloatArray, data: st.DataObject) -> None:
    # The first place stands outside the base, so that the scales stay where they are.
    base = np.arange(len(values)) > 0
    column = data.draw(st.integers(0, len(IDS) - 1))
    worse = values.copy()
    worse[0, column] += data.draw(st.integers(0, 1000))
    is_reversed = [entry.is_reversed for _, entry in recipe.inputs if entry.indicator_id == IDS[column]]
    assume(len(set(is_reversed)) == 1)
    before = score_recipe(recipe, values=values, indicator_ids=IDS, base=base).score[0]
    after = score_recipe(recipe, values=worse, indicator_ids=IDS, base=base).score[0]
    assert (after - before) * (-1 if is_reversed[0] else 1) >= -1e-9


@given(recipe=recipes(("percentile", "iod_exponential")), values=matrices(), data=st.data())
def test_scores_by_rank_do_not_depend_on_the_units_of_measurement(
    recipe: Recipe, values: FloatArray, data: st.DataObject
) -> None:
    factors = np.array(data.draw(st.lists(st.sampled_from([0.5, 2.0, 1024.0]), min_size=4, max_size=4)))
    plain = score_recipe(recipe, values=values, indicator_ids=IDS)
    other = score_recipe(recipe, values=values * factors + 3.0, indicator_ids=IDS)
    np.testing.assert_allclose(other.score, plain.score, rtol=1e-9)


@given(recipe=recipes(("min_max", "percentile")), values=matrices(has_gaps=False))
def test_scores_within_the_base_stay_between_zero_and_the_top(recipe: Recipe, values: FloatArray) -> None:
    score = score_recipe(recipe, values=values, indicator_ids=IDS).score
    assert (score >= -1e-9).all()
    assert (score <= recipe.top + 1e-9).all()


@given(values=matrices(has_gaps=False), place=st.integers(0, 1))
def test_a_missing_input_scores_as_if_the_recipe_did_not_have_it(values: FloatArray, place: int) -> None:
    whole = Recipe("r", "R", (Component("c", "C", (Input("a", 1), Input("b", 2), Input("c", 3)), scaling="z_score"),))
    without = replace(whole, components=(replace(whole.components[0], inputs=whole.components[0].inputs[1:]),))
    base = np.ones(len(values), dtype=bool)
    base[place] = False
    gap = values.copy()
    gap[place, 0] = NAN
    scored = score_recipe(whole, values=gap, indicator_ids=IDS, base=base)
    expected = score_recipe(without, values=values, indicator_ids=IDS, base=base)
    assert scored.score[place] == pytest.approx(expected.score[place], abs=1e-9)
    assert scored.completeness[place] == pytest.approx(5 / 6)


@given(values=matrices(has_gaps=False), place=st.integers(0, 1))
def test_a_gap_is_never_read_as_zero(values: FloatArray, place: int) -> None:
    recipe = Recipe("r", "R", (Component("c", "C", (Input("a"), Input("b")), scaling="none"),))
    gap = values.copy()
    gap[place, 0] = NAN
    assert score_recipe(recipe, values=gap, indicator_ids=IDS).score[place] == pytest.approx(values[place, 1])
