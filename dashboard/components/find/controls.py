"""What a person can choose on the Find page; every widget follows the address and changes it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.find.pillar_choices import choose_indicator
from dashboard.components.place_search import find_places
from dashboard.questions.places import Place, SearchAnswer
from dashboard.repository import Repository
from dashboard.state import LEVELS, Level, Outline, View
from dashboard.words import escape_markdown
from etl.settings import Settings

LEVEL_LABELS: dict[Level, str] = {
    "icb": "System: ICBs",
    "sicbl": "Sub-ICB locations",
    "lad": "Place: districts",
    "ward": "Wards",
    "msoa": "MSOAs: larger neighbourhoods",
    "lsoa": "Neighbourhoods (LSOAs)",
}
OUTLINE_LABELS: dict[Outline, str] = {
    "left_behind": "Left-behind places",
    "clusters": "Clusters of high priority",
    "nothing": "Nothing",
}
LEVEL_HELP = (
    "Systems (ICBs) plan health and care for one to three million people. Places are council districts. "
    "LSOAs are the small neighbourhoods, of about 1,700 people, that the Census and the Indices of Deprivation use; "
    "about five of them make an MSOA, which has about 8,000."
)


def show_search(repository: Repository, filters: Filters, *, settings: Settings) -> None:
    """Show the box that finds a place."""
    st.text_input(
        "Find a place or postcode",
        key="search",
        placeholder="Moss Side, M14 4PX, E01005244…",
        on_change=lambda: _search(repository, filters, settings),
    )


def forget_search() -> None:
    """Empty the box and take away what it found; the same text can then be looked for again."""
    st.session_state["search"] = ""
    st.session_state.pop("search_answer", None)


def show_search_answer(filters: Filters) -> None:
    """Show what the box found, unless it was one place."""
    answer: SearchAnswer | None = st.session_state.get("search_answer")
    if answer is None or answer.outcome == "found":
        return
    if answer.outcome == "none":
        st.warning(escape_markdown(answer.reason), icon=":material/search_off:")
        return
    labels = {place.area_code: place.label for place in answer.places}
    st.radio(
        "Which one do you mean?",
        options=list(labels),
        index=None,
        horizontal=True,
        format_func=lambda code: escape_markdown(labels[code]),
        key="suggestion",
        on_change=lambda: _choose(filters, answer),
        help=answer.reason or None,
    )


def show_area_filter(repository: Repository, filters: Filters, *, view: View, own: tuple[Place, ...] = ()) -> None:
    """Show the choice of one ICB, district, ward or area of one's own to look at alone."""
    offered = (*repository.areas_to_filter_by(view.within), *own)
    places = {place.area_code: place.label for place in offered}
    st.session_state["within"] = view.within
    st.selectbox(
        "Show only",
        options=["", *places],
        format_func=lambda code: places.get(code, repository.everywhere),
        key="within",
        on_change=lambda: filters.narrow(st.session_state["within"]),
        help="Choose an ICB or a district; its wards are then offered too.",
    )


def show_level_choice(filters: Filters, *, view: View) -> None:
    """Show the choice of how large the areas are."""
    st.session_state["level"] = view.level
    st.selectbox(
        "Size of areas",
        options=LEVELS,
        format_func=LEVEL_LABELS.__getitem__,
        key="level",
        on_change=filters.follow("level", "level"),
        help=LEVEL_HELP,
    )


def show_indicator_choice(
    repository: Repository, filters: Filters, *, view: View, own: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Show the choice of what the areas are coloured by; own figures are named by id."""
    choose_indicator(
        repository,
        filters,
        part="show",
        label="Colour the map by",
        options=repository.shown(view.level),
        chosen=view.show,
        help_text="Type to search. Each figure is explained on the page Data and methods.",
        own=own,
    )


def show_outline_choice(filters: Filters, *, view: View) -> None:
    """Show the choice of what is outlined on the map."""
    st.session_state["outline"] = view.outline
    st.selectbox(
        "Outline on the map",
        options=list(OUTLINE_LABELS),
        format_func=OUTLINE_LABELS.__getitem__,
        key="outline",
        on_change=filters.follow("outline", "outline"),
        help="Clusters are drawn where areas are neighbourhoods (LSOAs).",
    )


def show_streets_choice(filters: Filters, *, view: View) -> None:
    """Show the switch of the base map."""
    st.session_state["streets"] = view.is_basemap_shown
    st.toggle(
        "Streets",
        key="streets",
        on_change=filters.follow("is_basemap_shown", "streets"),
        help="Draws streets and place names under the colours. They are fetched from the map's publisher.",
    )


def _search(repository: Repository, filters: Filters, settings: Settings) -> None:
    text = str(st.session_state["search"]).strip()
    answer = find_places(repository, settings, text=text) if text else None
    st.session_state["search_answer"] = answer
    # Leaving the box and choosing can arrive together, after which the choice is still one of those offered.
    if answer is None or st.session_state.get("suggestion") not in {place.area_code for place in answer.places}:
        st.session_state.pop("suggestion", None)
    if answer and answer.outcome == "found":
        forget_search()
        _go_to(filters, answer.places[0].area_code, area_type=answer.places[0].area_type)


def _choose(filters: Filters, answer: SearchAnswer) -> None:
    types = {place.area_code: place.area_type for place in answer.places}
    chosen = st.session_state.get("suggestion")
    if chosen in types:
        _go_to(filters, chosen, area_type=types[chosen])


def _go_to(filters: Filters, area_code: str, *, area_type: str) -> None:
    # A neighbourhood is only seen where neighbourhoods are drawn; a larger area is seen among any.
    changes = {"level": "lsoa"} if area_type == "lsoa" else {}
    filters.select(area_code, **changes)
