"""The map of the Find page: what it is told to show, and what a click on it means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.find.assets import asset_layer, pick_asset
from dashboard.components.find.layers import certainty_bytes, certainty_fill, find_outline
from dashboard.components.map_view import show_map
from dashboard.components.maps.fills import Bivariate, Fill
from dashboard.components.maps.palettes import fifths
from dashboard.components.maps.places import Bounds, Place
from dashboard.components.maps.view import Basemap, MapEvent, MapView
from dashboard.map_repository import MapRepository
from dashboard.questions.own_areas import is_own_code
from dashboard.questions.own_figures import is_own_figure
from dashboard.questions.places import Area
from dashboard.questions.ranking import SupportNow
from dashboard.repository import Repository
from dashboard.state import BOTH, LEVELS, View
from etl.methods.uncertainty import Certainty
from etl.settings import Settings
from etl.tables.evidence import CERTAINTY_ID

HEIGHT_PX = 560
# A neighbourhood is shown with what lies around it: this many of its own widths on each side.
MARGIN = {"lsoa": 2.0, "msoa": 1.0, "ward": 0.5}


def show_find_map(
    repository: Repository,
    filters: Filters,
    *,
    view: View,
    settings: Settings,
    support: SupportNow | None = None,
    certainty: Certainty | None = None,
) -> None:
    """Show the map of a view; a click chooses the area, or the community asset, that was clicked."""
    seen = make_map_view(
        repository, view=view, looked_at=filters.looked_at, settings=settings, support=support, certainty=certainty
    )
    seen = replace(seen, assets=asset_layer(settings), looks=filters.looks)
    event = show_map(view=seen, key="find-map", height=HEIGHT_PX)
    if event is None:
        return
    if event.asset_key is not None:
        if pick_asset(settings, key=event.asset_key):
            rerun_fragment()
        return
    clicked = find_clicked(repository, event)
    if clicked and clicked != view.at:
        filters.change(at=clicked)
        rerun_fragment()


def find_clicked(repository: Repository, event: MapEvent) -> str:
    """Return the code of the area that was clicked, empty off the land.

    A map that is still being drawn knows where a click fell but not on what; the boundaries know.
    """
    if event.feature_id is not None:
        codes = repository.areas_of_level(event.layer)["area_code"]
        return str(codes.iloc[event.feature_id]) if event.feature_id < len(codes) else ""
    found = MapRepository(repository.warehouse).area_at(lon=event.lon, lat=event.lat, layer=event.layer)
    return found.area_code if found else ""


def make_map_view(
    repository: Repository,
    *,
    view: View,
    looked_at: str,
    settings: Settings,
    support: SupportNow | None = None,
    certainty: Certainty | None = None,
) -> MapView:
    """Return what the map is told to show.

    Parameters
    ----------
    support
        What thin support is counted from; without it two pillars decide who is outlined.
    certainty
        How sure the order is, when that is known.
    """
    ranking = repository.rank_areas(view, support=support)
    outline, given = find_outline(repository, view=view, ranking=ranking, counts_support=support is not None)
    if view.show == CERTAINTY_ID:
        given[CERTAINTY_ID] = certainty_bytes(repository, certainty, level=view.level)
    return MapView(
        build_id=repository.build.build_id,
        layer=view.level,
        fill=make_fill(repository, view=view),
        base_area_code=view.within if view.base == "within" and not is_own_code(view.within) else None,
        left_behind=outline,
        selected=_place(repository.area(view.at)),
        within=_place(repository.area(view.within)),
        bounds=find_bounds(repository, looked_at),
        basemap=find_basemap(settings),
        is_basemap_shown=view.is_basemap_shown,
        inside=find_inside(repository, view=view),
        given=find_given(repository, view=view) | given,
    )


def find_inside(repository: Repository, *, view: View) -> bytes | None:
    """Return which areas lie in an area of somebody's own; None for one that the server's routes know.

    No tile holds its border, so one that is only chosen is picked out in this way too, where nothing else is.
    """
    area_code = view.within or view.at
    if not is_own_code(area_code):
        return None
    return repository.areas_within(area_code=area_code, level=view.level).astype(np.uint8).tobytes()


def find_given(repository: Repository, *, view: View) -> dict[str, bytes]:
    """Return the worst-per-cent of what the server's routes cannot count: own figures, and what is within own areas."""
    is_own_base = is_own_code(view.within) and view.base == "within"
    ids = {view.need, view.exclusion} | ({view.show} - {BOTH, CERTAINTY_ID}) if is_own_base else set()
    ids |= {key for key in (view.need, view.exclusion, view.show) if is_own_figure(key)}
    counted = view if view.base == "within" else view.changed(within="")
    return {key: repository.worst_within(counted, indicator_id=key).tobytes() for key in ids}


def make_fill(repository: Repository, *, view: View) -> Fill | Bivariate:
    """Return what the areas are coloured by."""
    names = repository.indicators
    if view.show == CERTAINTY_ID:
        return certainty_fill()
    if view.show == BOTH:
        return Bivariate(
            need_id=view.need,
            exclusion_id=view.exclusion,
            need_title=names[view.need].name,
            exclusion_title=names[view.exclusion].name,
        )
    indicator = names[view.show]
    chosen = repository.area(view.within) if view.base == "within" else None
    return fifths(
        indicator_id=indicator.indicator_id,
        title=indicator.name,
        base_name=chosen.name if chosen else "England",
        is_neutral=indicator.is_neutral,
    )


def find_bounds(repository: Repository, area_code: str) -> Bounds:
    """Return the box to look at for an area, or for all that is drawn when no area is named or it is not drawn."""
    area = repository.area(area_code) if area_code else None
    box = area.bounds if area else None
    if area is None or box is None:
        return Bounds(*repository.extent)
    west, south, east, north = box
    margin = MARGIN.get(area.area_type, 0.0)
    wide, high = margin * (east - west), margin * (north - south)
    return Bounds(west=west - wide, south=south - high, east=east + wide, north=north + high)


def find_basemap(settings: Settings) -> Basemap | None:
    """Return the streets that this service offers, if any."""
    if not settings.basemap_url:
        return None
    return Basemap(url=settings.basemap_url, attribution=settings.basemap_attribution)


def rerun_fragment() -> None:
    """Show the fragment again with the new address; the whole page when it is the page that is being run."""
    try:
        st.rerun(scope="fragment")
    except st.errors.StreamlitAPIException:
        st.rerun()


def _place(area: Area | None) -> Place | None:
    layer = next((level for level in LEVELS if area and level == area.area_type), None)
    return Place(area_code=area.area_code, layer=layer, feature_id=area.feature_id) if area and layer else None
