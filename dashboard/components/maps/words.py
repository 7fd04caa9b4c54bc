"""Figures of a hover card, as a person says them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.joint_ranks import joint_end
from dashboard.words import rank, value


def describe_value(row: Mapping[str, Any], *, ranked: int, tied: int = 1) -> dict[str, str]:
    """Return an indicator's name, its value and its rank in words.

    Parameters
    ----------
    row
        Name, unit, decimals, value and national_rank of one indicator in one area.
    ranked, tied
        How many areas of the level have a rank on it, and how many of them the same value.
    """
    shown = value(row["value"], unit=row["unit"], decimals=row["decimals"])
    return {
        "name": str(row["name"]),
        "value": shown,
        "rank": rank_in_words(row["national_rank"], ranked=ranked, tied=tied),
    }


def rank_in_words(national_rank: float | None, *, ranked: int, tied: int = 1) -> str:
    """Return a rank in words, as pages say it; empty when there is none."""
    if national_rank is None:
        return ""
    joint = joint_end(national_rank, ranked=ranked, tied=tied)
    return joint or f"rank {rank(national_rank, ranked=ranked)}, where 1 is worst"
