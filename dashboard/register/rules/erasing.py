"""What is left of a text, or of a record, when words are taken out of it that somebody has a right to have erased."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.rules.text import clean_line
from dashboard.register.taxonomy import FACET_OF_FIELD

ERASED = "(removed)"
_SHORTEST = 3
# Fields whose text has a form of its own: with a part of it gone, the rest says nothing.
_ALL_OR_NOTHING = frozenset({"website", "opening_hours", "source_ref", "postcode"})
# Fields that hold a choice of ours, a code, an id or a day: nobody's words, though a name may be part of one (“Faith”).
_NOBODYS_WORDS = frozenset(
    {*FACET_OF_FIELD, "availability", "precision", "audience", "service_areas", "lsoa21_code", "area_code"}
    | {"asset_id", "story_id", "confirmed_on", "next_check_due", "recorded_on", "until", "kept", "other"}
)


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
    """Return a JSON value without the words; a contact that holds one is left out, a choice of ours stays."""
    if name in _NOBODYS_WORDS:
        return value
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
    words = (one for name, one in contact.items() if name not in _NOBODYS_WORDS)
    return any(isinstance(one, str) and pattern.search(one) for one in words)
