"""What has moved: deprivation from 2019 to 2025, and how people see their GP, month by month."""

from __future__ import annotations

import streamlit as st

from dashboard.components.charts import chart_months, chart_movement
from dashboard.components.drawing import show_chart
from dashboard.components.links import link_to_area
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository
from dashboard.words import escape_markdown

NO_DECILES = "An area of your own has no deciles, for there are no others of its size. Its neighbourhoods have."
MOVEMENT_CAVEAT = (
    "Deciles are relative: a move from decile 2 to decile 1 means that other places did better, not that things got "
    "worse here. The indices of 2019 and 2025 also measure some things differently, and those of 2019 were counted "
    "for the neighbourhoods of 2011."
)
APPOINTMENTS_CAVEAT = (
    "Only appointments with a known kind count. Not every practice reports, what practices record as video or online "
    "differs, and the months of the pandemic stand out."
)


def show_movement(repository: Repository, area: Area) -> None:
    """Show how the deciles of deprivation moved from 2019 to 2025."""
    st.header("How deprivation moved, 2019 to 2025")
    moves = repository.movement(area)
    if moves.empty:
        st.info(NO_DECILES if area.area_type == CUSTOM else "The indices of 2019 and 2025 are not both loaded here.")
        return
    show_chart(
        chart_movement(moves),
        alt_text="The decile that this place was in, in 2019 and 2025, by domain; the table says the same.",
    )
    st.caption(MOVEMENT_CAVEAT)
    with st.expander("Show as a table"):
        shown = moves[["name", "decile_2019", "decile_2025"]]
        shown.columns = ["Domain", "Decile in 2019", "Decile in 2025"]
        st.table(shown, hide_index=True)


def show_appointments(repository: Repository, area: Area) -> None:
    """Show how GP appointments moved from face-to-face to telephone and video; only for sub-ICB locations and above."""
    st.header("How people see their GP, month by month")
    if area.area_type not in {"sicbl", "icb", "england"}:
        st.markdown("NHS England publishes this for sub-ICB locations and larger areas.")
        if area.sicbl_code:
            parent = repository.area(area.sicbl_code)
            link_to_area(area.sicbl_code, label=f"See it for {parent.name}" if parent else "See it there")
        return
    months = repository.appointments(area.area_code)
    if months.empty:
        st.info("The file of GP appointments that was loaded does not cover this area.")
        if area.area_code != ENGLAND:
            link_to_area(ENGLAND, label="See it for all of England that is covered")
        return
    drawn = months.rename(columns={"name": "kind"})[["period", "kind", "value"]]
    show_chart(
        chart_months(drawn), alt_text="Share of GP appointments by kind, month by month; the table says the same."
    )
    caveat = repository.indicators[months["indicator_id"].iloc[0]].caveat
    st.caption(f"{APPOINTMENTS_CAVEAT} {escape_markdown(caveat)}")
    with st.expander("Show as a table"):
        wide = drawn.pivot_table(index="period", columns="kind", values="value", sort=False)
        st.table(wide.map("{:.1f}%".format).rename_axis(index="Month", columns=None))
