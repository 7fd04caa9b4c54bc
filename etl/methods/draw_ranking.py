"""The rank of every place in every draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray, IntArray
from etl.methods.draws import DRAWN_SCALINGS, DrawnScaling
from etl.methods.prepared_pillars import PreparedPillar
from etl.methods.tail_ranks import Float32Array, Ranks, Sorter


@dataclass(frozen=True)
class DrawRanking:
    """The ranks of a chunk of draws, shape (places, draws), worked out block by block."""

    pillars: Sequence[PreparedPillar]
    weights: FloatArray
    scalings: IntArray
    ranks: Ranks

    def rank_block(self, draws: IntArray, first: int) -> tuple[int, IntArray]:
        """Fill columns of `ranks` from `first` on; return how many, and how often each place was among the worst."""
        places = len(self.ranks)
        sorter = Sorter(places)
        block = np.empty((len(draws), places), dtype=self.ranks.dtype)
        in_order = np.arange(1, places + 1, dtype=self.ranks.dtype)
        for scaling in np.unique(self.scalings[draws]):
            mine = np.flatnonzero(self.scalings[draws] == scaling)
            for row, score in zip(mine, self._scores(draws[mine], scaling=DRAWN_SCALINGS[scaling]), strict=True):
                block[row][sorter.order(score)] = in_order
        self.ranks[:, first : first + len(draws)] = block.T
        in_worst: IntArray = (block <= places // 10).sum(axis=0, dtype=np.uint16).astype(np.int64)
        return len(draws), in_worst

    def _scores(self, draws: IntArray, *, scaling: DrawnScaling) -> Iterator[Float32Array]:
        """Yield the priority in each draw; the array is used again for the next."""
        sorter = Sorter(len(self.ranks))
        drawn = [pillar.draw(draws, scaling=scaling) for pillar in self.pillars]
        total, part = np.empty(len(self.ranks), np.float32), np.empty(len(self.ranks), np.float32)
        for row, draw in enumerate(draws):
            total[:] = 0.0
            for number, pillar in enumerate(self.pillars):
                score = drawn[number][row % len(drawn[number])]
                pillar.rescale(score, scaling=scaling, sorter=sorter)
                np.multiply(score, np.float32(self.weights[draw, number]), out=part)
                total += part
            yield total


def empty_ranks(places: int, draws: int) -> Ranks:
    """Return room for the ranks of some draws, shape (places, draws), in numbers no larger than need be."""
    fits = places <= np.iinfo(np.uint16).max
    return np.empty((places, draws), dtype=np.uint16) if fits else np.empty((places, draws), dtype=np.uint32)
