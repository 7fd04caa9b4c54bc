"""The page that answers “what might help where?”."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.frame import fragment
from dashboard.components.own_areas import open_own_areas, own_places
from dashboard.components.segments.link import segment_in_address, show_segment
from dashboard.components.segments.matrix import show_matrix
from dashboard.components.segments.notes import show_notes
from dashboard.components.segments.places import show_barriers, show_places_list, show_places_map
from dashboard.components.visit import open_visit
from dashboard.repository import Repository
from dashboard.segments.state import SegmentView, name_cell
from dashboard.state import View
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show need by digital exclusion, the places of one cell, and what partners have tried there."""
    st.title("What might help where?")
    _explore(repository, settings)


@fragment
def _explore(repository: Repository, settings: Settings) -> None:
    open_own_areas(repository, settings)
    view = segment_in_address()
    if view.within and repository.area(view.within) is None:
        st.warning("The link names an area that is not loaded here, so all of England is shown.")
        view = replace(view, within="")
    asked = repository.fit_view(View()).view
    _choose_area(repository, view=view, settings=settings)
    segments = repository.segments(need=asked.need, recipe_id=asked.exclusion, within=view.within)
    barriers = repository.barriers(asked.exclusion)
    show_matrix(segments, view=view)
    in_cell = segments.cell == segments.of(need=view.need, exclusion=view.exclusion)
    st.header(name_cell(need=view.need, exclusion=view.exclusion))
    show_barriers(barriers, in_cell=in_cell, view=view)
    is_chosen = in_cell & barriers.is_one(view.barrier)
    place, listed = st.columns([11, 9], gap="medium")
    with place:
        show_places_map(repository, view=view, is_chosen=is_chosen, asked=asked, settings=settings)
    with listed:
        show_places_list(repository, barriers, is_chosen=is_chosen)
    counted = np.bincount(barriers.of[in_cell & (barriers.of >= 0)], minlength=len(barriers.names))
    usual = list(barriers.names)[int(counted.argmax())] if counted.any() else ""
    show_notes(open_visit(settings), view=view, barriers=tuple(filter(None, (view.barrier or usual,))))


def _choose_area(repository: Repository, *, view: SegmentView, settings: Settings) -> None:
    offered = (*repository.areas_to_filter_by(view.within), *own_places(settings))
    names = {place.area_code: place.label for place in offered}
    st.session_state["segment_within"] = view.within
    st.selectbox(
        "Show only",
        options=["", *names],
        format_func=lambda code: names.get(code, repository.everywhere),
        key="segment_within",
        on_change=lambda: show_segment(replace(view, within=st.session_state["segment_within"])),
    )
