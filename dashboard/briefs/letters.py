"""Letters that files cannot hold or that would mislead, and which way words run. Pure."""

from __future__ import annotations

import unicodedata

# Left-to-right and right-to-left override: they would show the words after them backwards.
OVERRIDES = frozenset("\u202d\u202e")


def is_right_to_left(words: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    sides = (unicodedata.bidirectional(letter) for letter in words)
    return next((side in {"R", "AL"} for side in sides if side in {"L", "R", "AL"}), False)


def printable(words: str) -> str:
    """Return words without what XML cannot hold and without letters that turn others round."""
    return "".join(letter for letter in words if letter in "\n\t" or not _is_unsafe(letter))


def _is_unsafe(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cs", "Cn"} or letter in OVERRIDES
