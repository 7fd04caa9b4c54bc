"""The spread of an indicator in a few bars, with one place marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray, IntArray, MethodError


@dataclass(frozen=True)
class Distribution:
    """A histogram of equal bins.

    Parameters
    ----------
    edges
        Shape (bins + 1,), rising, in the indicator's unit; empty when there are no values.
    counts
        Shape (bins,): how many places lie in each bin; empty when there are no values.
    marked_bin
        Bin of the place in question, counted from 0; the first or last one when it lies beyond, None without a value.
    """

    edges: FloatArray
    counts: IntArray
    marked_bin: int | None


def describe_distribution(values: FloatArray, *, bins: int = 30, marked: float = float("nan")) -> Distribution:
    """Return the histogram of values, NaN left out, and the bin in which a marked value lies.

    Raises
    ------
    MethodError
        If there is to be less than one bin.
    """
    if bins < 1:
        raise MethodError(f"A distribution cannot have {bins} bins.", todo="Use one or more.")
    known = values[~np.isnan(values)]
    if not known.size:
        return Distribution(edges=np.empty(0), counts=np.empty(0, dtype=np.int64), marked_bin=None)
    counts, edges = np.histogram(known, bins=bins)
    return Distribution(edges=edges, counts=counts.astype(np.int64), marked_bin=_find_bin(edges, marked=marked))


def _find_bin(edges: FloatArray, *, marked: float) -> int | None:
    """Return the bin as `numpy.histogram` has it: each holds its lower edge, the last one both."""
    if np.isnan(marked):
        return None
    position = int(np.searchsorted(edges, marked, side="right")) - 1
    return min(max(position, 0), len(edges) - 2)
