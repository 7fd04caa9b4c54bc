"""Ranks and what is read off them: deciles, worst per cent, percentiles. Rank 1 is always the worst.

This is the convention of the English Indices of Deprivation, kept for every indicator so that
"rank 1" and "decile 1" mean the same wherever they are seen.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from etl.methods.arrays import ByteArray, FloatArray, IntArray, MethodError

Polarity = Literal["higher_is_worse", "higher_is_better", "neutral"]
Ties = Literal["mean", "worst"]
# What is equal on paper can differ in its last bits once it has been added up: whatever is closer than this, in
# relation to its size, is equal. So two scores whose parts come to the same share a rank, whatever their order.
CLOSENESS = 1e-12


def rank_worst_first(values: FloatArray, *, polarity: Polarity = "higher_is_worse", ties: Ties = "mean") -> FloatArray:
    """Return each value's rank, 1 for the worst.

    Parameters
    ----------
    values
        Shape (n,); NaN where there is no value. Those within `CLOSENESS` of each other are equal.
    polarity
        Which way is worse. A neutral indicator has no worst, so nothing is ranked.
    ties
        Whether equal values share the mean of their ranks or the worst of them (as in a race, where two can both be
        first); the latter is for a worst value that very many have, such as no help within reach.

    Returns
    -------
    ranks
        Shape (n,), from 1 to the number of values; NaN where there is no value.
    """
    ranks = np.full(values.shape, np.nan)
    if polarity == "neutral":
        return ranks
    known = np.flatnonzero(~np.isnan(values))
    signed = values[known] if polarity == "higher_is_better" else -values[known]
    order = np.argsort(signed, kind="stable")
    first, sizes = _equals(signed[order])
    shared = first + (1.0 if ties == "worst" else (sizes + 1.0) / 2.0)
    ranks[known[order]] = np.repeat(shared, sizes)
    return ranks


def _equals(ordered: FloatArray) -> tuple[IntArray, IntArray]:
    """Return where each run of equal values begins among values in rising order, and how many are in it."""
    if not ordered.size:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    low, high = ordered[:-1], ordered[1:]
    with np.errstate(invalid="ignore"):
        is_larger = high - low > CLOSENESS * np.minimum(np.abs(low), np.abs(high))
    first = np.concatenate([[0], np.flatnonzero(is_larger) + 1])
    return first, np.diff(first, append=ordered.size)


def ties_of(ranks: FloatArray) -> Ties:
    """Return which of their ranks equal places share, as the ranks themselves tell; the mean where none are equal.

    Whoever ranks some of the places again, or areas made of them, shares ranks in the same way.

    Parameters
    ----------
    ranks
        Shape (n,), 1 for the worst, over all that were ranked together; NaN where there is none.
    """
    ordered = np.sort(ranks[~np.isnan(ranks)])
    first = np.searchsorted(ordered, ordered, side="left")
    is_shared = np.searchsorted(ordered, ordered, side="right") - first > 1
    share_the_worst = is_shared.any() and np.array_equal(ordered[is_shared], first[is_shared] + 1.0)
    return "worst" if share_the_worst else "mean"


def decile(ranks: FloatArray, *, total: int | None = None) -> ByteArray:
    """Return ceil(10·rank/N), 1 for the worst tenth (IoD 2025 technical report).

    Parameters
    ----------
    ranks
        Shape (n,); NaN where there is no rank.
    total
        N; the number of ranks given, unless they are only some of those that were ranked together.

    Returns
    -------
    deciles
        Shape (n,), 1 to 10, and 0 where there is no rank.
    """
    return _cut(ranks, parts=10, total=total)


def tercile(ranks: FloatArray, *, total: int | None = None) -> ByteArray:
    """Return ceil(3·rank/N), 1 for the worst third, 0 where there is no rank; as `decile`."""
    return _cut(ranks, parts=3, total=total)


def worst_percent(ranks: FloatArray, *, total: int | None = None) -> ByteArray:
    """Return ceil(100·rank/N), 1 for the worst, 100 for the best, 0 where there is no rank; as `decile`.

    "In the worst 20%" means 1 ≤ p ≤ 20.
    """
    return _cut(ranks, parts=100, total=total)


def best_percent(ranks: FloatArray, *, total: int | None = None) -> ByteArray:
    """Return the same from the other end, ceil(100·(N - rank + 1)/N): 1 for the best, 100 for the worst."""
    return worst_percent(_total(ranks, total) + 1.0 - ranks, total=_total(ranks, total))


def percentile(ranks: FloatArray, *, total: int | None = None) -> FloatArray:
    """Return 100·(N - rank + 1)/N: 100 for the worst, near 0 for the best, NaN where there is no rank.

    This is the R of the Indices of Deprivation, times 100.
    """
    size = _total(ranks, total)
    return 100.0 * (size - ranks + 1.0) / size if size else np.full(ranks.shape, np.nan)


def _cut(ranks: FloatArray, *, parts: int, total: int | None) -> ByteArray:
    size = _total(ranks, total)
    if not size:
        return np.zeros(ranks.shape, dtype=np.uint8)
    doubled = _double(ranks, size=size)
    # Mean ranks are whole or half numbers, so twice a rank is whole and the division is exact; in floating
    # point 100·rank/N can land a hair above a whole number and push a place into the next class.
    classes: ByteArray = (-((-parts * doubled) // (2 * size))).astype(np.uint8)
    return classes


def _double(ranks: FloatArray, *, size: int) -> IntArray:
    twice = np.nan_to_num(2.0 * ranks, nan=0.0)
    doubled = np.rint(twice).astype(np.int64)
    if not np.array_equal(doubled, twice):
        raise MethodError("A rank is neither a whole number nor a half.", todo="Rank the values first.")
    given = ranks[~np.isnan(ranks)]
    if given.size and (given.max() > size or given.min() < 1):
        raise MethodError(f"A rank lies outside 1 to {size}.", todo="Rank the values that are there, worst first.")
    return doubled


def _total(ranks: FloatArray, total: int | None) -> int:
    return int(np.count_nonzero(~np.isnan(ranks))) if total is None else total
