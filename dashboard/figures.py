"""Figures laid out for drawing: pure sums over what the repository answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from dashboard.questions.profile import Distribution

# How much of its row a histogram fills.
FILLED = 0.82


def make_bars(figures: pd.DataFrame, spreads: Mapping[str, Distribution | None]) -> pd.DataFrame:
    """Return the bars of one small histogram per indicator.

    Parameters
    ----------
    figures
        One row per indicator: indicator_id, polarity, value.

    Returns
    -------
    bars
        row, start, end, base, top: `start` and `end` run from 0 (better, or lower) to 1 (worse, or higher).
    """
    rows, starts, ends, tops = [], [], [], []
    for row, (_, polarity, spread) in enumerate(_drawn(figures, spreads)):
        bins = len(spread.share)
        edges = np.linspace(0.0, 1.0, bins + 1)
        share = spread.share[::-1] if polarity == "higher_is_better" else spread.share
        rows.append(np.full(bins, row))
        starts.append(edges[:-1])
        ends.append(edges[1:])
        tops.append(row + 1 - FILLED * share / share.max())
    if not rows:
        return pd.DataFrame(columns=["row", "start", "end", "base", "top"])
    row_of_bin = np.concatenate(rows)
    sides = {"start": np.concatenate(starts), "end": np.concatenate(ends)}
    return pd.DataFrame({"row": row_of_bin, **sides, "base": row_of_bin + 1.0, "top": np.concatenate(tops)})


def make_marks(figures: pd.DataFrame, spreads: Mapping[str, Distribution | None]) -> pd.DataFrame:
    """Return where this place and England stand in each histogram: row, name, position, base, top, place."""
    rows = []
    for row, (figure, polarity, spread) in enumerate(_drawn(figures, spreads)):
        for place, value in (("This place", figure["value"]), ("England", figure["england_value"])):
            position = _position(float(value), spread=spread, polarity=polarity)
            marked = {"row": row, "name": figure["name"], "position": position, "place": place}
            rows.append({**marked, "base": row + 1.0, "top": row + 1.0 - FILLED})
    marks = pd.DataFrame(rows, columns=["row", "name", "position", "place", "base", "top"])
    return marks[marks["position"].notna()]


def _drawn(
    figures: pd.DataFrame, spreads: Mapping[str, Distribution | None]
) -> list[tuple[dict[str, Any], str, Distribution]]:
    records = figures.to_dict("records")
    known = [(record, spreads.get(str(record["indicator_id"]))) for record in records if pd.notna(record["value"])]
    return [
        ({str(k): v for k, v in record.items()}, str(record["polarity"]), spread) for record, spread in known if spread
    ]


def _position(value: float, *, spread: Distribution, polarity: str) -> float:
    low, high = float(spread.edges[0]), float(spread.edges[-1])
    position = min(max((value - low) / (high - low), 0.0), 1.0)
    return 1.0 - position if polarity == "higher_is_better" else position
