"""Where an entry is, on a small map: an exact place by its point, a rough one by its neighbourhood."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.find.map import make_map_view
from dashboard.components.links import link_to_area
from dashboard.components.map_view import show_map
from dashboard.register.model import Asset, Precision
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown
from etl.settings import Settings

HEIGHT_PX = 300


def show_asset_place(repository: Repository, asset: Asset, *, naming: Naming, settings: Settings) -> None:
    """Show the place in words and on a map, and a link to the figures of its neighbourhood."""
    place = asset.place
    if place.precision is Precision.NONE or not place.lsoa21_code:
        return
    name = naming.area_name(place.lsoa21_code)
    if place.precision is Precision.ROUGH:
        st.markdown(
            f"**Shown only roughly.** It is somewhere in {escape_markdown(name)}; the point given to others is the "
            "middle of that neighbourhood, not the place itself."
        )
    if repository.area(place.lsoa21_code):
        seen = make_map_view(
            repository, view=View(level="lsoa", at=place.lsoa21_code), looked_at=place.lsoa21_code, settings=settings
        )
        pins = ((place.lon, place.lat),) if place.lon is not None and place.lat is not None else ()
        show_map(
            view=replace(seen, pins=pins if place.precision is Precision.EXACT else ()),
            key=f"asset-map-{asset.asset_id}",
            height=HEIGHT_PX,
            keeps_view=False,
        )
        link_to_area(place.lsoa21_code, label=f"About the neighbourhood: {name}")
