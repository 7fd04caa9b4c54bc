"""Who is left behind: areas that are worst on need and on digital exclusion at once.

Pure: ranks in, flags out. "Worst 20%" means ceil(100·rank/N) ≤ 20, counted over England or over a chosen area.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, ByteArray, FloatArray
from etl.methods.ranking import percentile, rank_worst_first, worst_percent


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

    Parameters
    ----------
    national_rank
        Shape (n,); NaN where there is none.
    base
        Shape (n,): the areas that are compared with one another; those outside get no rank.
    """
    rank = national_rank if base is None else rank_worst_first(-np.where(base, national_rank, np.nan))
    return Pillar(rank=rank, worst_percent=worst_percent(rank), percentile=percentile(rank))


def flag_left_behind(*, need: Pillar, exclusion: Pillar, need_worst: int, exclusion_worst: int) -> BoolArray:
    """Return which areas are in the worst `need_worst`% on need and the worst `exclusion_worst`% on exclusion."""
    return _is_worst(need, need_worst) & _is_worst(exclusion, exclusion_worst)


def priority(*, need: Pillar, exclusion: Pillar) -> FloatArray:
    """Return the mean of the two percentiles, 100 = worst, for order only; NaN where one is missing."""
    return (need.percentile + exclusion.percentile) / 2.0


def _is_worst(pillar: Pillar, threshold: int) -> BoolArray:
    present: BoolArray = pillar.worst_percent > 0
    return present & (pillar.worst_percent <= threshold)
