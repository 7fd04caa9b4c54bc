"""The page that bench_map.py opens: the same map of England, ours or plain folium, once the button is pressed."""

from __future__ import annotations

import os
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

from dashboard.components.map_view import show_map
from dashboard.components.maps.assets import LEAFLET, LEAFLET_CSS
from dashboard.components.maps.palettes import PALETTES, fifths
from dashboard.components.maps.view import MapView
from dashboard.map_repository import MapRepository
from dashboard.warehouse import open_warehouse
from etl.publish import current_snapshot
from etl.settings import read_settings


class PlainMap(folium.Map):
    """Folium's map as it comes, but for Leaflet from this server: the machine that measures may have no internet."""

    def __init__(self) -> None:
        super().__init__([52.8, -1.5], zoom_start=6, tiles=None)
        self.default_js = [("leaflet", LEAFLET.address)]
        self.default_css = [("leaflet_css", LEAFLET_CSS.address)]


INDICATORS = ("imd_2025", "digital_exclusion_2025", "income_2025", "health_2025", "crime_2025", "education_2025")


@st.cache_resource
def open_repository() -> MapRepository:
    return MapRepository(open_warehouse(current_snapshot(read_settings(os.environ))))


@st.cache_data
def class_of_each(indicator_id: str) -> list[int]:
    return [
        min(4, (int(p) - 1) // 20) for p in open_repository().worst_percents(layer="lsoa", indicator_id=indicator_id)
    ]


def show_plain_map(indicator_id: str) -> None:
    classes = class_of_each(indicator_id)
    colours = PALETTES["worst"]

    def style(feature: dict[str, object]) -> dict[str, object]:
        return {"fillColor": colours[classes[int(str(feature["id"]))]], "fillOpacity": 0.9, "weight": 0}

    england = PlainMap()
    folium.GeoJson(Path(os.environ["BENCH_GEOJSON"]).read_text(encoding="utf-8"), style_function=style).add_to(england)
    st_folium(england, height=560, use_container_width=True, returned_objects=[], key="plain")


st.set_page_config(layout="wide")
indicator = st.selectbox("Indicator", INDICATORS)
if st.button("Draw"):
    st.session_state["drawn"] = True
if st.session_state.get("drawn"):
    if st.query_params.get("map") == "plain":
        show_plain_map(indicator)
    else:
        build_id = open_repository().build_id()
        fill = fifths(indicator_id=indicator, title=indicator)
        show_map(view=MapView(build_id=build_id, layer="lsoa", fill=fill), key="ours")
