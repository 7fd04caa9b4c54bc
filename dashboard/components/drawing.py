"""Put a chart on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st


@dataclass(frozen=True)
class Drawing:
    """A chart whose figures stand apart from how they are drawn.

    Parameters
    ----------
    spec
        What Vega-Lite is told, with data by name.
    datasets
        Figures by the names that the specification uses.
    """

    spec: Mapping[str, Any]
    datasets: Mapping[str, pd.DataFrame]


def show_chart(chart: Drawing | alt.Chart | alt.LayerChart, *, alt_text: str) -> None:
    """Show a chart with the words that stand for it.

    Altair checks a chart against the whole schema of Vega-Lite each time it is drawn, which takes longer than
    everything else on the page; ours are checked by the tests instead.
    """
    if isinstance(chart, Drawing):
        spec = {**chart.spec, "datasets": dict(chart.datasets)}
    else:
        spec = chart.to_dict(validate=False)
    st.vega_lite_chart(spec=spec, alt=alt_text)
