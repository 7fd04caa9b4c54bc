"""The page that answers “where do the figures come from, and may I have them?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.data.downloads import show_downloads
from dashboard.components.data.recipes import show_recipes
from dashboard.components.data.sources import show_indicators, show_sources
from dashboard.components.filters import Filters
from dashboard.repository import Repository
from dashboard.words import date, escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show sources, figures, recipes and downloads."""
    st.title("Data and methods")
    build = repository.build
    st.markdown(
        f"Data for **{escape_markdown(build.area_name)}**, put together on {date(build.built_at)} by Common Ground "
        f"{escape_markdown(build.version)}, with the look-ups of {build.lookup_vintage}. "
        f"Build {escape_markdown(build.build_id)}."
    )
    show_sources(repository)
    show_recipes(repository)
    show_indicators(repository)
    show_downloads(repository)
