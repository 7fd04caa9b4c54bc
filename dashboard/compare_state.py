"""Which areas are compared, as an address carries it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.state import AREA_CODE, read_code

MOST_AREAS = 5
AREAS, ABOUT = "areas", "about"


def read_compared(query: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of the areas that an address names, each once, five at most."""
    return _codes(query)[:MOST_AREAS]


def names_too_many(query: Mapping[str, str]) -> bool:
    """Return whether an address names more areas than stand side by side."""
    return len(_codes(query)) > MOST_AREAS


def write_compared(codes: tuple[str, ...], *, about: str = "") -> dict[str, str]:
    """Return the query parameters of a comparison."""
    written = {AREAS: ",".join(codes), ABOUT: about}
    return {name: text for name, text in written.items() if text}


def _codes(query: Mapping[str, str]) -> tuple[str, ...]:
    codes = [read_code(text) for text in query.get(AREAS, "").split(",")]
    return tuple(code for code in dict.fromkeys(codes) if AREA_CODE.fullmatch(code))
