"""Who is left behind: areas that are worst on need, on digital exclusion and, when it counts, on support at once.

Pure: ranks in, flags out. "Worst 20%" means ceil(100·rank/N) ≤ 20, counted over England or over a chosen area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, ByteArray, FloatArray
from etl.methods.ranking import percentile, rank_worst_first, ties_of, worst_percent


@dataclass(frozen=True)
class Pillar:
    """One pillar over the areas of a level, in order of feature_id; shape (n,) throughout.

    Parameters
    ----------
    rank
        1 = worst, counted over the base; NaN where there is none.
    worst_percent
        ceil(100·rank/N), 1 = worst, 0 where there is no rank.
    percentile
        100 = worst; NaN where there is no rank.
    """

    rank: FloatArray
    worst_percent: ByteArray
    percentile: FloatArray


def count_over(national_rank: FloatArray, *, base: BoolArray | None) -> Pillar:
    """Return a pillar counted over England (no base) or over the areas of a base alone.

    Equal areas share a rank within a base as they do in England.

    Parameters
    ----------
    national_rank
        Shape (n,); NaN where there is none.
    base
        Shape (n,): the areas that are compared with one another; those outside get no rank.
    """
    if base is None:
        rank = national_rank
    else:
        rank = rank_worst_first(-np.where(base, national_rank, np.nan), ties=ties_of(national_rank))
    return Pillar(rank=rank, worst_percent=worst_percent(rank), percentile=percentile(rank))


def count_support(values: FloatArray, *, base: BoolArray | None) -> Pillar:
    """Return the pillar of thin support: least access is worst, and equal places share the worst of their ranks.

    Where most places have nothing within reach, the mean of their ranks would leave nobody among the worst.

    Parameters
    ----------
    values
        Shape (n,): access to assets, higher is better.
    base
        As in `count_over`.
    """
    counted = values if base is None else np.where(base, values, np.nan)
    rank = rank_worst_first(counted, polarity="higher_is_better", ties="worst")
    return Pillar(rank=rank, worst_percent=worst_percent(rank), percentile=percentile(rank))


def flag_left_behind(pillars: Sequence[Pillar], *, worst: Sequence[int]) -> BoolArray:
    """Return which areas are in the worst so many per cent on every pillar."""
    flags = [_is_worst(pillar, threshold) for pillar, threshold in zip(pillars, worst, strict=True)]
    is_worst: BoolArray = np.logical_and.reduce(flags)
    return is_worst


def priority(pillars: Sequence[Pillar], *, weights: Sequence[float]) -> FloatArray:
    """Return the mean of the pillars' percentiles by weight, 100 = worst, for order only; NaN where one is missing.

    A pillar of weight 0 still has to be there.
    """
    total = sum(weights)
    mean: FloatArray = np.sum(
        [w / total * pillar.percentile for w, pillar in zip(weights, pillars, strict=True)], axis=0
    )
    return mean


def _is_worst(pillar: Pillar, threshold: int) -> BoolArray:
    present: BoolArray = pillar.worst_percent > 0
    return present & (pillar.worst_percent <= threshold)
