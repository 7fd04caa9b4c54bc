"""What might help where: need and digital exclusion in three classes each, and the barrier that stands out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import ByteArray, FloatArray, IntArray, MethodError
from etl.methods.ranking import tercile

CLASSES = 3
NO_BARRIER = -1


@dataclass(frozen=True)
class Segments:
    """The matrix of need by digital exclusion, over n places.

    Parameters
    ----------
    cell
        Shape (n,), 0 to 8: 3·(class of need - 1) + (class of exclusion - 1), so that 0 is the worst third of both;
        -1 where a rank is missing.
    places, people
        Shape (9,): how many places and people each cell holds.
    """

    cell: IntArray
    places: IntArray
    people: FloatArray

    def of(self, *, need: int, exclusion: int) -> int:
        """Return the cell of two classes, 1 for the worst third to 3 for the best."""
        return CLASSES * (need - 1) + exclusion - 1


def segment_places(*, need_ranks: FloatArray, exclusion_ranks: FloatArray, population: FloatArray) -> Segments:
    """Return which cell of the matrix each place is in; classes are thirds by rank, ceil(3·rank/N).

    Parameters
    ----------
    need_ranks, exclusion_ranks
        Shape (n,): 1 = worst; NaN where there is none.
    population
        Shape (n,).

    Raises
    ------
    MethodError
        If the shapes differ.
    """
    if not need_ranks.shape == exclusion_ranks.shape == population.shape:
        raise MethodError("Ranks and people are not of the same places.", todo="Give one of each for every place.")
    need: ByteArray = tercile(need_ranks)
    exclusion: ByteArray = tercile(exclusion_ranks)
    cell = np.where((need > 0) & (exclusion > 0), CLASSES * (need.astype(np.int64) - 1) + exclusion - 1, -1)
    is_placed = cell >= 0
    cells = CLASSES**2
    return Segments(
        cell=cell,
        places=np.bincount(cell[is_placed], minlength=cells),
        people=np.bincount(cell[is_placed], weights=population[is_placed], minlength=cells).astype(np.float64),
    )


def dominant_barrier(contributions: FloatArray, *, reference: FloatArray) -> IntArray:
    """Return which component pushes each place's score furthest above the reference, -1 where none does.

    Of components that push equally, the first is taken.

    Parameters
    ----------
    contributions
        Shape (n, c): points of the score by component; NaN where a component is missing.
    reference
        Shape (c,): the same for the middle place of England.
    """
    excess = np.nan_to_num(contributions - reference, nan=-np.inf)
    furthest = excess.argmax(axis=1)
    return np.where(excess.max(axis=1) > 0, furthest, NO_BARRIER)
