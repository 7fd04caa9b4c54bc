"""Pillars ready to be drawn many times: on every scaling, and a recipe's with weights of its own in every draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.draws import DrawnScaling, RecipeWeights
from etl.methods.tail_ranks import Float32Array, Sorter

# Multiplications in a product of matrices, below which OpenBLAS works on one thread.
SMALL_PRODUCT = 250_000


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
