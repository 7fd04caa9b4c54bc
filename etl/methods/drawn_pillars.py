"""The pillars of a priority, and how they are made ready to be drawn many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.draws import DRAWN_SCALINGS, DrawnScaling, Draws, draw_recipe_weights, scaling_of
from etl.methods.prepared_pillars import FixedPillar, PreparedPillar, RecipePillar
from etl.methods.ranking import Ties, percentile, rank_worst_first
from etl.methods.recipe import Recipe
from etl.methods.scaling import exponential, scale
from etl.methods.scoring import scale_inputs
from etl.methods.tail_ranks import Float32Array


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
