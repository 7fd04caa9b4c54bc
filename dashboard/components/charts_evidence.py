"""The charts of evidence: a waterfall from England's middle to one place."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.components.charts import AROUND_PX, BLUE, DARK, GREY, LABEL_PX, ROW_PX, TEXT_SIZE
from dashboard.components.drawing import Drawing

RUST = "#A04A1E"
# Up, down and total differ in colour, and the words beside each bar say which it is.
KINDS = {"total": GREY, "up": RUST, "down": BLUE}


def chart_waterfall(steps: pd.DataFrame) -> Drawing:
    """Return a waterfall: one bar a row, each beginning where the one above ends.

    Parameters
    ----------
    steps
        One row per step, as `dashboard.reasons.frame_steps` gives them.
    """
    said = [f"{row.change:.1f}" if row.kind == "total" else f"{row.change:+.1f}" for row in steps.itertuples()]
    ends = steps[["start", "end"]]
    return Drawing(_waterfall(len(steps)), {"steps": steps.assign(said=said, right=ends.max(axis=1))})


@lru_cache(maxsize=32)
def _waterfall(rows: int) -> dict[str, Any]:
    label = {"labelLimit": LABEL_PX, "labelOverlap": False}
    y = {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": label}
    colour = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(KINDS), "range": list(KINDS.values())},
        "legend": None,
    }
    x = {"field": "start", "type": "quantitative", "title": "Points", "axis": {"tickCount": 6}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": {
            "axis": {
                "labelColor": DARK,
                "titleColor": DARK,
                "labelFontSize": TEXT_SIZE,
                "titleFontSize": TEXT_SIZE,
            },
            "view": {"stroke": None},
        },
        "data": {"name": "steps"},
        "height": ROW_PX * rows + AROUND_PX,
        "width": "container",
        "layer": [
            {
                "mark": {"type": "bar", "height": 16},
                "encoding": {"x": x, "x2": {"field": "end"}, "y": y, "color": colour},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": DARK, "fontSize": TEXT_SIZE},
                "encoding": {"x": {"field": "right", "type": "quantitative"}, "y": y, "text": {"field": "said"}},
            },
        ],
    }
