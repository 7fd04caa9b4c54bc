"""What is seen before anything has been loaded: how to load it, and a button for the demonstration."""

from __future__ import annotations

import streamlit as st

from dashboard.opening import renew_register
from dashboard.words import escape_markdown
from etl.progress import SilentSource, SourceProgress
from etl.publish import LoadRequest, load
from etl.settings import Settings

LOAD_COMMAND = "commonground load"


def show_welcome(settings: Settings) -> None:
    """Say how to load England's data, and offer to load made-up places at once."""
    st.title("Nothing has been loaded yet")
    st.markdown(
        "Common Ground shows where need and digital exclusion meet in England's neighbourhoods. It has no data so far. "
        "There are two ways to begin."
    )
    st.header("Look round with made-up places")
    st.markdown("A small made-up region, ready in about a minute. Nothing is downloaded.")
    if st.button("Load the demonstration", type="primary"):
        _load_demo(settings)
    st.header("Load the real data of England")
    st.markdown("Whoever runs this service types this command where it runs. It fetches open data from the publishers.")
    st.code(LOAD_COMMAND, language=None)
    st.caption(f"Data will live in {escape_markdown(str(settings.home))}.")


def _load_demo(settings: Settings) -> None:
    with st.status("Making the demonstration…", expanded=True) as status:
        load(settings=settings, request=LoadRequest(is_demo=True), progress=PageProgress())
        renew_register(settings)
        status.update(label="The demonstration is ready.", state="complete")
    st.rerun()


class PageProgress:
    """Progress of a load as a bar on the page; what other threads report is left to the next step."""

    def __init__(self) -> None:
        self._bar = st.progress(0.0, text="Starting")
        self._done, self._total = 0, 1

    def start(self, *, total_steps: int) -> None:
        """Say how many steps the load will have."""
        self._total = max(total_steps, 1)

    def source(self, title: str) -> SourceProgress:
        """Show which source is being read."""
        self._advance(title)
        return SilentSource()

    def step(self, title: str) -> None:
        """Show that the next step has begun."""
        self._advance(title)

    def finish(self) -> None:
        """Show that all is done."""
        self._bar.progress(1.0, text="Done")

    def _advance(self, title: str) -> None:
        self._bar.progress(min(self._done / self._total, 1.0), text=title)
        self._done += 1
