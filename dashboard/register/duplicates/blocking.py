"""Which pairs are worth a look: within 250 m, or with the same postcode, telephone number or web host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from dashboard.register.duplicates.traits import Traits

NEAR_M = 250.0
# A council's host is on hundreds of entries: sharing it says little, and the pairs would be too many to compare.
MOST_SHARING = 200

Pairs = NDArray[np.int64]


class Blocks:
    """Assets by where they are and how they are reached.

    Parameters
    ----------
    traits
        What of each asset is compared; pairs refer to its order.
    """

    def __init__(self, traits: Sequence[Traits]) -> None:
        points = np.array([(one.easting, one.northing) for one in traits], dtype=float).reshape(-1, 2)
        self._placed = np.flatnonzero(np.isfinite(points[:, 0]))
        self._tree = cKDTree(points[self._placed]) if self._placed.size else None
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(traits):
            for key in keys_of(one):
                self._by_key[key].append(at)

    def pairs(self, incoming: Sequence[Traits]) -> Pairs:
        """Return pairs worth a look, each once, shape (n, 2): which of the incoming, which of these."""
        found = [self._near(incoming), self._sharing(incoming)]
        joined = np.concatenate([one for one in found if one.size] or [np.empty((0, 2), dtype=np.int64)])
        return np.unique(joined, axis=0)

    def _near(self, incoming: Sequence[Traits]) -> Pairs:
        points = np.array([(one.easting, one.northing) for one in incoming], dtype=float).reshape(-1, 2)
        placed = np.flatnonzero(np.isfinite(points[:, 0]))
        if self._tree is None or not placed.size:
            return np.empty((0, 2), dtype=np.int64)
        near = cKDTree(points[placed]).sparse_distance_matrix(self._tree, NEAR_M, output_type="ndarray")
        return np.column_stack([placed[near["i"]], self._placed[near["j"]]]).astype(np.int64)

    def _sharing(self, incoming: Sequence[Traits]) -> Pairs:
        pairs = [
            (at, other)
            for at, one in enumerate(incoming)
            for key in keys_of(one)
            if len(sharing := self._by_key.get(key, ())) <= MOST_SHARING
            for other in sharing
        ]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def keys_of(traits: Traits) -> Iterable[str]:
    """Return what two assets may share that makes them worth a look."""
    if traits.postcode:
        yield f"postcode {traits.postcode}"
    if traits.host:
        yield f"host {traits.host}"
    for phone in traits.phones:
        yield f"phone {phone}"
