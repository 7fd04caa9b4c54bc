"""Ways to put indicators on one scale before they are added: OECD/JRC handbook (2008), step 5, and the IoD's own.

Every scaling takes values where higher is worse, reads its parameters from the rows of a base (all England, or a
chosen area) and scores all rows with them, so that a place keeps its score whoever looks at it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np

from etl.methods.arrays import FloatArray

Scaling = Literal["percentile", "min_max", "z_score", "iod_exponential", "none"]
SCALINGS: tuple[str, ...] = get_args(Scaling)
IOD_CONSTANT = 23.0


def scale(values: FloatArray, *, base: FloatArray, scaling: Scaling, top: float = 100.0) -> FloatArray:
    """Return values on the chosen scale; NaN stays NaN, and all is NaN when the base holds no value.

    Parameters
    ----------
    values, base
        Shapes (n,) and (b,); higher is worse.
    scaling
        `percentile`: from 0 to `top` by rank within the base, ties share their mean rank. `min_max`: 0 at the base's
        least value and `top` at its greatest; rows outside the base may go beyond. `z_score`: standard deviations
        from the base's mean. `iod_exponential`: by rank, stretched so that the worst stand out. `none`: as they are.
    top
        Score of the worst for the percentile, min-max and exponential scalings.

    Notes
    -----
    Where every value of the base is the same, nothing can be told apart: min-max gives half of `top`, z-score 0.
    """
    known = base[~np.isnan(base)]
    if not known.size:
        return np.full(values.shape, np.nan)
    return _SCALERS[scaling](values, known, top)


def exponential(relative_rank: FloatArray) -> FloatArray:
    """Return E = -23·ln(1 - R·(1 - e^(-100/23))) for R from 0 to 1 (1 = worst), from 0 to 100.

    The Indices of Deprivation transform each domain so before adding, so that being very deprived on one is not
    fully cancelled by doing well on another (IoD 2025 technical report).
    """
    transformed: FloatArray = -IOD_CONSTANT * np.log(1.0 - relative_rank * (1.0 - np.exp(-100.0 / IOD_CONSTANT)))
    return transformed


def _relative_rank(values: FloatArray, base: FloatArray) -> FloatArray:
    """Return (N - rank + 1)/N of each value among the base's N values, at most 1."""
    ordered = np.sort(base)
    lower = np.searchsorted(ordered, values, side="left")
    equal = np.searchsorted(ordered, values, side="right") - lower
    relative = np.minimum((lower + (equal + 1) / 2) / ordered.size, 1.0)
    return np.where(np.isnan(values), np.nan, relative)


def _percentile(values: FloatArray, base: FloatArray, top: float) -> FloatArray:
    return top * _relative_rank(values, base)


def _iod_exponential(values: FloatArray, base: FloatArray, top: float) -> FloatArray:
    return top / 100.0 * exponential(_relative_rank(values, base))


def _min_max(values: FloatArray, base: FloatArray, top: float) -> FloatArray:
    low, high = base.min(), base.max()
    if low == high:
        return np.where(np.isnan(values), np.nan, top / 2.0)
    scaled: FloatArray = top * ((values - low) / (high - low))
    return scaled


def _z_score(values: FloatArray, base: FloatArray, _top: float) -> FloatArray:
    if base.min() == base.max():
        return np.where(np.isnan(values), np.nan, 0.0)
    scaled: FloatArray = (values - base.mean()) / base.std()
    return scaled


def _none(values: FloatArray, _base: FloatArray, _top: float) -> FloatArray:
    return values.copy()


_SCALERS: dict[Scaling, Callable[[FloatArray, FloatArray, float], FloatArray]] = {
    "percentile": _percentile,
    "min_max": _min_max,
    "z_score": _z_score,
    "iod_exponential": _iod_exponential,
    "none": _none,
}
