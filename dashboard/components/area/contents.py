"""What lies within an area: its neighbourhoods in order, and what there is to build on."""

from __future__ import annotations

import streamlit as st

from dashboard.components.find.assets_list import describe_assets
from dashboard.components.find.place_list import PAGE_SIZE, show_list_download
from dashboard.components.find.place_rows import column_styles, describe_rows
from dashboard.components.frame import fragment
from dashboard.components.links import link_to_area, link_to_assets
from dashboard.components.visit import open_visit
from dashboard.own.areas import areas_to_ask
from dashboard.questions.places import ENGLAND, Area
from dashboard.register.query import Query
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count
from etl.settings import Settings

MOST_ASSETS = 100


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


def show_assets(repository: Repository, area: Area, *, settings: Settings) -> None:
    """Show the community assets of an area as they are in the register now, when there are any."""
    st.header("What is there to build on")
    is_england = area.area_code == ENGLAND
    link_to_assets({} if is_england else {"within": area.area_code}, label="Find groups and places here")
    visit = open_visit(settings)
    asked = Query(areas=() if is_england else areas_to_ask(repository, area.area_code), per_page=MOST_ASSETS)
    found = visit.register.finding.find(asked, actor=visit.actor)
    if not found.total:
        st.info("No community assets are listed here yet.")
        return
    more = f" The first {MOST_ASSETS} by name are below." if found.total > MOST_ASSETS else ""
    st.markdown(f"{count(found.total)} in the register that lie here or serve it.{more}")
    st.dataframe(
        describe_assets(found.entries, taxonomy=visit.register.settings.taxonomy()),
        hide_index=True,
        alt="Community assets of this area",
    )
