"""Every chart keeps to the schema of Vega-Lite: the pages draw them without checking."""

from __future__ import annotations

import altair as alt
import pandas as pd
import pytest

from dashboard.components import charts
from dashboard.components.charts_evidence import chart_waterfall
from dashboard.components.drawing import Drawing
from dashboard.reasons import frame_steps
from etl.methods.waterfall import Step

BARS = pd.DataFrame({"row": [0, 0], "start": [0.0, 0.5], "end": [0.5, 1.0], "base": [0.9, 0.9], "top": [0.4, 0.2]})
MARKS = pd.DataFrame(
    {
        "row": [0, 0],
        "name": ["Crime", "Crime"],
        "position": [0.2, 0.5],
        "base": [0.9, 0.9],
        "top": [0.1, 0.1],
        "place": ["This place", "England"],
    }
)
STEPS = frame_steps((Step("Means: income", 9.0, 12.0), Step("Age", 12.0, 11.0)), start="England's middle", end="Here")
MOVES = pd.DataFrame({"name": ["Crime"], "decile_2019": [2], "decile_2025": [4]})
MONTHS = pd.DataFrame({"period": ["2021-07", "2021-08"], "kind": ["Telephone"] * 2, "value": [40.0, 39.0]})


def test_what_all_kinds_of_appointment_begin_with_is_left_out_of_the_legend() -> None:
    names = ["GP appointments face to face", "GP appointments by telephone", "GP home visits"]
    drawn = charts.chart_months(pd.DataFrame({"period": "2021-07", "kind": names, "value": [50.0, 40.0, 10.0]}))
    assert drawn.datasets["months"]["kind"].tolist() == ["Face to face", "By telephone", "Home visits"]


@pytest.mark.parametrize(
    "chart",
    [
        charts.chart_distributions(BARS, MARKS),
        chart_waterfall(STEPS),
        charts.chart_movement(MOVES),
        charts.chart_months(MONTHS),
    ],
    ids=["distributions", "waterfall", "movement", "months"],
)
def test_a_chart_keeps_to_the_schema(chart: Drawing) -> None:
    alt.LayerChart.from_dict(dict(chart.spec), validate=True)
    assert chart.spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    drawn = {layer["data"]["name"] for layer in chart.spec["layer"] if "data" in layer} | {
        chart.spec.get("data", {}).get("name")
    }
    assert drawn - {None} == set(chart.datasets)
