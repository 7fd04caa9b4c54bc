"""Need and digital exclusion on one map: three classes of each, nine together, with words for them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import ByteArray, FloatArray
from etl.methods.ranking import tercile

THIRDS = ("high", "middling", "low")


@dataclass(frozen=True)
class BivariateClass:
    """One of the nine classes.

    Parameters
    ----------
    class_id
        1 to 9: 3·(need third - 1) + exclusion third, so 1 is worst on both and 9 best on both.
    need, exclusion
        Third of each, 1 = worst.
    words
        What the class says, for the legend and the table.
    """

    class_id: int
    need: int
    exclusion: int
    words: str


def _describe(need: int, exclusion: int) -> str:
    if need == exclusion:
        return f"{THIRDS[need - 1].capitalize()} need and {THIRDS[exclusion - 1]} digital exclusion"
    return f"{THIRDS[need - 1].capitalize()} need, {THIRDS[exclusion - 1]} digital exclusion"


BIVARIATE_CLASSES: tuple[BivariateClass, ...] = tuple(
    BivariateClass(3 * (need - 1) + exclusion, need, exclusion, _describe(need, exclusion))
    for need in (1, 2, 3)
    for exclusion in (1, 2, 3)
)


def classify_bivariate(*, need_ranks: FloatArray, exclusion_ranks: FloatArray) -> ByteArray:
    """Return each place's class of need and digital exclusion.

    Thirds go by national rank, so each third of either holds a third of England's neighbourhoods; the nine classes
    do not hold a ninth each, and how far they are from it is what the map shows.

    Parameters
    ----------
    need_ranks, exclusion_ranks
        Shape (n,): ranks, 1 = worst; NaN where there is none.

    Returns
    -------
    classes
        Shape (n,): 1 to 9, and 0 where either rank is missing.
    """
    need = tercile(need_ranks)
    exclusion = tercile(exclusion_ranks)
    classes: ByteArray = np.where((need > 0) & (exclusion > 0), 3 * (need - 1) + exclusion, 0).astype(np.uint8)
    return classes
