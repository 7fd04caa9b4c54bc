"""Figures of an area from those of its LSOAs, many areas and indicators at once."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from etl.methods.arrays import ByteArray, FloatArray, IntArray


def build_membership(*, area: IntArray, lsoa: IntArray, shape: tuple[int, int]) -> sparse.csr_array:
    """Return the matrix (areas by LSOAs) that is 1 where an LSOA belongs to an area.

    Parameters
    ----------
    area, lsoa
        Shape (m,): positions, one per membership; an LSOA may belong to any number of areas.
    """
    ones = np.ones(len(area))
    return sparse.csr_array(sparse.coo_array((ones, (area, lsoa)), shape=shape))


def weighted_means(*, membership: sparse.csr_array, values: FloatArray, population: FloatArray) -> FloatArray:
    """Return population-weighted means over the LSOAs that have a value.

    Parameters
    ----------
    membership
        Shape (areas, n), as from `build_membership`.
    values
        Shape (n, k); NaN where missing.
    population
        Shape (n,): people.

    Returns
    -------
    means
        Shape (areas, k); NaN where no LSOA with people has a value.
    """
    is_present = ~np.isnan(values)
    people = membership @ (is_present * population[:, None])
    total = membership @ np.where(is_present, values * population[:, None], 0.0)
    return divide(total, people)


def shares_in_worst(*, membership: sparse.csr_array, worst: ByteArray, threshold_percent: int) -> FloatArray:
    """Return the share of each area's ranked LSOAs that are in England's worst X%.

    Parameters
    ----------
    membership
        Shape (areas, n).
    worst
        Shape (n, k): worst per cent, as from `worst_percent`; 0 where there is no rank.

    Returns
    -------
    shares
        Shape (areas, k), 0 to 1; NaN where no LSOA has a rank.
    """
    ranked = membership @ (worst > 0).astype(np.float64)
    inside = membership @ ((worst > 0) & (worst <= threshold_percent)).astype(np.float64)
    return divide(inside, ranked)


def divide(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Return the quotient, NaN where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.full_like(numerator, np.nan), where=denominator > 0)
