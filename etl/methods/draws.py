"""Other ways of weighing: draws of weights around the chosen ones, and of scalings beside the chosen one.

Source of the idea: OECD and European Commission Joint Research Centre, Handbook on Constructing Composite Indicators
(2008), step 7; weights are drawn from a Dirichlet distribution around those chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from etl.methods.arrays import FloatArray, IntArray, MethodError
from etl.methods.recipe import Recipe
from etl.methods.scaling import Scaling

DrawnScaling = Literal["own", "min_max", "z_score", "iod_exponential"]
# The first is the chosen one: pillars by percentile, and every component of a recipe on its own scaling.
DRAWN_SCALINGS: tuple[DrawnScaling, ...] = ("own", "min_max", "z_score", "iod_exponential")
# A weight of one half then has a standard deviation of a tenth: nine in ten draws lie between 0.34 and 0.66.
CONCENTRATION = 24.0


@dataclass(frozen=True)
class Draws:
    """How many ways of weighing to try, how far they stray, and the seed that makes them the same each time.

    Parameters
    ----------
    count
        Number of draws.
    spread
        0 keeps the chosen weights and scalings in every draw; 1 strays as far as the whole Dirichlet distribution and
        takes each scaling equally often; between them, weights stray that share of the way.
    """

    count: int = 10_000
    spread: float = 1.0
    seed: int = 2025

    def __post_init__(self) -> None:
        if self.count < 1:
            raise MethodError(f"{self.count} draws are none.", todo="Draw at least once.")
        if not 0.0 <= self.spread <= 1.0:
            raise MethodError(f"A spread of {self.spread:g} cannot be used.", todo="Use a number from 0 to 1.")


def draw_weights(weights: FloatArray, *, draws: Draws, rng: np.random.Generator) -> FloatArray:
    """Return weights drawn around the chosen ones, shape (count, k), each row adding up to 1.

    A weight of zero stays zero: what was left out stays out.

    Parameters
    ----------
    weights
        Shape (k,): the chosen ones, zero or more.

    Raises
    ------
    MethodError
        If a weight is below zero or none is above it.
    """
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.any()):
        raise MethodError("Weights must be zero or more, and one of them more.", todo="Give one a weight above zero.")
    chosen = weights / weights.sum()
    strayed = rng.standard_gamma(
        np.maximum(CONCENTRATION * chosen, np.finfo(np.float64).tiny), (draws.count, len(chosen))
    )
    strayed[:, chosen == 0] = 0.0
    strayed /= strayed.sum(axis=1, keepdims=True)
    drawn: FloatArray = (1.0 - draws.spread) * chosen + draws.spread * strayed
    return drawn


def draw_scalings(*, draws: Draws, rng: np.random.Generator) -> IntArray:
    """Return the position in `DRAWN_SCALINGS` for every draw, shape (count,); 0, the chosen one, without spread."""
    others = rng.integers(1, len(DRAWN_SCALINGS), draws.count)
    strays = rng.random(draws.count) < draws.spread * (1.0 - 1.0 / len(DRAWN_SCALINGS))
    return np.where(strays, others, 0)


@dataclass(frozen=True)
class RecipeWeights:
    """Drawn weights of a recipe, shape (count, components) and (count, inputs); inputs add up to 1 by component."""

    components: FloatArray
    inputs: FloatArray


def draw_recipe_weights(recipe: Recipe, *, draws: Draws, rng: np.random.Generator) -> RecipeWeights:
    """Return weights drawn around those of a recipe, of its components and of the inputs in each."""
    components = draw_weights(np.array([component.weight for component in recipe.components]), draws=draws, rng=rng)
    inputs = [
        draw_weights(np.array([entry.weight for entry in component.inputs]), draws=draws, rng=rng)
        for component in recipe.components
    ]
    return RecipeWeights(components=components, inputs=np.hstack(inputs))


def scaling_of(drawn: DrawnScaling, *, own: Scaling) -> Scaling:
    """Return the scaling of a component in a draw; what is on one scale already stays as it is."""
    return own if drawn == "own" or own == "none" else drawn
