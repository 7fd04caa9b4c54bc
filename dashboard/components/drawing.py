"""Put a chart on the page."""

from __future__ import annotations

import altair as alt
import streamlit as st


def show_chart(chart: alt.Chart | alt.LayerChart, *, alt_text: str) -> None:
    """Show a chart with the words that stand for it.

    Altair checks a chart against the whole schema of Vega-Lite each time it is drawn, which takes longer than
    everything else on the page; ours are checked by the tests instead.
    """
    st.vega_lite_chart(spec=chart.to_dict(validate=False), alt=alt_text)
