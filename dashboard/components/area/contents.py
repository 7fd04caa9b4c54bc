"""What lies within an area: its neighbourhoods in order, and what there is to build on."""

from __future__ import annotations

import streamlit as st

from dashboard.components.find.place_list import PAGE_SIZE, show_list_download
from dashboard.components.find.place_rows import column_styles, describe_rows
from dashboard.components.frame import fragment
from dashboard.components.links import link_to_area, link_to_assets
from dashboard.questions.places import ENGLAND, Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown

MOST_ASSETS = 200


def show_neighbourhoods(repository: Repository, area: Area, *, view: View) -> None:
    """Show the neighbourhoods of a larger area, worst first; choosing one offers its page."""
    if area.neighbourhoods == 1:
        return
    st.header("Its neighbourhoods, worst first")
    _show_ranked(repository, area, view)


@fragment
def _show_ranked(repository: Repository, area: Area, view: View) -> None:
    seen = view.changed(level="lsoa", within=area.area_code if area.area_type != "england" else "")
    ranking = repository.rank_areas(seen)
    rows = ranking.rows(0, PAGE_SIZE)
    chosen = st.dataframe(
        describe_rows(repository, view=seen, rows=rows),
        hide_index=True,
        key=f"neighbourhoods-{area.area_code}",
        on_select="rerun",
        selection_mode="single-row",
        alt="Its neighbourhoods, worst first",
        column_config=column_styles(),
    )
    if len(ranking) > PAGE_SIZE:
        st.caption(f"The first {PAGE_SIZE} of {count(len(ranking))}; the file holds all.")
    for row in chosen["selection"]["rows"]:
        link_to_area(rows["area_code"].iloc[row], label=f"All about {rows['name'].iloc[row]}")
    show_list_download(repository, view=seen, ranking=ranking)


def show_assets(repository: Repository, area: Area) -> None:
    """Show the community assets within an area, when any are loaded."""
    st.header("What is there to build on")
    link_to_assets({"within": area.area_code} if area.area_code != ENGLAND else {}, label="Find groups and places here")
    assets = repository.assets(area.area_code)
    if assets.empty:
        st.info("No community assets are listed here yet.")
        return
    kinds = assets["kind"].value_counts()
    st.markdown(", ".join(f"{count(number)} {escape_markdown(str(kind))}" for kind, number in kinds.items()))
    shown = assets.head(MOST_ASSETS)[["name", "kind", "place"]]
    shown.columns = ["Name", "Kind", "Neighbourhood"]
    st.dataframe(shown, hide_index=True, alt="Community assets of this area")
    if len(assets) > MOST_ASSETS:
        st.caption(f"The first {MOST_ASSETS} of {count(len(assets))}.")
