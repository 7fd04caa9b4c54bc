"""The map on a page: the map itself, its legend in words, and the click that has not been answered yet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

import streamlit as st
from streamlit_folium import st_folium

from dashboard.components.maps.asset_symbols import asset_legend_html
from dashboard.components.maps.layers import make_map, make_message
from dashboard.components.maps.legend import legend_html
from dashboard.components.maps.palettes import make_legend
from dashboard.components.maps.places import LAYERS
from dashboard.components.maps.view import MapEvent, MapView

DEFAULT_HEIGHT_PX = 560
LARGEST_INTEGER = 2**31
ALL_ZOOMS: Mapping[str, tuple[int, int]] = dict.fromkeys(LAYERS, (4, 10))


def show_map(
    *,
    view: MapView,
    key: str,
    height: int = DEFAULT_HEIGHT_PX,
    zooms: Mapping[str, tuple[int, int]] = ALL_ZOOMS,
    keeps_view: bool = True,
) -> MapEvent | None:
    """Draw a map with its legend under it; return a click once, on the rerun that it causes.

    A change of view restyles the map
    that is there; only another build, another base map or another key makes a new one.

    Parameters
    ----------
    view
        All that the map shows.
    key
        Tells this map from others of the session.
    height
        In pixels; the width is that of the column.
    zooms
        Lowest and highest zoom of each layer's tiles, as `MapRepository.tile_zooms` says.
    keeps_view
        Whether the map's own script keeps `lat`, `lon` and `zoom` in the address of the page, so that a link opens
        the same view. Leave it out for a second map, or for one whose box says it all.

    Returns
    -------
    event
        Where and on which area the person clicked since the last time; None when they did not.
    """
    answer = st_folium(
        make_map(build_id=view.build_id, zooms=zooms, basemap=view.basemap, keeps_view=keeps_view),
        key=f"{key}-{view.build_id}",
        height=height,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=make_message(view),
    )
    st.html(legend_html(make_legend(view.fill, left_behind=view.left_behind)))
    if view.assets is not None:
        st.html(asset_legend_html())
    return _unanswered(answer, seen_key=f"{key}-seen")


def _unanswered(answer: Mapping[str, Any] | None, *, seen_key: str) -> MapEvent | None:
    """Return the click that a map reports, unless it was returned before."""
    clicked = (answer or {}).get("clicked")
    if not isinstance(clicked, dict) or clicked.get("serial") == st.session_state.get(seen_key):
        return None
    st.session_state[seen_key] = clicked.get("serial")
    return read_event(clicked)


def read_event(clicked: Mapping[str, Any]) -> MapEvent | None:
    """Return what a browser says was clicked; None when it makes no sense, for a browser may say anything."""
    layer = next((known for known in LAYERS if known == clicked.get("layer")), None)
    lon, lat, feature_id = (clicked.get(name) for name in ("lon", "lat", "id"))
    if layer is None or not _is_degrees(lon) or not _is_degrees(lat):
        return None
    asset_key = clicked.get("asset")
    return MapEvent(
        lon=lon,
        lat=lat,
        layer=layer,
        feature_id=feature_id if _is_feature_id(feature_id) else None,
        asset_key=asset_key if _is_feature_id(asset_key) else None,
    )


def _is_degrees(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_feature_id(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST_INTEGER
