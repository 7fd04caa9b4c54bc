"""How somebody is told how far something is."""

from __future__ import annotations

from collections.abc import Callable

# Told how many are done, of how many.
Progress = Callable[[int, int], None]


def say_nothing(_done: int, _of: int) -> None:
    """Take in how far it is, for whoever does not ask."""
