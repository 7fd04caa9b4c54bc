"""Passing the view on, and starting again."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters


def show_share_buttons(filters: Filters) -> None:
    """Show the buttons that copy the address and that go back to the start."""
    st.button("Start again", on_click=filters.reset, icon=":material/restart_alt:")
