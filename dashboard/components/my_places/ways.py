"""The ways to say which neighbourhoods an area of one's own is made of."""

from __future__ import annotations

from collections.abc import Callable

import shapely
import streamlit as st

from dashboard.components.find.map import rerun_fragment
from dashboard.components.my_places.draft import Draft
from dashboard.components.place_search import show_adding
from dashboard.own.area_codes import read_codes
from dashboard.own.area_making import Made, codes_of, fit_corners, fit_shape
from dashboard.own.boundary_files import MOST_BYTES, NamedShape, read_boundaries
from dashboard.own.boundary_formats import HOW
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.errors import CommonGroundError
from etl.settings import Settings

TAP, DRAW, FILE, PASTE = "Tap or search", "Draw round it", "Bring a file", "Paste codes"
WAYS = (TAP, DRAW, FILE, PASTE)
MEGABYTE = 1_000_000


def show_way(repository: Repository, draft: Draft, *, way: str, settings: Settings) -> None:
    """Show what a person needs for the way they have chosen."""
    if way == TAP:
        _show_search(repository, draft, settings)
    else:
        {DRAW: _show_corners, FILE: _show_file, PASTE: _show_paste}[way](repository, draft)


def _show_search(repository: Repository, draft: Draft, settings: Settings) -> None:
    st.markdown("Tap a neighbourhood on the map to take it in, and again to take it out. Or add places by name:")
    show_adding(
        repository,
        settings,
        label="Add a postcode, a neighbourhood, a ward or a district",
        placeholder="M14 4PX, Moss Side…",
        key="own_search",
        on_add=lambda area_code: _add_area(repository, draft, area_code),
    )


def _add_area(repository: Repository, draft: Draft, area_code: str) -> None:
    inside = repository.areas_within(area_code=area_code, level="lsoa")
    draft.take(Made(codes_of(repository, inside)), is_more=True)
    draft.looked_at = area_code


def _show_corners(repository: Repository, draft: Draft) -> None:
    st.markdown(
        "Tap the corners of your area on the map, one after the other. With the keyboard: move the map with the "
        "arrow keys and press Enter to set a corner at its middle."
    )
    number = len(draft.corners)
    st.markdown(f"**{number} {'corner' if number == 1 else 'corners'}** so far.")
    back, again, use = st.columns(3)
    back.button("Take the last one back", disabled=not number, on_click=draft.drop_corner)
    again.button("Begin again", disabled=not number, on_click=draft.corners.clear)
    is_asked = use.button("Use this boundary", disabled=number < 3, type="primary")  # noqa: PLR2004 - a triangle
    if is_asked and _take(draft, lambda: fit_corners(repository, draft.corners)):
        draft.corners.clear()
        rerun_fragment()


def _show_file(repository: Repository, draft: Draft) -> None:
    st.markdown(f"{HOW} {MOST_BYTES // MEGABYTE} MB at most.")
    file = st.file_uploader(
        "Boundary file",
        type=["geojson", "json", "gpkg", "zip"],
        key="own_file",
        max_upload_size=MOST_BYTES // MEGABYTE,
    )
    if file is None:
        return
    try:
        shapes = read_boundaries(file.getvalue())
    except CommonGroundError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return
    chosen = _choose_shapes(shapes)
    if st.button("Use this boundary", disabled=not chosen, type="primary"):
        notes = ("A boundary crossed itself, and was mended: look at the map.",) if any(
            shape.was_mended for shape in chosen
        ) else ()  # fmt: skip
        union = shapely.union_all([shape.geometry for shape in chosen])
        _take(draft, lambda: fit_shape(repository, union, notes=notes))


def _choose_shapes(shapes: list[NamedShape]) -> list[NamedShape]:
    if len(shapes) == 1:
        return shapes
    numbers = st.multiselect(
        "Which of the areas in the file",
        options=list(range(len(shapes))),
        format_func=lambda number: shapes[number].name,
        help="Several become one area.",
        key="own_shapes",
    )
    return [shapes[number] for number in numbers]


def _show_paste(repository: Repository, draft: Draft) -> None:
    text = st.text_area(
        "Codes of neighbourhoods (LSOAs), or of larger areas",
        key="own_codes",
        height=160,
        placeholder="E01005062, E01005063 …",
    )
    if st.button("Use these codes", disabled=not text.strip(), type="primary"):
        _take(draft, lambda: read_codes(repository, text))


def _take(draft: Draft, make: Callable[[], Made]) -> bool:
    """Take what somebody has made, or say why that cannot be; return whether it was taken."""
    try:
        draft.take(make())
    except CommonGroundError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return False
    draft.looked_at = ""
    return True
