"""How alike pairs could be at most, told by what is quick to look at: most pairs need no closer look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from dashboard.register.duplicates.comparing import alike, numbers_differ, same, share
from dashboard.register.duplicates.likeness import Booleans, Floats, Likeness
from dashboard.register.duplicates.traits import Traits

# Pairs whose names are less alike than this, both ways, are not looked at: the answer is no, and it takes long.
_TELLING_ALIKE, _NAMES_ALIKE = 0.45, 0.75


@dataclass(frozen=True)
class Facts:
    """What is told of assets in single values, as arrays: very many pairs are compared by them in no time.

    Parameters
    ----------
    postcodes, kinds
        Shape (n,); empty where nothing is told.
    points
        Easting and northing in metres, shape (n, 2).
    """

    postcodes: NDArray[np.str_]
    kinds: NDArray[np.str_]
    points: Floats

    @classmethod
    def of(cls, traits: Sequence[Traits]) -> Facts:
        """Return the facts of assets."""
        points = np.array([(one.easting, one.northing) for one in traits], dtype=float).reshape(-1, 2)
        postcodes = np.array([one.postcode for one in traits], dtype=np.str_)
        return cls(postcodes, np.array([one.kind for one in traits], dtype=np.str_), points)


def compare_facts(left: Facts, right: Facts, *, pairs: NDArray[np.int64]) -> Likeness:
    """Return how alike pairs would be if all but their facts were as alike as can be: a bound from above."""
    here, there = pairs[:, 0], pairs[:, 1]
    ones, none = np.ones(len(pairs)), np.zeros(len(pairs))
    apart = left.points[here] - right.points[there]
    return Likeness(
        names_set=ones, names_whole=ones, telling=ones, phones=ones, hosts=ones, addresses=ones,
        unmatched=none, numbers_differ=none,
        postcodes=_signs(left.postcodes[here], right.postcodes[there]),
        kinds=_signs(left.kinds[here], right.kinds[there]),
        distance_m=np.hypot(apart[:, 0], apart[:, 1]),
    )  # fmt: skip


def with_names(bound: Likeness, left: Sequence[Traits], right: Sequence[Traits]) -> Likeness:
    """Return a bound from above that knows how alike the names are."""
    names = [one.name for one in left], [one.name for one in right]
    telling = [one.telling for one in left], [one.telling for one in right]
    return replace(
        bound,
        names_set=alike(*names, scorer=fuzz.token_set_ratio),
        names_whole=alike(*names, scorer=fuzz.ratio),
        telling=alike(*telling, scorer=fuzz.ratio),
    )


def with_details(bound: Likeness, left: Sequence[Traits], right: Sequence[Traits]) -> Likeness:
    """Return a bound from above that knows of telephones, websites and numbers in names too, but not of words."""
    return replace(
        bound,
        phones=share([one.phones for one in left], [one.phones for one in right]),
        hosts=same([one.host for one in left], [one.host for one in right]),
        numbers_differ=numbers_differ(left, right),
    )


def may_be_same(likeness: Likeness) -> Booleans:
    """Return, for each pair, whether the names have enough in common to look closer."""
    return (likeness.telling >= _TELLING_ALIKE) | (likeness.names_set >= _NAMES_ALIKE)


def _signs(left: NDArray[np.str_], right: NDArray[np.str_]) -> Floats:
    is_said = (left != "") & (right != "")
    return np.where(is_said, np.where(left == right, 1.0, -1.0), 0.0)
