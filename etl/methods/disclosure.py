"""Small numbers: counts that could point at a person are hidden, and those beside them rounded.

The rule of NHS England for its own small-area statistics: 1 to 7 is not shown, and everything else is rounded to the
nearest 5 below the size of a district. Nought stays nought.
"""

from __future__ import annotations

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, MethodError

FEWEST_SHOWN = 8
ROUNDED_TO = 5
HIDDEN_WORDS = f"fewer than {FEWEST_SHOWN}"


def is_hidden(counts: FloatArray) -> BoolArray:
    """Return which counts are above nought and below eight, shape (n,)."""
    hidden: BoolArray = (counts > 0) & (counts < FEWEST_SHOWN)
    return hidden


def protect_counts(counts: FloatArray) -> FloatArray:
    """Return counts as they may be shown of areas smaller than a district: NaN where hidden, else rounded to 5.

    Parameters
    ----------
    counts
        Shape (n,); NaN where there is none. Counts that were shared out need not be whole.

    Raises
    ------
    MethodError
        If one is below nought.
    """
    if (counts < 0).any():
        raise MethodError("A count is below nought.", todo="Counts are of people or events: take minus signs out.")
    rounded = ROUNDED_TO * np.floor(counts / ROUNDED_TO + 0.5)
    return np.where(is_hidden(counts), np.nan, rounded)
