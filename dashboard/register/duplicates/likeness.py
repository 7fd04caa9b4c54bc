"""How alike pairs are, as numbers: one value that the comparison fills and the score reads."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
# A distance counts half at this many metres: two pins for one building are seldom further apart.
HALF_DISTANCE_M = 60.0


@dataclass(frozen=True)
class Likeness:
    """How alike pairs are, each an array with one number per pair.

    Parameters
    ----------
    names_set, names_whole, telling
        From 0 to 1: token-set likeness of the names, likeness of the names as wholes, and of their telling words.
    postcodes, phones, hosts, kinds
        1 the same, -1 different, 0 when one of the two does not say.
    unmatched
        From 0 to 1: how many words of either name neither the other name nor an address has, four or more being 1.
    numbers_differ
        1 when both names have numbers or single letters, and none in common.
    addresses
        From -1 to 1; 0 when one has no address.
    distance_m
        Metres; not a number when one has no point.
    """

    names_set: Floats
    names_whole: Floats
    telling: Floats
    postcodes: Floats
    phones: Floats
    hosts: Floats
    kinds: Floats
    unmatched: Floats
    numbers_differ: Floats
    addresses: Floats
    distance_m: Floats

    @property
    def nearness(self) -> Floats:
        """1 at the same point, 0 at half distance, down to -1; 0 when one has no point."""
        near = 2.0 * np.exp2(-self.distance_m / HALF_DISTANCE_M) - 1.0
        return np.where(np.isnan(self.distance_m), 0.0, near)


def keep_pairs(likeness: Likeness, kept: Booleans) -> Likeness:
    """Return the likeness of some of the pairs."""
    return Likeness(**{one.name: getattr(likeness, one.name)[kept] for one in fields(Likeness)})
