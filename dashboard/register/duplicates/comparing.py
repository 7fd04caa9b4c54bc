"""How alike two assets are, as numbers, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from dashboard.register.duplicates.names import normal_name
from dashboard.register.duplicates.traits import Traits

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
# A distance counts half at this many metres: two pins for one building are seldom further apart.
HALF_DISTANCE_M = 60.0
# Two words this alike (of 100) are one word with a slip of the pen.
_SLIP = 75.0
_SHORTEST_SLIP = 3
# A letter apart, and yet never one for the other.
_OPPOSITES = frozenset({"north", "south", "east", "west", "upper", "lower", "boys", "girls", "men", "women"})
_MANY_WORDS = 4
# Pairs whose names are less alike than this, both ways, are not looked at: the answer is no, and it takes long.
_TELLING_ALIKE, _NAMES_ALIKE = 0.45, 0.75


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
        names_set=_alike(*names, scorer=fuzz.token_set_ratio),
        names_whole=_alike(*names, scorer=fuzz.ratio),
        telling=_alike(*telling, scorer=fuzz.ratio),
    )


def with_details(bound: Likeness, left: Sequence[Traits], right: Sequence[Traits]) -> Likeness:
    """Return a bound from above that knows of telephones, websites and numbers in names too, but not of words."""
    return replace(
        bound,
        phones=_share([one.phones for one in left], [one.phones for one in right]),
        hosts=_same([one.host for one in left], [one.host for one in right]),
        numbers_differ=np.array([_numbers_differ(a, b) for a, b in zip(left, right, strict=True)], dtype=float),
    )


def keep_pairs(likeness: Likeness, kept: Booleans) -> Likeness:
    """Return the likeness of some of the pairs."""
    return Likeness(**{one.name: getattr(likeness, one.name)[kept] for one in fields(Likeness)})


def may_be_same(likeness: Likeness) -> Booleans:
    """Return, for each pair, whether the names have enough in common to look closer."""
    return (likeness.telling >= _TELLING_ALIKE) | (likeness.names_set >= _NAMES_ALIKE)


def compare(left: Sequence[Traits], right: Sequence[Traits]) -> Likeness:
    """Return how alike the first of the left is to the first of the right, and so on."""
    names = [one.name for one in left], [one.name for one in right]
    names_set = _alike(*names, scorer=fuzz.token_set_ratio)
    telling = _alike([one.telling for one in left], [one.telling for one in right], scorer=fuzz.ratio)
    return Likeness(
        names_set=names_set,
        names_whole=_alike(*names, scorer=fuzz.ratio),
        unmatched=_unmatched(left, right),
        telling=telling,
        postcodes=_same([one.postcode for one in left], [one.postcode for one in right]),
        phones=_share([one.phones for one in left], [one.phones for one in right]),
        hosts=_same([one.host for one in left], [one.host for one in right]),
        kinds=_same([one.kind for one in left], [one.kind for one in right]),
        numbers_differ=np.array([_numbers_differ(a, b) for a, b in zip(left, right, strict=True)], dtype=float),
        addresses=_addresses([_address(one.address) for one in left], [_address(one.address) for one in right]),
        distance_m=_distances(left, right),
    )


def _alike(left: list[str], right: list[str], *, scorer: Callable[..., float]) -> Floats:
    scores = cpdist(left, right, scorer=scorer, dtype=np.float32)
    return scores.astype(np.float64) / 100.0


@lru_cache(maxsize=200_000)
def _address(written: str) -> str:
    return normal_name(written)


def _numbers_differ(one: Traits, other: Traits) -> bool:
    return bool(one.numbers and other.numbers) and one.numbers.isdisjoint(other.numbers)


def _unmatched(left: Sequence[Traits], right: Sequence[Traits]) -> Floats:
    return np.array([_left_over(a, b) for a, b in zip(left, right, strict=True)], dtype=float)


def _left_over(one: Traits, other: Traits) -> float:
    here, there = one.words - other.words, other.words - one.words
    if not here and not there:
        return 0.0
    near = {(a, b) for a in here for b in there if _is_slip(a, b)}
    here, there = here - {a for a, _ in near}, there - {b for _, b in near}
    addresses = {*_address(one.address).split(), *_address(other.address).split()}
    return min(len((here | there) - addresses), _MANY_WORDS) / _MANY_WORDS


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_SLIP or not (one.isalpha() and other.isalpha()):
        return False
    return fuzz.ratio(one, other) >= _SLIP and not (one in _OPPOSITES and other in _OPPOSITES)


def _same(left: list[str], right: list[str]) -> Floats:
    return np.array([_sign(a and b, a == b) for a, b in zip(left, right, strict=True)], dtype=float)


def _share(left: list[frozenset[str]], right: list[frozenset[str]]) -> Floats:
    return np.array([_sign(a and b, not a.isdisjoint(b)) for a, b in zip(left, right, strict=True)], dtype=float)


def _signs(left: NDArray[np.str_], right: NDArray[np.str_]) -> Floats:
    is_said = (left != "") & (right != "")
    return np.where(is_said, np.where(left == right, 1.0, -1.0), 0.0)


def _sign(is_said: object, is_same: bool) -> int:  # noqa: FBT001
    if not is_said:
        return 0
    return 1 if is_same else -1


def _addresses(left: list[str], right: list[str]) -> Floats:
    said = np.array([bool(a and b) for a, b in zip(left, right, strict=True)], dtype=bool)
    return np.where(said, 2.0 * _alike(left, right, scorer=fuzz.token_set_ratio) - 1.0, 0.0)


def _distances(left: Sequence[Traits], right: Sequence[Traits]) -> Floats:
    apart = np.array(
        [(a.easting - b.easting, a.northing - b.northing) for a, b in zip(left, right, strict=True)], dtype=float
    ).reshape(-1, 2)
    distances: Floats = np.hypot(apart[:, 0], apart[:, 1])
    return distances
