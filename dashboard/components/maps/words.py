"""Figures of a hover card, as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.words import rank, value


def describe_value(row: Mapping[str, Any], *, ranked: int) -> dict[str, str]:
    """Return an indicator's name, its value and its rank in words.

    Parameters
    ----------
    row
        Name, unit, decimals, value and national_rank of one indicator in one area.
    ranked
        How many areas of the level have a rank on it.
    """
    shown = value(row["value"], unit=row["unit"], decimals=row["decimals"])
    return {"name": str(row["name"]), "value": shown, "rank": rank_in_words(row["national_rank"], ranked=ranked)}


def rank_in_words(national_rank: float | None, *, ranked: int) -> str:
    """Return a rank in words, as pages say it; empty when there is none."""
    return "" if national_rank is None else f"rank {rank(national_rank, ranked=ranked)}, where 1 is worst"
