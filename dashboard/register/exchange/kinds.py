"""The kind of an asset from the words of other lists and from the tags of OpenStreetMap."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from dashboard.register.taxonomy import TAXONOMY_DIR, Taxonomy


def kind_of_words(words: str, *, taxonomy: Taxonomy) -> str:
    """Return the kind that words tell, or nothing: its id or name, or else the longest beginning of a word known."""
    plain = re.sub(r"[\s_/|]+", " ", words.casefold()).strip()
    named = {term.name.casefold(): term.term_id for term in taxonomy.choices("kinds")}
    if taxonomy.has("kinds", words.strip()):
        return words.strip()
    if plain in named:
        return named[plain]
    found = _pattern().findall(plain)
    return _kind_of_beginning()[max(found, key=len)] if found else ""


@cache
def _kind_of_beginning() -> dict[str, str]:
    told = tomllib.loads((TAXONOMY_DIR / "kind_mapping.toml").read_text(encoding="utf-8"))
    return {beginning.replace("_", " "): kind for kind, known in told.items() for beginning in known}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_kind_of_beginning(), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})")
