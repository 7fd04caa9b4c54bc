"""The engine of composite indices: a recipe and a matrix of values in, scores and their reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, MethodError
from etl.methods.nominal_weights import nominal_weights, share_among_components, share_within_components
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.scaling import scale

ROUNDING = 1e-9


@dataclass(frozen=True)
class Scores:
    """What a recipe says of n places; c components, k inputs in the order of `Recipe.inputs`.

    Parameters
    ----------
    score
        Shape (n,), higher is worse; NaN where there is none.
    component_scores
        Shape (n, c); NaN where a component has no input.
    contributions
        Shape (n, k), in points of the score: a place's contributions that are not NaN add up to its score. NaN where
        the input is missing. With z-scores a contribution may be negative.
    completeness
        Shape (n,): share of the recipe's nominal weight whose inputs are present, 0 to 1.
    component_weights
        Shape (c,): nominal weights, adding up to 1.
    input_weights
        Shape (k,): nominal weights, adding up to 1 within each component.
    correlations
        Shape (c,): Pearson correlation of each component with the score over the base; NaN where there is none.
    effective_weights
        Shape (c,): squared correlations, adding up to 1 (OECD/JRC handbook 2008; Paruolo, Saisana and Saltelli 2013).
        Nominal weights mislead when components vary unequally or move together. NaN when nothing varies.
    """

    score: FloatArray
    component_scores: FloatArray
    contributions: FloatArray
    completeness: FloatArray
    component_weights: FloatArray
    input_weights: FloatArray
    correlations: FloatArray
    effective_weights: FloatArray


def score_recipe(
    recipe: Recipe, *, values: FloatArray, indicator_ids: Sequence[str], base: BoolArray | None = None
) -> Scores:
    """Return the scores of a recipe.

    Parameters
    ----------
    values
        Shape (n, m): one row per place, one column per indicator; NaN where missing.
    indicator_ids
        The m columns' ids. An input that has no column is missing everywhere.
    base
        Shape (n,): the rows whose values set the scales; all of them when None. Every row is scored.

    Raises
    ------
    MethodError
        If the shapes do not fit one another.
    """
    rows = np.ones(len(values), dtype=bool) if base is None else base
    if values.ndim != 2 or values.shape[1] != len(indicator_ids) or rows.shape != (len(values),):  # noqa: PLR2004
        what = f"A matrix of shape {values.shape} does not fit {len(indicator_ids)} indicators and {rows.size} rows."
        raise MethodError(what, todo="Give one column per indicator and one row per place.")
    scaled = scale_inputs(recipe, values=values, indicator_ids=indicator_ids, base=rows)
    return _combine(recipe, scaled=scaled, base=rows)


def scale_inputs(recipe: Recipe, *, values: FloatArray, indicator_ids: Sequence[str], base: BoolArray) -> FloatArray:
    """Return the inputs of a recipe on their scales, shape (n, k); NaN where missing."""
    column_of = {indicator_id: column for column, indicator_id in enumerate(indicator_ids)}
    scaled = np.full((len(values), len(recipe.inputs)), np.nan)
    for position, (component, entry) in enumerate(recipe.inputs):
        if entry.indicator_id in column_of:
            column = _orient(values[:, column_of[entry.indicator_id]], component, entry, top=recipe.top)
            scaled[:, position] = scale(column, base=column[base], scaling=component.scaling, top=recipe.top)
    return scaled


def _orient(values: FloatArray, component: Component, entry: Input, *, top: float) -> FloatArray:
    """Return values with the worst highest; a score that is already on the scale is mirrored within it."""
    if not entry.is_reversed:
        return values
    return top - values if component.scaling == "none" else -values


def _combine(recipe: Recipe, *, scaled: FloatArray, base: BoolArray) -> Scores:
    nominal = nominal_weights(recipe)
    is_present = ~np.isnan(scaled)
    completeness = np.minimum((is_present * nominal.inputs * nominal.components[nominal.owner]).sum(axis=1), 1.0)
    if recipe.missing == "no_score":
        is_present &= (completeness > 1.0 - ROUNDING)[:, None]
    known = np.where(is_present, scaled, 0.0)

    input_shares, has_component = share_within_components(nominal, is_present=is_present)
    component_scores = np.where(has_component, nominal.add_up(input_shares * known), np.nan)
    component_shares, has_score = share_among_components(nominal, has_component=has_component)
    points = input_shares * component_shares[:, nominal.owner] * known
    score = np.where(has_score, points.sum(axis=1), np.nan)

    correlations = np.array([_correlate(column[base], score[base]) for column in component_scores.T])
    return Scores(
        score=score,
        component_scores=component_scores,
        contributions=np.where(is_present & has_score[:, None], points, np.nan),
        completeness=completeness,
        component_weights=nominal.components,
        input_weights=nominal.inputs,
        correlations=correlations,
        effective_weights=_effective_weights(correlations),
    )


def _correlate(first: FloatArray, second: FloatArray) -> float:
    is_known = ~(np.isnan(first) | np.isnan(second))
    one, other = first[is_known], second[is_known]
    if one.size < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:  # noqa: PLR2004
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _effective_weights(correlations: FloatArray) -> FloatArray:
    squared = np.nan_to_num(correlations**2)
    total = squared.sum()
    return squared / total if total > 0 else np.full(squared.shape, np.nan)
