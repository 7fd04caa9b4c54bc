"""How somebody is told how far something is."""

from __future__ import annotations

from collections.abc import Callable

# Told how many are done, of how many.
Progress = Callable[[int, int], None]
# As many are written between two tellings: many enough that one statement for all of them pays.
AT_ONCE = 250


def say_nothing(_done: int, _of: int) -> None:
    """Take in how far it is, for whoever does not ask."""
