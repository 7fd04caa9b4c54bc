"""What a cell of a brought table says: a number, a number that its publisher left out, or the code of a place."""

from __future__ import annotations

import math
import re
from typing import Literal

from dashboard.questions.places import read_postcode

Geography = Literal["lsoa", "ward", "practice", "postcode"]
GEOGRAPHIES: dict[Geography, str] = {
    "lsoa": "Neighbourhoods (LSOAs)",
    "ward": "Wards",
    "practice": "GP practices",
    "postcode": "Postcodes",
}
# What publishers write where they leave a number out; those of the Government Analysis Function are in brackets.
_NOTHING = frozenset(
    {"", "-", "\u2013", "\u2014", "*", "..", ":", "c", "z", "x", "n/a", "#n/a", "na", "nan", "null", "none"}
    | {"suppressed", "[c]", "[low]", "[u]", "[w]", "[x]", "[z]"}
)  # fmt: skip
_FEWER_THAN = re.compile(r"(<|≤|(fewer|less) than )\s*\d+")
_SPACE = "\u0020\u00a0\u2009\u202f"
_THOUSANDS = re.compile(rf"[+-]?[1-9]\d{{0,2}}([,{_SPACE}]\d{{3}})+(\.\d+)?")
_PATTERNS: dict[Geography, re.Pattern[str]] = {
    "lsoa": re.compile(r"E01\d{6}"),
    "ward": re.compile(r"E05\d{6}"),
    "practice": re.compile(r"[A-HJ-NPV-Y]\d{5}"),
}


def is_left_out(text: str) -> bool:
    """Return whether a cell says that there is no number, or only that it is a small one."""
    return text.casefold() in _NOTHING or _FEWER_THAN.fullmatch(text.casefold()) is not None


def number_of(text: str) -> float | None:
    """Return what a cell says as a number; None when it is none.

    Commas and spaces part thousands and nothing else: 12,3 is no number, for whether it is 12.3 or 123 is a guess.
    """
    bare = text.replace("\u2212", "-").removeprefix("£").removesuffix("%").strip(_SPACE)
    if _THOUSANDS.fullmatch(bare):
        bare = re.sub(rf"[,{_SPACE}]", "", bare)
    try:
        number = float(bare)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def is_code(text: str, *, geography: Geography) -> bool:
    """Return whether a cell holds a code of a kind of place."""
    return bool(tidy_code(text, geography=geography))


def tidy_code(text: str, *, geography: Geography) -> str:
    """Return a code as it is kept: in capitals, a postcode with one space; empty where a cell holds none."""
    if geography == "postcode":
        return read_postcode(text) or ""
    bare = re.sub(r"\s", "", text).upper()
    return bare if _PATTERNS[geography].fullmatch(bare) else ""


def holds_place(text: str) -> bool:
    """Return whether a cell holds a code of any kind of place."""
    return any(is_code(text, geography=geography) for geography in GEOGRAPHIES)
