"""The neighbourhoods of a cell: on the map, as a list, and by the barrier that stands out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.components.csv_download import show_csv_download
from dashboard.components.find.map import find_basemap, find_bounds, find_clicked
from dashboard.components.find.place_rows import column_styles
from dashboard.components.links import link_to_area
from dashboard.components.map_view import show_map
from dashboard.components.maps.fills import Bivariate
from dashboard.components.maps.view import MapView
from dashboard.components.segments.link import show_segment
from dashboard.questions.segments import Barriers
from dashboard.repository import Repository
from dashboard.segments.state import SegmentView
from dashboard.state import View
from dashboard.words import count
from etl.methods.arrays import BoolArray
from etl.methods.segments import NO_BARRIER
from etl.settings import Settings

MOST_LISTED = 100
MAP_HEIGHT_PX = 480


def show_barriers(barriers: Barriers, *, in_cell: BoolArray, view: SegmentView) -> None:
    """Show how often each barrier stands out in a cell, and let one be chosen."""
    counts = {key: int((in_cell & (barriers.of == place)).sum()) for place, key in enumerate(barriers.names)}
    none = int((in_cell & (barriers.of == NO_BARRIER)).sum())
    said = {"": "Any", **{key: f"{name} ({count(counts[key])})" for key, name in barriers.names.items()}}
    st.session_state["segment_barrier"] = view.barrier if view.barrier in said else ""
    st.radio(
        "Main barrier",
        options=list(said),
        format_func=said.__getitem__,
        key="segment_barrier",
        horizontal=True,
        on_change=lambda: show_segment(replace(view, barrier=st.session_state["segment_barrier"])),
        help=(
            "The part of the digital exclusion score that lies furthest above England's middle. "
            f"In {count(none)} of these neighbourhoods none lies above it."
        ),
    )


def show_places_map(
    repository: Repository, *, view: SegmentView, is_chosen: BoolArray, asked: View, settings: Settings
) -> None:
    """Show the chosen neighbourhoods on the map, the others faded; a click offers the page of the one clicked."""
    names = repository.indicators
    seen = MapView(
        build_id=repository.build.build_id,
        layer="lsoa",
        fill=Bivariate(
            need_id=asked.need,
            exclusion_id=asked.exclusion,
            need_title=names[asked.need].name,
            exclusion_title=names[asked.exclusion].name,
        ),
        bounds=find_bounds(repository, view.within),
        basemap=find_basemap(settings),
        inside=is_chosen.astype(np.uint8).tobytes(),
    )
    event = show_map(view=seen, key="segments-map", height=MAP_HEIGHT_PX, keeps_view=False)
    code = find_clicked(repository, event) if event else ""
    if code:
        st.session_state["segment_clicked"] = code
    clicked = repository.area(st.session_state.get("segment_clicked", ""))
    if clicked:
        link_to_area(clicked.area_code, label=f"All about {clicked.name}")


def show_places_list(repository: Repository, barriers: Barriers, *, is_chosen: BoolArray) -> None:
    """Show the chosen neighbourhoods, most people first, with the barrier of each; offer all as a file."""
    rows = describe_places(repository, barriers, is_chosen=is_chosen)
    if rows.empty:
        st.info("No neighbourhood is in this cell. Choose another cell, another barrier or a larger area.")
        return
    chosen = st.dataframe(
        rows.head(MOST_LISTED).drop(columns=["Code", "District"]),
        hide_index=True,
        key="segment_places",
        on_select="rerun",
        selection_mode="single-row",
        alt="Neighbourhoods of the cell",
        column_config=column_styles(),
    )
    if len(rows) > MOST_LISTED:
        st.caption(f"The {MOST_LISTED} with most people, of {count(len(rows))}; the file holds all.")
    for row in chosen["selection"]["rows"]:
        link_to_area(rows["Code"].iloc[row], label=f"All about {rows['Place'].iloc[row]}")
    show_csv_download("Download the list", lambda: rows, file_name="segment.csv")


def describe_places(repository: Repository, barriers: Barriers, *, is_chosen: BoolArray) -> pd.DataFrame:
    """Return neighbourhoods under headings that a person reads, most people first."""
    at = np.flatnonzero(is_chosen)
    places = repository.areas_of_level("lsoa").iloc[at]
    frame = pd.DataFrame(
        {
            "Place": places["name"].to_numpy(),
            "District": places["lad_code"].map(repository.areas["name"]).fillna("").to_numpy(),
            "Main barrier": [barriers.name_of(int(position)) for position in barriers.of[at]],
            "People": places["population"].to_numpy(),
            "Code": places["area_code"].to_numpy(),
        }
    )
    return frame.sort_values(["People", "Code"], ascending=[False, True], ignore_index=True)
