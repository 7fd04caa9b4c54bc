"""Figures of a hover card, as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.components.maps.view import Layer

LAYER_PLURALS: dict[Layer, str] = {
    "icb": "integrated care boards",
    "sicbl": "sub-ICB locations",
    "lad": "local authority districts",
    "ward": "wards",
    "msoa": "middle-layer areas",
    "lsoa": "neighbourhoods",
}


def describe_value(row: Mapping[str, Any], *, layer: Layer) -> dict[str, str]:
    """Return an indicator's name, its value and its rank in words.

    Parameters
    ----------
    row
        Name, unit, decimals, value and national_rank of one indicator in one area.
    layer
        The area's level, for “of 33,755 neighbourhoods”-like words.
    """
    value = f"{row['value']:,.{row['decimals']}f}"
    unit = str(row["unit"])
    shown = f"{value}%" if unit in {"%", "percent", "per cent"} else value
    rank = row["national_rank"]
    where = f"{rank_in_words(float(rank))} of England’s {LAYER_PLURALS[layer]}" if rank is not None else ""
    return {"name": str(row["name"]), "value": shown, "rank": where}


def rank_in_words(rank: float) -> str:
    """Return a rank where 1 is the worst, in words; ties share their mean rank, which is rounded."""
    whole = round(rank)
    if whole <= 1:
        return "worst"
    return f"{whole:,}{_ordinal_ending(whole)} worst"


def _ordinal_ending(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
