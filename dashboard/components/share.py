"""Passing the view on, and starting again."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v1 import declare_component

from dashboard.components.filters import Filters
from dashboard.components.find.controls import forget_search

WIDTH_PX = 330

_copy_link = declare_component("copy_link", path=Path(__file__).with_name("copy_link"))


def show_share_buttons(filters: Filters) -> None:
    """Show the buttons that copy the address and that go back to the start."""
    st.button("Start again", on_click=lambda: _start_again(filters), icon=":material/restart_alt:")
    with st.container(width=WIDTH_PX):
        _copy_link(key="copy_link")


def _start_again(filters: Filters) -> None:
    filters.reset()
    forget_search()
