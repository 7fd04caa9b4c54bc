"""Ranks of many draws, of which only the tails are kept: exact bounds without holding every rank of every draw."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from etl.methods.arrays import IntArray

Ranks = NDArray[np.unsignedinteger]
Float32Array = NDArray[np.float32]
_HALF = np.uint64(32)
_LOW_HALF = np.uint64(0xFFFFFFFF)
_MAGNITUDE = np.uint32(0x7FFFFFFF)


class Sorter:
    """Puts n places in order, draw after draw, in memory that is taken once.

    One sort of whole numbers: the upper half of each holds a score's bits, which sort as the score does when it is not
    below zero, the lower half holds the place.
    """

    def __init__(self, places: int) -> None:
        self._position = np.arange(places, dtype=np.uint64)
        self._keys = np.empty(places, dtype=np.uint64)
        self._score = np.empty(places, dtype=np.float32)

    def order(self, scores: Float32Array) -> IntArray:
        """Return the places with the highest score first; among equals the earlier place comes first.

        What is returned is overwritten by the next call.

        Parameters
        ----------
        scores
            Shape (n,), none of them missing.
        """
        np.subtract(scores, scores.min(), out=self._score)
        np.bitwise_xor(self._score.view(np.uint32), _MAGNITUDE, out=self._keys, dtype=np.uint64, casting="unsafe")
        np.left_shift(self._keys, _HALF, out=self._keys)
        np.bitwise_or(self._keys, self._position, out=self._keys)
        self._keys.sort()
        np.bitwise_and(self._keys, _LOW_HALF, out=self._keys)
        return self._keys.view(np.int64)


class TailRanks:
    """The smallest and the largest ranks that each place has had, as many of them as a bound needs.

    Parameters
    ----------
    places, draws
        How many there are.
    outside
        Share of draws left outside at either end: 0.05 for the interval from 5% to 95%.
    """

    def __init__(self, *, places: int, draws: int, outside: float) -> None:
        low_position = max(math.ceil(outside * draws - 1e-9), 1)
        high_position = max(math.ceil((1.0 - outside) * draws - 1e-9), 1)
        self._kept_low = low_position
        self._kept_high = draws - high_position + 1
        self._low: Ranks = np.empty((places, 0), dtype=np.uint16)
        self._high: Ranks = np.empty((places, 0), dtype=np.uint16)

    def add(self, ranks: Ranks, *, rows: slice) -> tuple[Ranks, Ranks]:
        """Return the tails of some places with more draws in them, to be given to `keep`.

        Parameters
        ----------
        ranks
            Shape (places in rows, draws); sorted in place.
        """
        ranks.sort(axis=1)
        low = np.hstack([self._low[rows], ranks[:, : self._kept_low]])
        high = np.hstack([self._high[rows], ranks[:, -self._kept_high :]])
        low.sort(axis=1)
        high.sort(axis=1)
        return low[:, : self._kept_low], high[:, -self._kept_high :]

    def keep(self, tails: list[tuple[Ranks, Ranks]]) -> None:
        """Keep the tails of all places, part by part in their order."""
        self._low = np.vstack([low for low, _ in tails])
        self._high = np.vstack([high for _, high in tails])

    @property
    def bounds(self) -> tuple[IntArray, IntArray]:
        """The bounds of each place's interval: order statistics ceil(outside·draws) and ceil((1 - outside)·draws)."""
        return self._low[:, -1].astype(np.int64), self._high[:, 0].astype(np.int64)
