"""The map of an area that is being made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.components.find.map import find_bounds, find_clicked, make_map_view, rerun_fragment
from dashboard.components.map_view import show_map
from dashboard.components.maps.places import Bounds
from dashboard.components.my_places.draft import Draft
from dashboard.components.my_places.ways import DRAW, TAP
from dashboard.planning.words import reached
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown
from etl.settings import Settings

HEIGHT_PX = 480
MOST_LISTED = 200


def show_draft_map(repository: Repository, draft: Draft, *, way: str, settings: Settings) -> None:
    """Show the neighbourhoods chosen so far; a tap takes one in or out, or sets a corner."""
    inside = repository.areas_of_level("lsoa")["area_code"].isin(draft.codes).to_numpy()
    view = repository.fit_view(View(level="lsoa")).view
    seen = make_map_view(repository, view=view, looked_at=draft.looked_at, settings=settings)
    event = show_map(
        view=replace(
            seen,
            inside=inside.astype(np.uint8).tobytes() if inside.any() else None,
            corners=tuple(draft.corners),
            bounds=_bounds(repository, draft, inside=inside),
        ),
        key="own-map",
        height=HEIGHT_PX,
        keeps_view=False,
    )
    if event is None:
        return
    if way == DRAW:
        draft.corners.append((event.lon, event.lat))
        rerun_fragment()
    clicked = find_clicked(repository, event)
    if way == TAP and clicked:
        draft.toggle(clicked)
        rerun_fragment()


def show_draft_words(repository: Repository, draft: Draft) -> None:
    """Say what has been chosen so far, and let any of it be taken out by name."""
    places = repository.areas_of_level("lsoa")
    chosen = places[places["area_code"].isin(draft.codes)]
    if chosen.empty:
        st.info("No neighbourhood has been chosen yet.")
        return
    number = len(chosen)
    st.markdown(
        f"**{count(number)} {'neighbourhood' if number == 1 else 'neighbourhoods'}**, home to "
        f"**{reached(chosen['population'].sum())}** (Census 2021)."
    )
    for note in draft.notes:
        st.markdown(escape_markdown(note))
    if number > MOST_LISTED:
        return
    names = dict(zip(chosen["area_code"], chosen["name"], strict=True))
    with st.expander("Take some out by name"):
        out = st.multiselect("Neighbourhoods to take out", options=list(names), format_func=names.__getitem__)
        if st.button("Take these out", disabled=not out):
            for code in out:
                draft.toggle(code)
            rerun_fragment()


def _bounds(repository: Repository, draft: Draft, *, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Bounds:
    # Whoever taps or draws has the map where they want it: only what came otherwise moves it.
    if draft.looked_at or not inside.any():
        return find_bounds(repository, draft.looked_at)
    places = repository.areas_of_level("lsoa")[inside]
    return Bounds(
        west=float(places["west"].min()),
        south=float(places["south"].min()),
        east=float(places["east"].max()),
        north=float(places["north"].max()),
    )
