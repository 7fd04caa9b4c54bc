"""The charts of the Area page: data frames in, drawings out.

Each chart has a table that says the same beside it. Marks differ in shape or dash as well as in colour. What Altair
makes of a chart depends on the names in it alone, so it is kept by those names; the figures are put in afterwards.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from dashboard.components.drawing import Drawing

BLUE, DARK, GREY, PALE = "#005EB8", "#212B32", "#768692", "#C8D3DA"
# Worst to best colour-blind-safe line colours, each with a dash of its own.
LINE_COLOURS = [BLUE, "#A04A1E", "#212B32", "#768692"]
LINE_DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]
ROW_PX = 34
# What a chart's axis, its title and its legend take: the height given to Vega includes them.
AROUND_PX, LEGEND_ROW_PX = 90, 20
TEXT_SIZE = 13
LABEL_PX = 220
KEPT = 256
# What a chart of appointments says in its title, its legend need not.
SAID_IN_TITLE = r"^GP (appointments )?"

Spec = dict[str, Any]


def chart_distributions(bars: pd.DataFrame, marks: pd.DataFrame) -> Drawing:
    """Return one small histogram a row, with where this place stands.

    Parameters
    ----------
    bars
        One row per bin: row (0 at the top), start, end (0 = best or lowest, 1 = worst or highest), base, top.
    marks
        One row per place marked: row, name, position (0 to 1), base, top, place (words).
    """
    names = marks.drop_duplicates("row").sort_values("row")["name"].tolist()
    places = sorted(marks["place"].unique(), key=lambda place: place != "England")
    return Drawing(_distributions(tuple(names), tuple(places)), {"bars": bars, "marks": marks})


@lru_cache(maxsize=KEPT)
def _distributions(names: tuple[str, ...], places: tuple[str, ...]) -> Spec:
    y_axis = alt.Axis(
        values=[row + 0.5 for row in range(len(names))],
        labelExpr=f"{json.dumps(list(names))}[floor(datum.value)]",
        title=None,
        grid=False,
        ticks=False,
        domain=False,
        labelLimit=LABEL_PX,
        labelOverlap=False,
    )
    y_scale = alt.Scale(domain=[len(names), 0], nice=False)
    x_axis = alt.Axis(
        values=[0, 1], labelExpr="datum.value ? 'worse →' : '← better'", title=None, grid=False, ticks=False
    )
    spread = (
        alt.Chart(alt.NamedData("bars"))
        .mark_rect(color=PALE)
        .encode(
            x=alt.X("start:Q", axis=x_axis, scale=alt.Scale(domain=[0, 1])),
            x2="end:Q",
            y=alt.Y("base:Q", axis=y_axis, scale=y_scale),
            y2="top:Q",
        )
    )
    rules = (
        alt.Chart(alt.NamedData("marks"))
        .mark_rule(strokeWidth=3)
        .encode(
            x=alt.X("position:Q", axis=x_axis, scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("base:Q", axis=y_axis, scale=y_scale),
            y2="top:Q",
            color=alt.Color(
                "place:N",
                scale=alt.Scale(domain=list(places), range=[GREY, BLUE][-len(places) :]),
                legend=_legend(columns=1),
            ),
            strokeDash=alt.StrokeDash(
                "place:N", scale=alt.Scale(domain=list(places), range=[[3, 3], [1, 0]][-len(places) :])
            ),
        )
    )
    return _finish(spread + rules, height=ROW_PX * len(names) + LEGEND_ROW_PX)


def chart_movement(moves: pd.DataFrame) -> Drawing:
    """Return an arrow a domain from the decile of 2019 to that of 2025.

    Parameters
    ----------
    moves
        One row per domain: name, decile_2019, decile_2025.
    """
    long = moves.melt(id_vars=["name"], value_vars=["decile_2019", "decile_2025"], var_name="year", value_name="decile")
    long["year"] = long["year"].str.removeprefix("decile_")
    return Drawing(_movement(tuple(moves["name"])), {"moves": moves, "points": long})


@lru_cache(maxsize=KEPT)
def _movement(order: tuple[str, ...]) -> Spec:
    tenths = alt.Scale(domain=[0.5, 10.5], nice=False)
    axis = alt.Axis(values=list(range(1, 11)), title="Decile (1 = worst)", format="d")
    y = alt.Y("name:N", sort=list(order), title=None, axis=alt.Axis(labelLimit=LABEL_PX, labelOverlap=False))
    lines = (
        alt.Chart(alt.NamedData("moves"))
        .mark_rule(strokeWidth=3, color=GREY)
        .encode(x=alt.X("decile_2019:Q", scale=tenths, axis=axis), x2="decile_2025:Q", y=y)
    )
    years = ["2019", "2025"]
    points = (
        alt.Chart(alt.NamedData("points"))
        .mark_point(size=130, strokeWidth=2.5)
        .encode(
            x=alt.X("decile:Q", scale=tenths, axis=axis),
            y=y,
            shape=alt.Shape("year:N", scale=alt.Scale(domain=years, range=["circle", "diamond"]), legend=_legend()),
            color=alt.Color("year:N", scale=alt.Scale(domain=years, range=[DARK, BLUE])),
            fill=alt.Fill("year:N", scale=alt.Scale(domain=years, range=["#FFFFFF", BLUE])),
        )
    )
    return _finish(lines + points, height=ROW_PX * len(order))


def chart_months(months: pd.DataFrame) -> Drawing:
    """Return a line a kind of appointment, month by month.

    Parameters
    ----------
    months
        One row per month and kind: period (2021-08), kind, value (per cent).
    """
    months = months.assign(kind=months["kind"].str.replace(SAID_IN_TITLE, "", regex=True).map(_capitalised))
    kinds = months.groupby("kind", sort=False)["value"].mean().sort_values(ascending=False).index.tolist()
    return Drawing(_months(tuple(kinds)), {"months": months})


@lru_cache(maxsize=KEPT)
def _months(kinds: tuple[str, ...]) -> Spec:
    colours, dashes = LINE_COLOURS[: len(kinds)], LINE_DASHES[: len(kinds)]
    chart = (
        alt.Chart(alt.NamedData("months"))
        .mark_line(point=True, strokeWidth=2.5)
        .encode(
            x=alt.X("yearmonth(period):T", title=None, axis=alt.Axis(format="%b %Y", labelAngle=0, tickCount=6)),
            y=alt.Y("value:Q", title="Share of appointments (%)", scale=alt.Scale(zero=True)),
            color=alt.Color("kind:N", scale=alt.Scale(domain=list(kinds), range=colours), legend=_legend()),
            strokeDash=alt.StrokeDash("kind:N", scale=alt.Scale(domain=list(kinds), range=dashes)),
        )
    )
    return _finish(alt.LayerChart(layer=[chart]), height=280 + LEGEND_ROW_PX)


def _capitalised(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _legend(*, columns: int = 2) -> alt.Legend:
    """Return a legend above a chart, in so few columns that a telephone shows all of it."""
    return alt.Legend(
        title=None,
        orient="top",
        columns=columns,
        labelLimit=LABEL_PX,
        symbolType="stroke",
        symbolStrokeWidth=3,
        symbolSize=500,
    )


def _finish(chart: alt.LayerChart, *, height: int) -> Spec:
    finished: alt.LayerChart = (
        chart.properties(height=height + AROUND_PX)
        .configure_axis(labelColor=DARK, titleColor=DARK, labelFontSize=TEXT_SIZE, titleFontSize=TEXT_SIZE)
        .configure_legend(labelColor=DARK, labelFontSize=TEXT_SIZE)
        .configure_view(stroke=None)
    )
    return finished.to_dict(validate=False)
