"""Which neighbourhoods are left behind by the switch to digital, and in what order to look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, MethodError
from etl.methods.ranking import percentile, rank_worst_first, worst_percent


@dataclass(frozen=True)
class Pillar:
    """One side of being left behind: need, digital exclusion or thin support.

    Parameters
    ----------
    ranks
        Shape (n,): national rank, 1 = worst; NaN where there is none.
    threshold_percent
        "In the worst X%": a whole number from 1 to 100. 100 leaves nobody out but those without a rank.
    weight
        Weight in the priority.
    """

    ranks: FloatArray
    threshold_percent: int = 20
    weight: float = 1.0


@dataclass(frozen=True)
class LeftBehind:
    """The answer for n places and k pillars.

    Parameters
    ----------
    is_left_behind
        Shape (n,): in the worst X% on every pillar. A place without a rank on some pillar is not known to be so.
    priority
        Shape (n,), 0 to 100: mean of the percentiles by weight, for order only; NaN where a pillar is missing.
    percentiles
        Shape (n, k), 100 = worst.
    """

    is_left_behind: BoolArray
    priority: FloatArray
    percentiles: FloatArray


def find_left_behind(*, pillars: Sequence[Pillar], within: BoolArray | None = None) -> LeftBehind:
    """Return which places are left behind.

    Parameters
    ----------
    pillars
        Two (need and digital exclusion), or three with thin support.
    within
        Shape (n,): rank the places of a chosen area among themselves; the others get no answer. All of England
        when None.

    Raises
    ------
    MethodError
        If a threshold is not a whole number from 1 to 100, or all weights are zero.
    """
    _check(pillars)
    ranks = [_rank_within(pillar.ranks, within=within) for pillar in pillars]
    worst = [worst_percent(rank) for rank in ranks]
    flags = [(p >= 1) & (p <= pillar.threshold_percent) for p, pillar in zip(worst, pillars, strict=True)]
    percentiles = np.column_stack([percentile(rank) for rank in ranks])
    weights = np.array([pillar.weight for pillar in pillars], dtype=np.float64)
    return LeftBehind(
        is_left_behind=np.logical_and.reduce(flags),
        priority=(percentiles * (weights / weights.sum())).sum(axis=1),
        percentiles=percentiles,
    )


def _rank_within(ranks: FloatArray, *, within: BoolArray | None) -> FloatArray:
    chosen = ranks if within is None else np.where(within, ranks, np.nan)
    return rank_worst_first(chosen, polarity="higher_is_better")


def _check(pillars: Sequence[Pillar]) -> None:
    for pillar in pillars:
        threshold = pillar.threshold_percent
        if not isinstance(threshold, int) or not 1 <= threshold <= 100:  # noqa: PLR2004
            what = f"A threshold of {threshold}% cannot be used."
            raise MethodError(what, todo="Use a whole number from 1 to 100.")
    if not all(np.isfinite(pillar.weight) and pillar.weight >= 0 for pillar in pillars):
        raise MethodError("A weight of the priority is below zero.", todo="Use zero or a number above zero.")
    if not any(pillar.weight for pillar in pillars):
        raise MethodError("All weights of the priority are zero.", todo="Give at least one a weight above zero.")
