"""The Segments page's address: the one place where it is read and changed."""

from __future__ import annotations

import streamlit as st

from dashboard.segments.state import PARAMETERS, SegmentView, read_segment, write_segment


def segment_in_address() -> SegmentView:
    """Return what the address asks for now."""
    return read_segment(st.query_params)


def show_segment(view: SegmentView) -> None:
    """Change the address; parameters of others stay."""
    others = {name: text for name, text in st.query_params.items() if name not in PARAMETERS}
    st.query_params.from_dict({**others, **write_segment(view)})
