"""How sure is a place's standing? Its rank over many ways of weighing the pillars, their scalings and their inputs.

Source: OECD and European Commission Joint Research Centre, Handbook on Constructing Composite Indicators (2008),
step 7, uncertainty analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import BoolArray, FloatArray, IntArray, MethodError
from etl.methods.draw_ranking import DrawRanking, empty_ranks
from etl.methods.drawn_pillars import DrawnPillar, prepare_pillar
from etl.methods.draws import Draws, draw_scalings, draw_weights
from etl.methods.tail_ranks import TailRanks

OUTSIDE = 0.05
BLOCK, CHUNK, SLICE = 64, 2_048, 256
THREADS = 2
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Certainty:
    """How sure the standing of n places is.

    Parameters
    ----------
    rank_low, rank_high
        Shape (n,): the ranks between which a place stands in nine of ten draws, from the 5% to the 95% point;
        1 = worst, 0 where a place is not ranked.
    share_in_worst_tenth
        Shape (n,): share of draws that put it among the worst tenth; NaN where it is not ranked.
    ranked
        How many places were ranked.
    """

    rank_low: IntArray
    rank_high: IntArray
    share_in_worst_tenth: FloatArray
    ranked: int


def measure_certainty(
    pillars: Sequence[DrawnPillar],
    *,
    draws: Draws,
    within: BoolArray | None = None,
    progress: Progress | None = None,
) -> Certainty:
    """Return each place's interval of ranks and its share of draws in the worst tenth, over drawn priorities.

    A place is ranked when it has a rank on every pillar. The worst tenth is ceil(10·rank/N) = 1. The same question has
    the same answer: everything is drawn from the seed.

    Parameters
    ----------
    pillars
        Two or three; all over the same n places.
    within
        Shape (n,): rank the places of a chosen area among themselves; all of England when None.
    progress
        Told how many draws are done, and of how many; what it raises stops the work.

    Raises
    ------
    MethodError
        If there is no pillar, or all weights are zero.
    """
    if not pillars:
        raise MethodError("There is nothing to weigh.", todo="Give at least one pillar.")
    is_ranked = np.logical_and.reduce([~np.isnan(pillar.ranks) for pillar in pillars])
    rows = np.flatnonzero(is_ranked if within is None else is_ranked & within)
    size = len(is_ranked)
    if not len(rows):
        empty = np.zeros(size, dtype=np.int64)
        return Certainty(empty, empty, np.full(size, np.nan), ranked=0)
    low, high, share = _rank_all(pillars, rows=rows, draws=draws, progress=progress or _say_nothing)
    rank_low, rank_high, whole_share = (np.zeros(size, np.int64), np.zeros(size, np.int64), np.full(size, np.nan))
    rank_low[rows], rank_high[rows], whole_share[rows] = low, high, share
    return Certainty(rank_low, rank_high, whole_share, ranked=len(rows))


def _rank_all(
    pillars: Sequence[DrawnPillar], *, rows: IntArray, draws: Draws, progress: Progress
) -> tuple[IntArray, IntArray, FloatArray]:
    rng = np.random.default_rng(draws.seed)
    weights = draw_weights(np.array([pillar.weight for pillar in pillars]), draws=draws, rng=rng)
    scalings = draw_scalings(draws=draws, rng=rng)
    prepared = [prepare_pillar(pillar, rows=rows, draws=draws, rng=rng) for pillar in pillars]
    # Draws on one scaling are worked on together; their order tells nothing.
    order = np.argsort(scalings, kind="stable")
    tails = TailRanks(places=len(rows), draws=draws.count, outside=OUTSIDE)
    times_in_worst = np.zeros(len(rows), dtype=np.int64)
    room = empty_ranks(len(rows), min(CHUNK, draws.count))
    done = 0
    with _threads() as threads:
        for start in range(0, draws.count, CHUNK):
            chunk = order[start : start + CHUNK]
            ranks = room[:, : len(chunk)]
            work = DrawRanking(prepared, weights=weights, scalings=scalings, ranks=ranks)
            for counted, in_worst in threads.map(work.rank_block, *_blocks(chunk)):
                times_in_worst += in_worst
                done += counted
                progress(done, draws.count)
            slices = [slice(first, first + SLICE) for first in range(0, len(rows), SLICE)]
            tails.keep(list(threads.map(lambda part, given=ranks: tails.add(given[part], rows=part), slices)))
    low, high = tails.bounds
    return low, high, times_in_worst / draws.count


def _blocks(chunk: IntArray) -> tuple[list[IntArray], list[int]]:
    firsts = list(range(0, len(chunk), BLOCK))
    return [chunk[first : first + BLOCK] for first in firsts], firsts


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Work on threads that, when the work is stopped, begin nothing new."""
    threads = ThreadPoolExecutor(THREADS)
    try:
        yield threads
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


def _say_nothing(_done: int, _total: int) -> None:
    pass
