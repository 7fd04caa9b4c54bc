"""The key figures of an area: which indicators, their words, and where the area lies among its like."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard import words
from dashboard.briefs.model.figures import Figure
from dashboard.briefs.rows import Row
from dashboard.joint_ranks import END_DECILES, END_PLACES, joint_end
from etl.methods.arrays import FloatArray

KEY_INDICATORS = (
    "imd_2025",
    "income_2025",
    "education_2025",
    "health_2025",
    "mental_health_2025",
    "patients_per_gp_2025",
    "share_75_plus_2021",
    "share_disabled_2021",
    "adult_skills_english_2025",
    "broadband_2025",
    "digital_exclusion_2025",
    "left_behind",
)
FEWEST = 6
NO_RANK = "not ranked"


def choose_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a profile that a brief shows: the key indicators, else the first that are ranked.

    Parameters
    ----------
    rows
        As `ProfileQuestions.profile` gives them.
    """
    by_id = {row["indicator_id"]: row for row in rows}
    chosen = [by_id[key] for key in KEY_INDICATORS if key in by_id]
    others = [row for row in rows if row["indicator_id"] not in KEY_INDICATORS and row["polarity"] != "neutral"]
    return chosen + others[: max(0, FEWEST - len(chosen))]


def make_figure(row: Mapping[str, Any], *, level_values: FloatArray, source: int, is_england: bool) -> Figure:
    """Return one figure in words.

    Parameters
    ----------
    row
        A row of `ProfileQuestions.profile`.
    level_values
        The indicator over all areas that it is set among, shape (n,), NaN where there is none.
    """
    value = _number(row["value"])
    # The only area of its level has a rank that says nothing.
    rank = _number(row["national_rank"]) if not is_england and row["ranked"] > 1 else None
    ranked = int(row["ranked"])
    joint = joint_end(rank, ranked=ranked, tied=int(np.count_nonzero(level_values == value)))
    return Figure(
        indicator_id=row["indicator_id"],
        name=row["name"],
        domain=row["domain"],
        unit=words.unit_beside(row["unit"]),
        period=row["period"],
        source=source,
        value=value,
        shown=_shown(row, "value"),
        national_rank=rank,
        ranked=ranked,
        rank_shown=joint or (words.rank(rank, ranked=ranked) if rank is not None else NO_RANK),
        decile=END_DECILES.get(joint, int(row["decile"])) if rank is not None else 0,
        worst_percent=words.standing_percent(rank, ranked=ranked) if rank is not None else 0,
        icb_value=_number(row["icb_value"]),
        icb_shown=_shown(row, "icb_value"),
        england_value=_number(row["england_value"]),
        england_shown=_shown(row, "england_value"),
        position=None
        if is_england
        else END_PLACES.get(
            joint, place_among(value, rank=rank, ranked=ranked, level=level_values, polarity=row["polarity"])
        ),
        caveat=row["caveat"],
    )


def place_among(
    value: float | None, *, rank: float | None, ranked: int, level: FloatArray, polarity: str
) -> float | None:
    """Return where an area lies among its like, 0 = best (or lowest) and 1 = worst (or highest).

    A ranked indicator goes by rank; any other by how many areas have a lower value, or a higher one if that is better.
    """
    if value is None:
        return None
    if rank is not None and ranked > 1:
        return 1 - (rank - 1) / (ranked - 1)
    present = level[~np.isnan(level)]
    if present.size < 2:  # noqa: PLR2004 - among nobody there is no place
        return None
    lower = np.count_nonzero(present < value) + (np.count_nonzero(present == value) - 1) / 2
    place = float(min(max(lower / (present.size - 1), 0.0), 1.0))
    return 1 - place if polarity == "higher_is_better" else place


def _number(cell: object) -> float | None:
    number = float(cell)  # type: ignore[arg-type]
    return None if math.isnan(number) else number


def _shown(row: Mapping[str, Any], key: str) -> str:
    return words.value(float(row[key]), unit=row["unit"], decimals=int(row["decimals"]))
