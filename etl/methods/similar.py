"""Which places are most like this one? Distance over standardised indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray, IntArray, MethodError


@dataclass(frozen=True)
class Similar:
    """Places most like one, the most alike first.

    Parameters
    ----------
    places
        Shape (k,): positions.
    distance
        Shape (k,): root of the mean squared difference, in standard deviations; 0 = the same on every indicator.
    """

    places: IntArray
    distance: FloatArray


def find_similar(values: FloatArray, *, place: int, most: int = 5) -> Similar:
    """Return the places most like one, itself left out.

    Each indicator is put on standard deviations from its mean over all places, so that none counts for more because of
    its unit. Only indicators that this place has are compared, and only places that have all of those. Places equally
    alike come in their own order, so that the answer is always the same.

    Parameters
    ----------
    values
        Shape (n, m): one row per place, one column per indicator; NaN where missing.
    place
        Position of the one to compare with.

    Raises
    ------
    MethodError
        If the place has none of the indicators.
    """
    is_usable = ~np.isnan(values[place])
    if not is_usable.any():
        raise MethodError("This place has none of the figures to compare by.", todo="Choose other figures.")
    chosen = values[:, is_usable]
    spread = np.nanstd(chosen, axis=0)
    standard = np.divide(chosen, spread, out=np.zeros_like(chosen), where=spread > 0)
    standard[np.isnan(chosen)] = np.nan
    distance = np.sqrt(((standard - standard[place]) ** 2).mean(axis=1))
    distance[place] = np.nan
    # Distances that differ in their last bits only are equal.
    known = int(np.count_nonzero(~np.isnan(distance)))
    order = np.argsort(np.round(distance, 9), kind="stable")[: min(most, known)]
    return Similar(places=order, distance=distance[order])
