"""The matrix of need by digital exclusion: nine cells with counts and people, each of which can be chosen."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.segments.link import show_segment
from dashboard.segments.state import SegmentView, name_cell
from dashboard.words import count, people
from etl.methods.segments import CLASSES, Segments

WHAT_IT_IS = (
    "All neighbourhoods in nine groups. Choose one to see where they are, what stands in the way there most, and what "
    "partners have tried."
)


def show_matrix(segments: Segments, *, view: SegmentView) -> None:
    """Show the cells; the one that is chosen is filled."""
    st.markdown(WHAT_IT_IS)
    st.caption("From high need to low downwards, from high exclusion to low across; high is England's worst third.")
    with st.container(key="segment-matrix"):
        for need in range(1, CLASSES + 1):
            for column, exclusion in zip(st.columns(CLASSES), range(1, CLASSES + 1), strict=True):
                with column:
                    _show_cell(segments, view=view, need=need, exclusion=exclusion)


def _show_cell(segments: Segments, *, view: SegmentView, need: int, exclusion: int) -> None:
    cell = segments.of(need=need, exclusion=exclusion)
    is_chosen = (view.need, view.exclusion) == (need, exclusion)
    st.button(
        f"**{name_cell(need=need, exclusion=exclusion)}**  \n"
        f"{describe_number(int(segments.places[cell]))}  \n{people(segments.people[cell])}",
        key=f"cell-{need}-{exclusion}",
        type="primary" if is_chosen else "secondary",
        width="stretch",
        on_click=show_segment,
        args=(replace(view, need=need, exclusion=exclusion),),
    )


def describe_number(neighbourhoods: int) -> str:
    """Return a number of neighbourhoods in words."""
    return f"{count(neighbourhoods)} neighbourhood{'' if neighbourhoods == 1 else 's'}"
