"""Where do the figures come from?"""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.repository import Repository
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:
    """Show."""
    st.title("Data")
