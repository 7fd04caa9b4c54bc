"""What is left of a text, or of a record, when words are taken out of it that somebody has a right to have erased."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.rules.text import clean_line

ERASED = "(removed)"
_SHORTEST = 3
# Fields whose text has a form of its own: with a part of it gone, the rest says nothing.
_ALL_OR_NOTHING = frozenset({"website", "opening_hours", "source_ref"})


def erasing_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds words, in letters of any size and with any space between them.

    Raises
    ------
    InvalidEntryError
        If a word is shorter than three characters: far too much would go.
    """
    cleaned = [clean_line(word) for word in words]
    if not cleaned or any(len(word) < _SHORTEST for word in cleaned):
        message = f"Give the words to remove, each at least {_SHORTEST} characters long."
        raise InvalidEntryError((Problem("words", message),))
    longest_first = sorted(cleaned, key=len, reverse=True)
    return re.compile("|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first), re.IGNORECASE)


def without(value: Any, pattern: re.Pattern[str], name: str = "") -> Any:  # noqa: ANN401
    """Return a JSON value without the words; a contact that holds one is left out."""
    if isinstance(value, str):
        return without_text(name, value, pattern)
    if isinstance(value, list):
        kept = [one for one in value if not (name == "contacts" and _holds(one, pattern))]
        return [without(one, pattern, name) for one in kept]
    if isinstance(value, dict):
        return {key: without(one, pattern, key) for key, one in value.items()}
    return value


def without_text(name: str, value: str, pattern: re.Pattern[str]) -> str:
    """Return a field's text without the words."""
    return "" if name in _ALL_OR_NOTHING and pattern.search(value) else pattern.sub(ERASED, value)


def _holds(contact: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    return any(isinstance(one, str) and pattern.search(one) for one in contact.values())
