"""The pillars of a priority, ready to be drawn many times: on every scaling, and a recipe's with weights of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.draws import DRAWN_SCALINGS, DrawnScaling, Draws, RecipeWeights, draw_recipe_weights, scaling_of
from etl.methods.ranking import Ties, percentile, rank_worst_first
from etl.methods.recipe import Recipe
from etl.methods.scaling import exponential, scale
from etl.methods.scoring import scale_inputs
from etl.methods.tail_ranks import Float32Array, Sorter

# Multiplications in a product of matrices, below which OpenBLAS works on one thread.
SMALL_PRODUCT = 250_000


@dataclass(frozen=True)
class RecipeInputs:
    """What a recipe's score is made of: values of shape (n, m), one column per indicator id; NaN where missing."""

    recipe: Recipe
    values: FloatArray
    indicator_ids: Sequence[str]


@dataclass(frozen=True)
class DrawnPillar:
    """One pillar over n places.

    Parameters
    ----------
    values
        Shape (n,): higher is worse; NaN where there is none.
    ranks
        Shape (n,): 1 = worst; NaN where there is none. Published ranks stand.
    weight
        Weight in the priority.
    inputs
        What it is made of, when it is a recipe's score whose own weights are to be drawn too.
    ties
        Which rank equal places share, as in `rank_worst_first`.
    """

    values: FloatArray
    ranks: FloatArray
    weight: float = 1.0
    inputs: RecipeInputs | None = None
    ties: Ties = "mean"


class PreparedPillar(Protocol):
    """A pillar that can be drawn."""

    def draw(self, draws: IntArray, *, scaling: DrawnScaling) -> Float32Array:
        """Return the pillar in each of some draws, shape (draws, places), or (1, places) when all are the same."""

    def rescale(self, score: Float32Array, *, scaling: DrawnScaling, sorter: Sorter) -> None:
        """Put one draw's pillar on the scaling of that draw, in place."""


@dataclass(frozen=True)
class FixedPillar:
    """A pillar that is the same in every draw but for its scaling; `scaled` holds it on each."""

    scaled: dict[DrawnScaling, Float32Array]

    def draw(self, draws: IntArray, *, scaling: DrawnScaling) -> Float32Array:  # noqa: ARG002 - as every pillar
        """Return the pillar, shape (1, places)."""
        return self.scaled[scaling][None, :]

    def rescale(self, score: Float32Array, *, scaling: DrawnScaling, sorter: Sorter) -> None:
        """Leave it: it is on its scaling already."""


@dataclass(frozen=True)
class RecipePillar:
    """A pillar that is a recipe's score, put together anew in every draw.

    Parameters
    ----------
    scaled
        Inputs on every scaling, shape (inputs, places); 0 where missing.
    weights
        The recipe's weights in every draw.
    by_rank
        What a place of each rank has on the scalings that go by rank, shape (places,), worst first.
    patterns
        Places that have the same inputs: where they are and, shape (inputs,), which inputs they have.
    owner
        Each input's component.
    """

    scaled: dict[DrawnScaling, Float32Array]
    weights: RecipeWeights
    by_rank: dict[DrawnScaling, Float32Array]
    patterns: tuple[tuple[IntArray | slice, BoolArray], ...]
    owner: IntArray

    def draw(self, draws: IntArray, *, scaling: DrawnScaling) -> Float32Array:
        """Return the recipe's score in each of some draws, shape (draws, places)."""
        scaled = self.scaled[scaling]
        scores = np.empty((len(draws), scaled.shape[1]), dtype=np.float32)
        for places, has_input in self.patterns:
            shares = self._shares(draws, has_input=has_input).astype(np.float32)
            scores[:, places] = _multiply(shares, scaled[:, places])
        return scores

    def rescale(self, score: Float32Array, *, scaling: DrawnScaling, sorter: Sorter) -> None:
        """Put one draw's score on the scaling of that draw, in place."""
        low, high = score.min(), score.max()
        if low == high:
            score[:] = 0.0
        elif scaling == "min_max":
            score -= low
            score *= np.float32(100.0) / (high - low)
        elif scaling == "z_score":
            score -= score.mean()
            score /= score.std()
        else:
            score[sorter.order(score)] = self.by_rank[scaling]

    def _shares(self, draws: IntArray, *, has_input: BoolArray) -> FloatArray:
        """Return each input's share of the score, shape (draws, inputs); what is missing leaves its weight."""
        inputs = self.weights.inputs[draws] * has_input
        belongs = np.eye(self.weights.components.shape[1])[self.owner]
        totals = inputs @ belongs
        components = self.weights.components[draws] * (totals > 0)
        components /= components.sum(axis=1, keepdims=True)
        shares = np.divide(components, totals, out=np.zeros_like(totals), where=totals > 0)
        return inputs * shares[:, self.owner]


def _multiply(shares: Float32Array, scaled: Float32Array) -> Float32Array:
    """Return shares @ scaled in pieces that are too small for the linear algebra library to start threads of its own.

    The draws are worked on by two threads already; more would wait for one another and take a quarter longer.
    """
    columns = max(SMALL_PRODUCT // shares.size, 1)
    product = np.empty((len(shares), scaled.shape[1]), dtype=np.float32)
    for first in range(0, scaled.shape[1], columns):
        np.matmul(shares, scaled[:, first : first + columns], out=product[:, first : first + columns])
    return product


def prepare_pillar(pillar: DrawnPillar, *, rows: IntArray, draws: Draws, rng: np.random.Generator) -> PreparedPillar:
    """Return a pillar ready to be drawn, over some of its places.

    A recipe's inputs are scaled over all places before the rows are chosen, as its score is.
    """
    if pillar.inputs is None:
        return FixedPillar(_scale_pillar(pillar.values[rows], ranks=pillar.ranks[rows], ties=pillar.ties))
    recipe = pillar.inputs.recipe
    scaled = {drawn: _scale_recipe(pillar.inputs, drawn=drawn)[rows] for drawn in DRAWN_SCALINGS}
    return RecipePillar(
        scaled={drawn: np.ascontiguousarray(np.nan_to_num(x).T, dtype=np.float32) for drawn, x in scaled.items()},
        weights=draw_recipe_weights(recipe, draws=draws, rng=rng),
        by_rank=_figures_by_rank(len(rows)),
        patterns=_patterns(~np.isnan(scaled["own"])),
        owner=np.repeat(np.arange(len(recipe.components)), [len(one.inputs) for one in recipe.components]),
    )


def _scale_pillar(values: FloatArray, *, ranks: FloatArray, ties: Ties) -> dict[DrawnScaling, Float32Array]:
    own = percentile(rank_worst_first(ranks, polarity="higher_is_better", ties=ties))
    scaled: dict[DrawnScaling, FloatArray] = {
        "own": own,
        "min_max": scale(values, base=values, scaling="min_max"),
        "z_score": scale(values, base=values, scaling="z_score"),
        "iod_exponential": exponential(own / 100.0),
    }
    return {drawn: figures.astype(np.float32) for drawn, figures in scaled.items()}


def _scale_recipe(inputs: RecipeInputs, *, drawn: DrawnScaling) -> FloatArray:
    components = tuple(
        replace(component, scaling=scaling_of(drawn, own=component.scaling)) for component in inputs.recipe.components
    )
    base = np.ones(len(inputs.values), dtype=np.bool_)
    recipe = replace(inputs.recipe, components=components)
    return scale_inputs(recipe, values=inputs.values, indicator_ids=inputs.indicator_ids, base=base)


def _figures_by_rank(size: int) -> dict[DrawnScaling, Float32Array]:
    relative = np.arange(size, 0, -1) / size
    return {"own": (100.0 * relative).astype(np.float32), "iod_exponential": exponential(relative).astype(np.float32)}


def _patterns(is_present: BoolArray) -> tuple[tuple[IntArray | slice, BoolArray], ...]:
    kinds, which = np.unique(is_present, axis=0, return_inverse=True)
    if len(kinds) == 1:
        return ((slice(None), kinds[0]),)
    return tuple((np.flatnonzero(which == number), kind) for number, kind in enumerate(kinds))
