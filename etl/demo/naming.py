"""Names for made-up places: put together from word lists, each used once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

ADDED = ("North", "South", "East", "West", "Upper", "Lower", "Old", "New")
NAMED_QUARTERS = ("city", "port", "seaside", "pit")


class Names:
    """Draws names by chance and never gives the same one twice."""

    def __init__(self, *, words: dict[str, Any], rng: np.random.Generator) -> None:
        self._taken: set[str] = set()
        self._joint: set[str] = set()
        self._villages = _shuffled(words["villages"], rng, joint="")
        self._quarters = {kind: _shuffled(words["quarters"][kind], rng, joint=" ") for kind in NAMED_QUARTERS}
        self._town_ends: list[str] = words["quarters"]["town"]["last"]

    def village(self) -> str:
        """Return the name of a village."""
        return self.claim(next(self._villages))

    def quarter(self, *, kind: str, town: str) -> str:
        """Return the name of a part of a town: by its trades in a city or port, by its own name elsewhere."""
        if kind in self._quarters:
            return self.claim(next(self._quarters[kind]))
        return self.claim(next(name for end in self._town_ends if (name := f"{town} {end}") not in self._taken))

    def claim(self, name: str) -> str:
        """Return a name that nobody has yet, with a word before it where the plain one is taken."""
        free = next(one for one in (name, *(f"{added} {name}" for added in ADDED)) if one not in self._taken)
        self._taken.add(free)
        return free

    def of_country(self, *, villages: list[str]) -> str:
        """Return a name for a stretch of country: its villages, or one more name when it has none."""
        joint = " & ".join(sorted(villages))
        if not joint or joint in self._joint:
            return self.village()
        self._joint.add(joint)
        return joint


def _shuffled(words: dict[str, list[str]], rng: np.random.Generator, *, joint: str) -> Iterator[str]:
    both = [first + joint + last for first, last in product(words["first"], words["last"])]
    return iter([both[place] for place in rng.permutation(len(both))])
