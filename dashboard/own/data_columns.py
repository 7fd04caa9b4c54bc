"""What the columns of a table that an analyst brings are: codes of which kind of place, and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.own.data_reading import NOTHING, Uploaded, number_of
from dashboard.questions.places import read_postcode

Geography = Literal["lsoa", "ward", "practice", "postcode"]
GEOGRAPHIES: dict[Geography, str] = {
    "lsoa": "Neighbourhoods (LSOAs)",
    "ward": "Wards",
    "practice": "GP practices",
    "postcode": "Postcodes",
}
# So much of a column must look like a code or a number for it to be offered as one.
MOSTLY = 0.8
SAMPLE = 1_000
_LSOA = re.compile(r"E01\d{6}")
_WARD = re.compile(r"E05\d{6}")
_PRACTICE = re.compile(r"[A-HJ-NPV-Y]\d{5}")
_IS: dict[Geography, Callable[[str], bool]] = {
    "lsoa": lambda text: bool(_LSOA.fullmatch(text)),
    "ward": lambda text: bool(_WARD.fullmatch(text)),
    "practice": lambda text: bool(_PRACTICE.fullmatch(text)),
    "postcode": lambda text: read_postcode(text) is not None,
}


@dataclass(frozen=True)
class CodeColumn:
    """A column that holds codes: its heading, and of what they are."""

    heading: str
    geography: Geography


@dataclass(frozen=True)
class Recognised:
    """What the columns of a table look like: which hold codes, the likeliest first, and which hold numbers."""

    codes: tuple[CodeColumn, ...]
    numbers: tuple[str, ...]


def recognise(table: Uploaded) -> Recognised | None:
    """Return which columns hold codes, of what, and which hold numbers; None when no column holds codes."""
    found: list[tuple[float, CodeColumn]] = []
    for heading in table.headings:
        sample = [text.upper() for text in table.column(heading)[:SAMPLE] if text]
        for geography, is_one in _IS.items():
            share = sum(map(is_one, sample)) / len(sample) if sample else 0.0
            if share >= MOSTLY:
                found.append((share, CodeColumn(heading, geography)))
    if not found:
        return None
    codes = tuple(column for _, column in sorted(found, key=lambda one: -one[0]))
    hold_codes = {column.heading for column in codes}
    numbers = tuple(name for name in table.headings if name not in hold_codes and _is_numbers(table.column(name)))
    return Recognised(codes, numbers)


def tidy_codes(texts: Sequence[str], *, geography: Geography) -> list[str]:
    """Return codes as they are kept: in capitals, postcodes with one space; empty where a cell holds none."""
    if geography == "postcode":
        return [read_postcode(text) or "" for text in texts]
    return [text.upper() if _IS[geography](text.upper()) else "" for text in texts]


def _is_numbers(texts: Sequence[str]) -> bool:
    sample = [text for text in texts[:SAMPLE] if text.lower() not in NOTHING]
    return bool(sample) and sum(number_of(text) is not None for text in sample) / len(sample) >= MOSTLY
