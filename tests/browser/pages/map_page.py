"""A page with a map and what changes it; under the map it writes what was clicked."""

from __future__ import annotations

import os

import streamlit as st

from dashboard.components.map_view import show_map
from dashboard.components.maps.fills import Bivariate, LeftBehind
from dashboard.components.maps.palettes import fifths
from dashboard.components.maps.places import LAYERS, Bounds, Place
from dashboard.components.maps.view import Basemap, MapView
from dashboard.map_repository import MapRepository
from dashboard.warehouse import open_warehouse
from etl.publish import current_snapshot
from etl.settings import read_settings

NEED, EXCLUSION, BOTH = "imd_2025", "digital_exclusion_2025", "both"
BOX = "SELECT min(west), min(south), max(east), max(north) FROM area WHERE area_type = 'lad' AND feature_id >= ?"

settings = read_settings(os.environ)
warehouse = open_warehouse(current_snapshot(settings))
repository = MapRepository(warehouse)

st.set_page_config(page_title="Map", layout="wide")
st.title("Map")
layer = st.selectbox("Level", LAYERS[::-1])
show = st.selectbox("Show", (NEED, EXCLUSION, BOTH, "crime_2025", "income_2025"))
worst = st.number_input("Worst per cent", 1, 100, 20)
is_district_alone = st.checkbox("One district alone")
is_over_district = st.checkbox("Count within the district")
has_streets = st.checkbox("Streets", value="streets" in st.query_params)
if st.button("Write the address"):
    st.query_params["show"] = show

last_lad = repository.count_areas("lad") - 1
lad = repository.area(layer="lad", feature_id=last_lad)
district = Place(area_code=lad["area_code"], layer="lad", feature_id=last_lad) if lad else None
box = warehouse._connection.cursor().execute(BOX, [last_lad if is_district_alone else 0]).fetchone()

basemap_url = settings.basemap_url
if st.query_params.get("streets") == "gone":
    basemap_url = basemap_url.replace("/streets/", "/gone/")

event = show_map(
    view=MapView(
        build_id=repository.build_id(),
        layer=layer,
        fill=Bivariate(NEED, EXCLUSION, "Need", "Digital exclusion")
        if show == BOTH
        else fifths(indicator_id=show, title=show),
        base_area_code=district.area_code if district and is_over_district else None,
        left_behind=LeftBehind(NEED, EXCLUSION, int(worst), int(worst)),
        selected=st.session_state.get("selected"),
        within=district if is_district_alone else None,
        bounds=Bounds(*box) if box else Bounds(-6, 50, 2, 56),
        basemap=Basemap(url=basemap_url, attribution=settings.basemap_attribution),
        is_basemap_shown=has_streets,
    ),
    key="map",
)
if event is not None:
    clicked = repository.area(layer=event.layer, feature_id=event.feature_id) if event.feature_id is not None else None
    found = repository.area_at(lon=event.lon, lat=event.lat, layer=event.layer)
    drawn_code, lying_code = clicked["area_code"] if clicked else "nothing", found.area_code if found else "nothing"
    st.session_state["said"] = f"Drawn there: {drawn_code}. Lies there: {lying_code}."
    st.session_state["clicks"] = st.session_state.get("clicks", 0) + 1
    st.session_state["selected"] = (
        Place(area_code=clicked["area_code"], layer=event.layer, feature_id=event.feature_id) if clicked else None
    )
    st.rerun()
st.write(f"Clicks: {st.session_state.get('clicks', 0)}. {st.session_state.get('said', '')}")
