"""Where it is: a postcode or a name, a tap on the map, a point, or only an area that it serves."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.assets.entry_place import Where, find_where, format_point
from dashboard.components.assets.naming import area_name
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.find.map import make_map_view, rerun_fragment
from dashboard.components.map_view import show_map
from dashboard.geography import SnapshotGeography
from dashboard.register.model import Place, Precision
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown
from etl.settings import Settings

MAP_HEIGHT_PX = 380
_SHOWN_AS = {
    str(Precision.EXACT): "Exactly where it is",
    str(Precision.ROUGH): "Only roughly: others see the middle of its neighbourhood",
    str(Precision.NONE): "It has no place of its own: it serves an area",
}


def show_place_boxes(repository: Repository, boxes: Boxes, *, base: Place, settings: Settings) -> Where:
    """Show the boxes of the place and return what was found for what stands in them."""
    _take_up(boxes)
    if boxes.get("precision") == Precision.NONE:
        _show_precision(boxes)
        _show_service_area(repository, boxes)
        return Where()
    boxes.line(
        "where", "Postcode, or name of the place", placeholder="M14 4PX, or Moss Side", is_live=True,
        help="A whole postcode is best. A neighbourhood's name will do.",
    )  # fmt: skip
    where = find_where(boxes.typed(), base=base, atlas=repository, gazetteer=SnapshotGeography(settings))
    if where.options:
        _show_options(boxes, where)
    _show_found(repository, boxes, where, settings)
    boxes.show_problems("place", "place.postcode", "place.lsoa21_code")
    if st.toggle("Choose it on a map", key=boxes.key("has_map")):
        _show_map(repository, boxes, where, settings)
    _show_precision(boxes)
    return where


def show_exact_boxes(repository: Repository, boxes: Boxes) -> None:
    """Show the address, the point, and the areas served besides: what few need."""
    boxes.words("address", "Address, without the postcode", placeholder="Community Hall\n1 High Street")
    boxes.show_problems("place.address")
    boxes.line(
        "point", "Point: latitude and longitude", placeholder="53.4810, -2.2420", is_live=True,
        help="A tap on the map fills this in.",
    )  # fmt: skip
    if boxes.get("precision") != Precision.NONE:
        _show_service_area(repository, boxes)


def _take_up(boxes: Boxes) -> None:
    """Put into the boxes what was chosen elsewhere in the run before."""
    for field, value in boxes.get("coming", {}).items():
        boxes.put(field, value)
    boxes.drop("coming")


def _show_precision(boxes: Boxes) -> None:
    boxes.pick("precision", "How may others see its place?", _SHOWN_AS)


def _show_service_area(repository: Repository, boxes: Boxes) -> None:
    chosen = {code: area_name(repository, code) for code in boxes.get("service_areas") or ()}
    offered = {place.area_code: place.label for place in repository.areas_to_filter_by("")}
    boxes.some("service_areas", "Areas it serves", chosen | offered)
    boxes.line("service_area_words", "The area in your own words", placeholder="The streets around the park")
    boxes.show_problems("place") if boxes.get("precision") == Precision.NONE else None


def _show_options(boxes: Boxes, where: Where) -> None:
    names = {one.area_code: one.label for one in where.options}
    if boxes.get("chosen") not in names:
        boxes.drop("chosen")
    st.radio(
        "Which one do you mean?",
        options=list(names),
        index=None,
        format_func=lambda code: escape_markdown(names[code]),
        key=boxes.key("chosen"),
    )


def _show_found(repository: Repository, boxes: Boxes, where: Where, settings: Settings) -> None:
    if where.problem and not where.options:
        st.warning(escape_markdown(where.problem), icon=":material/wrong_location:")
    elif where.warning:
        st.info(escape_markdown(where.warning), icon=":material/location_on:")
    if (boxes.get("point") or "").strip() and where.place.lat is not None:
        _show_point(repository, where.place, settings)
    elif where.area and where.area.area_type == "lsoa":
        st.caption(f":material/check: {escape_markdown(area_name(repository, where.area.area_code))}")
    elif where.area and where.problem:
        code, name = where.area.area_code, where.area.name
        st.button(
            f"It serves all of {escape_markdown(name)}",
            on_click=lambda: boxes.put("coming", {"precision": str(Precision.NONE), "service_areas": [code]}),
        )


def _show_point(repository: Repository, place: Place, settings: Settings) -> None:
    """Say in words where the point lies, for whoever cannot see it on the map."""
    bare = Place(precision=Precision.EXACT, lon=place.lon, lat=place.lat)
    code = SnapshotGeography(settings).lsoa_of(bare)
    if code:
        st.caption(f":material/check: Its point is in {escape_markdown(area_name(repository, code))}")
        return
    st.warning("Its point is in none of the neighbourhoods here. Is it right?", icon=":material/wrong_location:")


def _show_map(repository: Repository, boxes: Boxes, where: Where, settings: Settings) -> None:
    st.caption("Tap where it is, or move the map with the arrow keys and press Enter.")
    found = where.place.lsoa21_code or (where.area.area_code if where.area else "")
    view = View(level="lsoa", at=found)
    seen = make_map_view(repository, view=view, looked_at=found, settings=settings)
    lon, lat = where.place.lon, where.place.lat
    event = show_map(
        view=replace(seen, pins=((lon, lat),)) if lon is not None and lat is not None else seen,
        key=boxes.key("map"),
        height=MAP_HEIGHT_PX,
        keeps_view=False,
    )
    if event:
        boxes.put("coming", {"point": format_point(lon=event.lon, lat=event.lat)})
        rerun_fragment()
