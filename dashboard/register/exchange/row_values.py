"""Cells as values: numbers, yes and no, ages, lists of terms, lines of an address."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from dashboard.register.exchange.sheet import is_blank
from dashboard.register.model import Availability, Precision
from dashboard.register.rules.limits import LONGEST_ADDRESS_LINE, MOST_ADDRESS_LINES
from dashboard.register.taxonomy import Taxonomy

_YES = frozenset({"yes", "y", "true", "1", "x", "free"})
_NO = frozenset({"no", "n", "false", "0", "not free", "paid"})
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:,\d{3})*(?:\.\d{1,15})?")


def number(text: str) -> float | None:
    """Return a number, or None when the text is none."""
    plain = text.strip()
    if not _NUMBER.fullmatch(plain):
        return None
    value = float(plain.replace(",", ""))
    return value if math.isfinite(value) else None


def age(text: str) -> int | None:
    """Return an age in whole years, or None."""
    value = number(text)
    return int(value) if value is not None else None


def yes_no(text: str) -> bool:
    """Return whether a cell says yes."""
    return text.strip().casefold() in _YES


def says_no(text: str) -> bool:
    """Return whether a cell says no."""
    return text.strip().casefold() in _NO


def availability(text: str) -> Availability | None:
    """Return whether it can take people now, or None."""
    plain = text.strip().casefold().replace(" ", "_")
    return Availability(plain) if plain in set(Availability) else None


def precision(text: str) -> Precision | None:
    """Return how closely a place may be shown, or None; our own export says “none” of what has no place."""
    plain = text.strip().casefold()
    if plain not in set(Precision):
        return None
    return Precision.ROUGH if plain == Precision.ROUGH else Precision.EXACT


def listed(text: str) -> list[str]:
    """Return the parts of a cell that holds several, however they are separated."""
    return [part.strip() for part in re.split(r"[;|\n]|,\s+", text) if part.strip()]


def terms(text: str, *, facet: str, taxonomy: Taxonomy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of the terms of a facet that a cell names by id or name, and the parts that are unknown."""
    if not text:
        return (), ()
    named = {term.name.casefold(): term.term_id for term in taxonomy.terms[facet].values()}
    found: list[str] = []
    unknown: list[str] = []
    for part in [text] if text.strip().casefold() in named else listed(text.replace(",", ", ")):
        term_id = part if taxonomy.has(facet, part) else named.get(part.casefold(), "")
        (found if term_id else unknown).append(term_id or part)
    return tuple(dict.fromkeys(found)), tuple(unknown)


def place_parts(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of an address, at commas and line breaks, none of them twice."""
    whole = "\n".join(texts)
    lines = [line.strip() for line in re.split(r",\s+|\n", whole)]
    kept = list(dict.fromkeys(line[:LONGEST_ADDRESS_LINE] for line in lines if line and not is_blank(line)))
    most = MOST_ADDRESS_LINES
    if len(kept) > most:
        kept = [*kept[: most - 1], ", ".join(kept[most - 1 :])[:LONGEST_ADDRESS_LINE]]
    return tuple(kept)
