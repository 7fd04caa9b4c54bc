"""The story of the switch: England month by month, and every place against need and exclusion."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import streamlit as st

from dashboard.components.area.changes import APPOINTMENTS_CAVEAT
from dashboard.components.charts import BLUE, DARK, chart_months
from dashboard.components.csv_download import show_csv_download
from dashboard.components.drawing import Drawing, show_chart
from dashboard.components.links import link_to_area
from dashboard.questions.places import ENGLAND
from dashboard.questions.switching import Switch
from dashboard.repository import Repository
from dashboard.state import read_code
from dashboard.switch_words import CHANGE, describe_switch, tell_coverage, tell_months, tell_relation, tell_span
from dashboard.words import escape_markdown

LEVEL = "sicbl"
PLACE = "place"
COLUMNS = ["name", "standing", "change"]
STANDINGS = {"need_percent": "Need", "exclusion_percent": "Digital exclusion"}
NOT_A_CAUSE = (
    "Places differ in much besides this, so it does not show that the switch made anybody worse off, nor that it did "
    "not. It shows where to ask."
)


def show_england(repository: Repository) -> bool:
    """Show how appointments moved in England; return whether anything is followed."""
    months = repository.england_months()
    if months.empty:
        is_followed = not repository.trends(LEVEL).empty
        if not is_followed:
            st.info("No file of GP appointments has been loaded, so there is no story to tell yet.")
        return is_followed
    st.markdown(tell_months(months))
    drawn = months.rename(columns={"name": "kind"})[["period", "kind", "value"]]
    show_chart(chart_months(drawn), alt_text="Share of GP appointments in England by kind, month by month.")
    st.caption(APPOINTMENTS_CAVEAT)
    with st.expander("Show as a table"):
        wide = drawn.pivot_table(index="period", columns="kind", values="value", sort=False)
        st.table(wide.map("{:.1f}%".format).rename_axis(index="Month", columns=None))
    return True


def show_places(repository: Repository) -> None:
    """Show how much each sub-ICB location moved, against need and digital exclusion."""
    switch = repository.switch(LEVEL)
    st.header("Where it moved most, against need and exclusion")
    if switch is None:
        st.info("Too few months are loaded to say how places moved.")
        return
    st.markdown(tell_coverage(switch))
    st.markdown(tell_relation(switch, standing="need_percent", what="deprivation"))
    st.markdown(tell_relation(switch, standing="exclusion_percent", what="digital exclusion"))
    st.caption(f"{tell_span(switch)} {NOT_A_CAUSE}")
    for column, standing, title in zip(st.columns(len(STANDINGS)), STANDINGS, STANDINGS.values(), strict=True):
        with column:
            drawing = _scatter_of(switch, standing=standing, title=title)
            show_chart(drawing, alt_text=f"Change of each place against its {title.lower()}; the table says it.")
    shown = describe_switch(switch)
    st.dataframe(
        shown,
        hide_index=True,
        alt="How much each place moved, against need and digital exclusion",
        column_config={CHANGE: st.column_config.NumberColumn(format="%+.1f")},
    )
    show_csv_download(
        "Download this table", lambda: shown.assign(Code=switch.areas["area_code"]), file_name="switch.csv"
    )


def show_one_place(repository: Repository) -> None:
    """Show one sub-ICB location or ICB month by month beside England."""
    names = repository.areas["name"]
    followed = {
        code: str(names[code])
        for level in ("icb", LEVEL)
        for code in sorted(repository.trends(level)["area_code"].unique(), key=names.__getitem__)
    }
    if not followed:
        return
    st.header("One place, month by month")
    asked = read_code(st.query_params.get(PLACE, ""))
    if asked and asked not in followed:
        st.warning(escape_markdown(f"No appointments of {asked} are in this data, so another place is shown."))
    st.session_state["switch_place"] = asked if asked in followed else next(iter(followed))
    st.selectbox(
        "Place",
        options=list(followed),
        format_func=followed.__getitem__,
        key="switch_place",
        on_change=lambda: st.query_params.update({PLACE: st.session_state["switch_place"]}),
    )
    code = str(st.session_state["switch_place"])
    months = repository.appointments(code)
    st.markdown(f"**{escape_markdown(followed[code])}.** {tell_months(months)}")
    drawn = months.rename(columns={"name": "kind"})[["period", "kind", "value"]]
    show_chart(chart_months(drawn), alt_text=f"Share of GP appointments in {followed[code]} by kind, month by month.")
    link_to_area(code, label=f"All about {followed[code]}, with its table")
    link_to_area(ENGLAND, label="All about England")


def _scatter_of(switch: Switch, *, standing: str, title: str) -> Drawing:
    known = switch.areas[switch.areas[standing] > 0]
    return Drawing(_scatter(title), {"places": known[["name", standing, "change"]].set_axis(COLUMNS, axis="columns")})


@lru_cache(maxsize=2)
def _scatter(title: str) -> dict[str, Any]:
    points = (
        alt.Chart(alt.NamedData("places"))
        .mark_point(size=90, filled=True, color=BLUE, opacity=0.8)
        .encode(
            x=alt.X(
                "standing:Q",
                title=f"{title}: 1 = England's worst, 100 = best",
                scale=alt.Scale(domain=[0, 100]),
            ),
            y=alt.Y("change:Q", title="Change in points", scale=alt.Scale(zero=False)),
            tooltip=[alt.Tooltip("name:N", title="Place"), alt.Tooltip("change:Q", title="Change", format="+.1f")],
        )
    )
    finished = (
        alt.LayerChart(layer=[points])
        .properties(height=340)
        .configure_axis(labelColor=DARK, titleColor=DARK, labelFontSize=13, titleFontSize=13)
        .configure_view(stroke=None)
    )
    spec: dict[str, Any] = finished.to_dict(validate=False)
    return spec
