"""Figures of several areas: a table, a small chart for each figure, and the official summaries."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components.charts import BLUE, DARK, GREY, LABEL_PX
from dashboard.components.csv_download import show_csv_download
from dashboard.components.drawing import Drawing, show_chart
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.words import escape_markdown, unit_beside, value
from etl.methods.disclosure import HIDDEN_WORDS

BAR_PX, AROUND_PX = 26, 56
CHARTS_ACROSS = 2
SUMMARIES: dict[str, tuple[str, str]] = {
    "average_score": ("Average score", "{:.1f}"),
    "average_rank": ("Average rank (1 = worst)", "{:,.0f}"),
    "proportion": ("Proportion", "{:.1%}"),
    "extent": ("Extent", "{:.1%}"),
    "local_concentration": ("Local concentration", "{:,.0f}"),
}
# Beside the table, for on a phone long headings would leave no room for what they are about.
SUMMARY_MEANING = (
    "**Proportion**: neighbourhoods in England's worst tenth. **Extent**: people in England's worst 30%, the worst "
    "counting most. **Local concentration**: average rank of the worst neighbourhoods that hold a tenth of its people."
)
SUMMARY_CAVEAT = (
    "Worked out as the publisher does for Files 10 to 14 of the Indices of Deprivation 2025, with people of the Census "
    "2021 in place of estimates of mid-2022, so the last digits differ. Ranks count from 1, the worst; the published "
    "files turn average ranks round. Of a single neighbourhood they are its own score and rank. Areas of different "
    "sizes differ in spread as well as in level."
)


def show_table(rows: pd.DataFrame, areas: Sequence[Area], *, domain: str) -> None:
    """Show the figures of a domain in a table, one column per area, and offer it as a file.

    Parameters
    ----------
    rows
        One row per figure and area, as `Repository.side_by_side` gives them.
    """
    shown = describe_side_by_side(rows, areas=areas)
    st.dataframe(shown, hide_index=True, height="content", alt=f"Figures about {domain}, side by side")
    show_csv_download("Download this table", lambda: shown, file_name="areas-compared.csv")


def describe_side_by_side(rows: pd.DataFrame, *, areas: Sequence[Area]) -> pd.DataFrame:
    """Return figures under headings that a person reads: one row per figure, one column per area."""
    figures = rows.drop_duplicates("indicator_id")
    shown: dict[str, Any] = {"Figure": figures["name"].tolist()}
    for heading, area in zip(_headings(areas), areas, strict=True):
        here = rows[rows["area_code"] == area.area_code].set_index("indicator_id").to_dict("index")
        shown[heading] = [_said(here.get(row["indicator_id"]), row) for row in figures.to_dict("records")]
    return pd.DataFrame({**shown, "Unit": [unit_beside(unit) for unit in figures["unit"]]})


def _said(here: dict[Hashable, Any] | None, figure: dict[Hashable, Any]) -> str:
    if here and here["is_hidden"]:
        return HIDDEN_WORDS
    return value(here["value"] if here else float("nan"), unit=figure["unit"], decimals=figure["decimals"])


def show_charts(rows: pd.DataFrame, areas: Sequence[Area]) -> None:
    """Show a small chart for each figure: a bar for each area."""
    names = dict(zip([area.area_code for area in areas], _headings(areas), strict=True))
    columns = st.columns(CHARTS_ACROSS, gap="medium")
    for number, (_, figure) in enumerate(rows.groupby("indicator_id", sort=False)):
        # Shares of one are said in per cent.
        scale = 100 if str(figure["unit"].iloc[0]).startswith("share") else 1
        drawn = figure.assign(
            area=figure["area_code"].map(names), row=range(len(figure)), value=scale * figure["value"]
        ).dropna(subset="value")
        if drawn.empty:
            continue
        with columns[number % CHARTS_ACROSS]:
            unit = unit_beside(str(figure["unit"].iloc[0]))
            said = f" ({escape_markdown(unit)})" if unit else ""
            st.markdown(f"**{escape_markdown(str(figure['name'].iloc[0]))}**{said}")
            show_chart(
                Drawing(_bars(len(drawn)), {"areas": drawn[["area", "value", "row"]]}),
                alt_text=f"{figure['name'].iloc[0]} in each area; the table above says the same.",
            )


@lru_cache(maxsize=16)
def _bars(rows: int) -> dict[str, Any]:
    data = alt.NamedData("areas")
    y = alt.Y("area:N", sort=alt.EncodingSortField("row"), title=None, axis=alt.Axis(labelLimit=LABEL_PX))
    bars = alt.Chart(data).mark_bar(color=BLUE, height=16).encode(x=alt.X("value:Q", title=None), y=y)
    finished = (
        alt.LayerChart(layer=[bars])
        .properties(height=BAR_PX * rows + AROUND_PX)
        .configure_axis(labelColor=DARK, labelFontSize=13, gridColor=GREY, gridOpacity=0.25)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = finished.to_dict(validate=False)
    return spec


def show_summaries(repository: Repository, areas: Sequence[Area]) -> None:
    """Show the official summaries of deprivation of each area."""
    if not repository.has_summaries:
        return
    shown = describe_summaries(repository.deprivation_summaries(areas), areas=areas)
    st.header("Official summaries of deprivation")
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        alt="Official summaries of deprivation, side by side",
    )
    show_csv_download("Download these summaries", lambda: shown, file_name="areas-summarised.csv")
    st.markdown(SUMMARY_MEANING)
    st.caption(SUMMARY_CAVEAT)


def describe_summaries(summaries: pd.DataFrame, *, areas: Sequence[Area]) -> pd.DataFrame:
    """Return summaries under headings that a person reads: one row per summary, one column per area."""
    shown: dict[str, list[str]] = {"Summary": [words for words, _ in SUMMARIES.values()]}
    for heading, area in zip(_headings(areas), areas, strict=True):
        row = summaries.loc[area.area_code]
        shown[heading] = [
            "no figure" if pd.isna(row[name]) else form.format(row[name]) for name, (_, form) in SUMMARIES.items()
        ]
    return pd.DataFrame(shown)


def _headings(areas: Sequence[Area]) -> list[str]:
    """Return the areas' names, those that two share told apart by their codes."""
    names = [area.name for area in areas]
    return [
        f"{name} ({area.area_code})" if names.count(name) > 1 else name for name, area in zip(names, areas, strict=True)
    ]
