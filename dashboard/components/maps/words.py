"""Figures of a hover card, as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PERCENT_UNITS = frozenset({"%", "percent", "per cent"})


def describe_value(row: Mapping[str, Any], *, areas: int) -> dict[str, str]:
    """Return an indicator's name, its value and its rank in words.

    Parameters
    ----------
    row
        Name, unit, decimals, value and national_rank of one indicator in one area.
    areas
        How many areas of the level there are.
    """
    value = f"{row['value']:,.{row['decimals']}f}"
    shown = f"{value}%" if row["unit"] in PERCENT_UNITS else value
    return {"name": str(row["name"]), "value": shown, "rank": rank_in_words(row["national_rank"], areas=areas)}


def rank_in_words(rank: float | None, *, areas: int) -> str:
    """Return a rank in words, where 1 is worst and a mean rank of ties is rounded; empty when there is none."""
    return "" if rank is None else f"rank {round(rank):,} of {areas:,}, where 1 is worst"
