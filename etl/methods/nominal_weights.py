"""Weights as a recipe states them, and how they are shared out where inputs are missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.recipe import Recipe


@dataclass(frozen=True)
class NominalWeights:
    """Weights as a recipe states them; `owner` is each input's component, `first` each component's first input."""

    components: FloatArray
    inputs: FloatArray
    owner: IntArray
    first: IntArray

    def add_up(self, amounts: FloatArray) -> FloatArray:
        """Return the sum over each component's inputs.

        A matrix product would round a row by where it stands among the others, and so tell apart two places whose
        figures are the same.
        """
        sums: FloatArray = np.add.reduceat(amounts, self.first, axis=-1)
        return sums


def nominal_weights(recipe: Recipe) -> NominalWeights:
    """Return the weights of a recipe, its components adding up to 1 and the inputs of each component too."""
    sizes = np.array([len(component.inputs) for component in recipe.components], dtype=np.int64)
    owner, first = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes) - sizes
    components = np.array([component.weight for component in recipe.components], dtype=np.float64)
    inputs = np.array([entry.weight for _, entry in recipe.inputs], dtype=np.float64)
    totals = np.add.reduceat(inputs, first)
    return NominalWeights(components / components.sum(), inputs / totals[owner], owner, first)


def share_within_components(nominal: NominalWeights, *, is_present: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Return each place's weights of its present inputs, 1 per component, and which components it has."""
    weights = is_present * nominal.inputs
    totals = nominal.add_up(weights)
    return _divide(weights, totals[:, nominal.owner]), totals > 0


def share_among_components(nominal: NominalWeights, *, has_component: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Return each place's weights of the components it has, adding up to 1, and whether it has any."""
    weights = has_component * nominal.components
    totals = weights.sum(axis=1, keepdims=True)
    return _divide(weights, totals), totals[:, 0] > 0


def _divide(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Return the quotient, 0 where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)
