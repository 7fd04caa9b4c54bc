"""The answer of the Find page in one sentence."""

from __future__ import annotations

import streamlit as st

from dashboard.questions.asking import Build
from dashboard.questions.levels import LISTED, WHOLE
from dashboard.questions.ranking import Summary
from dashboard.repository import Repository
from dashboard.state import EVERYONE, View
from dashboard.words import count, escape_markdown, people, thresholds


def show_summary(repository: Repository, *, view: View, summary: Summary, counts_support: bool = False) -> None:
    """Say how many neighbourhoods are left behind, with how many people."""
    chosen = repository.area(view.within)
    base_name = chosen.name if chosen and view.base == "within" else "England"
    meaning = thresholds(
        need_worst=view.need_worst,
        exclusion_worst=view.exclusion_worst,
        support_worst=view.support_worst if counts_support and view.support_worst < EVERYONE else None,
        base_name=base_name,
    )
    where = f" in {chosen.name}" if chosen else _where_of(repository.build)
    if summary.left_behind == 0:
        st.info(
            escape_markdown(f"No neighbourhood{where} is {meaning}. Raise a threshold to see who comes next."),
            icon=":material/info:",
        )
        return
    verb = "is" if summary.left_behind == 1 else "are"
    counted = escape_markdown(f"{count(summary.left_behind)} of {count(summary.neighbourhoods)} neighbourhoods{where}")
    rest = escape_markdown(f", home to {people(summary.people_left_behind)}, {verb} left behind: {meaning}.")
    st.markdown(f"**{counted}**{rest}")


def _where_of(build: Build) -> str:
    """Return where all neighbourhoods are that were loaded; of England it goes without saying."""
    return {WHOLE: "", LISTED: " of those that were loaded"}.get(build.area, f" in {build.area_name}")
