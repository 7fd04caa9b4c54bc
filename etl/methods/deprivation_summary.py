"""The official summaries of deprivation for larger areas (IoD 2025 technical report, Files 10-14)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from etl.methods.arrays import FloatArray, IntArray
from etl.methods.ranking import decile, worst_percent
from etl.methods.summaries import divide, shares_in_worst, weighted_means

EXTENT_FULL_PERCENT = 10
EXTENT_LAST_PERCENT = 30
CONCENTRATION_SHARE = 0.1


@dataclass(frozen=True)
class DeprivationSummary:
    """The five summaries of the Indices of Deprivation for larger areas, each of shape (areas,).

    Parameters
    ----------
    average_score, average_rank
        Population-weighted means. Rank 1 = worst, so a low average rank is bad; the published Files 10-14 turn ranks
        round first, so theirs is N + 1 less this one.
    proportion
        Share of LSOAs in the most deprived national tenth.
    extent
        Share of people in the most deprived 30% nationally, those beyond the worst tenth counting for less and less.
    local_concentration
        Population-weighted average rank of the most deprived LSOAs that hold exactly 10% of the area's people.
    """

    average_score: FloatArray
    average_rank: FloatArray
    proportion: FloatArray
    extent: FloatArray
    local_concentration: FloatArray


def summarise_deprivation(
    *,
    membership: sparse.csr_array,
    score: FloatArray,
    ranks: FloatArray,
    population: FloatArray,
    total: int | None = None,
) -> DeprivationSummary:
    """Return the official summaries of every area (IoD 2025 technical report, Files 10-14).

    Parameters
    ----------
    membership
        Shape (areas, n).
    score, ranks
        Shape (n,): score, and national rank with 1 = worst; NaN where there is none.
    population
        Shape (n,): people.
    total
        N of the ranks, when those given are only some of England's.
    """
    means = weighted_means(
        membership=membership,
        values=np.column_stack([score, ranks, extent_weights(ranks, total=total)]),
        population=population,
    )
    deciles = decile(ranks, total=total)[:, None]
    return DeprivationSummary(
        average_score=means[:, 0],
        average_rank=means[:, 1],
        proportion=shares_in_worst(membership=membership, worst=deciles, threshold_percent=1)[:, 0],
        extent=means[:, 2],
        local_concentration=_concentrate(membership=membership, ranks=ranks, population=population),
    )


def extent_weights(ranks: FloatArray, *, total: int | None = None) -> FloatArray:
    """Return how much each LSOA's people count for the extent: 1 for the worst 10%, 0.95 at 11% … 0.05 at 30%, then 0.

    With p = ceil(100·rank/N) the slope is 0.95 - (0.9/19)·(p - 11) (IoD 2025 technical report). NaN without a rank.
    """
    p = worst_percent(ranks, total=total).astype(np.float64)
    sloping = 0.95 - 0.9 / 19 * (p - (EXTENT_FULL_PERCENT + 1))
    weights = np.where(p <= EXTENT_FULL_PERCENT, 1.0, np.where(p <= EXTENT_LAST_PERCENT, sloping, 0.0))
    return np.where(np.isnan(ranks), np.nan, weights)


def _concentrate(*, membership: sparse.csr_array, ranks: FloatArray, population: FloatArray) -> FloatArray:
    area, lsoa = (axis.astype(np.int64) for axis in sparse.coo_array(membership).coords)
    is_ranked = ~np.isnan(ranks[lsoa])
    area, lsoa = area[is_ranked], lsoa[is_ranked]
    order = np.lexsort((ranks[lsoa], area))
    area, lsoa = area[order], lsoa[order]
    people = population[lsoa].astype(np.float64)
    size = membership.shape[0]
    wanted = CONCENTRATION_SHARE * _sum_by(area, people, size=size)
    counted = np.clip(wanted[area] - _people_before(area, people=people), 0.0, people)
    return divide(_sum_by(area, counted * ranks[lsoa], size=size), _sum_by(area, counted, size=size))


def _sum_by(area: IntArray, amounts: FloatArray, *, size: int) -> FloatArray:
    return np.bincount(area, weights=amounts, minlength=size).astype(np.float64)


def _people_before(area: IntArray, *, people: FloatArray) -> FloatArray:
    """Return the people of the LSOAs that come before each one in its own area; rows are in order of area."""
    running = np.cumsum(people) - people
    starts = np.searchsorted(area, area, side="left")
    before: FloatArray = running - running[starts]
    return before
