"""How alike two assets are, as numbers, for many pairs at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from dashboard.register.duplicates.likeness import Floats, Likeness
from dashboard.register.duplicates.names import normal_name
from dashboard.register.duplicates.traits import Traits

# Two words this alike (of 100) are one word with a slip of the pen.
_SLIP = 75.0
_SHORTEST_SLIP = 3
# A letter apart, and yet never one for the other.
_OPPOSITES = frozenset({"north", "south", "east", "west", "upper", "lower", "boys", "girls", "men", "women"})
_MANY_WORDS = 4


def compare(left: Sequence[Traits], right: Sequence[Traits]) -> Likeness:
    """Return how alike the first of the left is to the first of the right, and so on."""
    names = [one.name for one in left], [one.name for one in right]
    names_set = alike(*names, scorer=fuzz.token_set_ratio)
    telling = alike([one.telling for one in left], [one.telling for one in right], scorer=fuzz.ratio)
    return Likeness(
        names_set=names_set,
        names_whole=alike(*names, scorer=fuzz.ratio),
        unmatched=_unmatched(left, right),
        telling=telling,
        postcodes=same([one.postcode for one in left], [one.postcode for one in right]),
        phones=share([one.phones for one in left], [one.phones for one in right]),
        hosts=same([one.host for one in left], [one.host for one in right]),
        kinds=same([one.kind for one in left], [one.kind for one in right]),
        numbers_differ=numbers_differ(left, right),
        addresses=_addresses([_address(one.address) for one in left], [_address(one.address) for one in right]),
        distance_m=_distances(left, right),
    )


def alike(left: list[str], right: list[str], *, scorer: Callable[..., float]) -> Floats:
    """Return how alike texts are, from 0 to 1, as a scorer of rapidfuzz has it."""
    scores = cpdist(left, right, scorer=scorer, dtype=np.float32)
    return scores.astype(np.float64) / 100.0


def same(left: list[str], right: list[str]) -> Floats:
    """Return 1 where two say the same, -1 where they differ, 0 where one says nothing."""
    return np.array([_sign(a and b, a == b) for a, b in zip(left, right, strict=True)], dtype=float)


def share(left: list[frozenset[str]], right: list[frozenset[str]]) -> Floats:
    """Return 1 where two have something in common, -1 where they have not, 0 where one has nothing."""
    return np.array([_sign(a and b, not a.isdisjoint(b)) for a, b in zip(left, right, strict=True)], dtype=float)


def numbers_differ(left: Sequence[Traits], right: Sequence[Traits]) -> Floats:
    """Return 1 where both names have numbers, and none in common."""
    return np.array([_have_other_numbers(a, b) for a, b in zip(left, right, strict=True)], dtype=float)


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


@lru_cache(maxsize=200_000)
def _address(written: str) -> str:
    return normal_name(written)


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_SLIP or not (one.isalpha() and other.isalpha()):
        return False
    return fuzz.ratio(one, other) >= _SLIP and not (one in _OPPOSITES and other in _OPPOSITES)


def _have_other_numbers(one: Traits, other: Traits) -> bool:
    return bool(one.numbers and other.numbers) and one.numbers.isdisjoint(other.numbers)


def _sign(is_said: object, is_same: bool) -> int:  # noqa: FBT001
    if not is_said:
        return 0
    return 1 if is_same else -1


def _addresses(left: list[str], right: list[str]) -> Floats:
    said = np.array([bool(a and b) for a, b in zip(left, right, strict=True)], dtype=bool)
    return np.where(said, 2.0 * alike(left, right, scorer=fuzz.token_set_ratio) - 1.0, 0.0)


def _distances(left: Sequence[Traits], right: Sequence[Traits]) -> Floats:
    apart = np.array(
        [(a.easting - b.easting, a.northing - b.northing) for a, b in zip(left, right, strict=True)], dtype=float
    ).reshape(-1, 2)
    distances: Floats = np.hypot(apart[:, 0], apart[:, 1])
    return distances
