"""Clusters of high priority in words, for those who cannot see the map and those who want to name them."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.find.place_rows import column_styles
from dashboard.components.links import link_to_area
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown, people

MOST_SHOWN = 50
WHAT_IT_IS = (
    "Neighbourhoods of high priority that lie beside others of high priority more than chance would have it (local "
    "Moran's I, 999 permutations, false discoveries held to 5%), grouped where they touch. Worked out for the usual "
    "question, need and digital exclusion of equal weight, among the neighbourhoods of"
)


def show_clusters(repository: Repository, *, view: View) -> None:
    """Show the clusters of a view in words and as a table."""
    found = repository.clusters_within(view.within)
    chosen = repository.area(view.within)
    where = f" in {chosen.name}" if chosen else ""
    clusters = f"{count(len(found))} cluster{'' if len(found) == 1 else 's'}"
    with st.expander(f"Where they lie side by side: {clusters}{escape_markdown(where)}"):
        st.caption(f"{WHAT_IT_IS} {escape_markdown(repository.build.area_name)}.")
        if found.empty:
            st.markdown(escape_markdown(f"No cluster of high priority was found{where}."))
            return
        first = found.iloc[0].to_dict()
        said = f"{first['name']}: {describe_size(first['neighbourhoods'])}, home to {people(first['people'])}"
        st.markdown(f"The one with most people is **{escape_markdown(said)}**.")
        headings = {"name": "Where", "neighbourhoods": "Neighbourhoods", "people": "People"}
        if chosen:
            headings["inside"] = f"Neighbourhoods in {chosen.name}"
        shown = found.head(MOST_SHOWN)[list(headings)].rename(columns=headings)
        st.dataframe(shown, hide_index=True, alt="Clusters, most people first", column_config=column_styles())
        if len(found) > MOST_SHOWN:
            st.caption(f"The {MOST_SHOWN} with most people, of {count(len(found))}.")


def show_neighbours(repository: Repository, filters: Filters | None, area: Area) -> None:
    """Say which cluster a neighbourhood is in and who is beside it: to choose from, or as links without filters."""
    if area.area_type != "lsoa":
        return
    cluster = repository.cluster_of(area)
    if cluster:
        row = repository.clusters.loc[cluster].to_dict()
        said = f"{row['name']}: {describe_size(row['neighbourhoods'])}"
        st.markdown(f"**Part of a cluster**: {escape_markdown(said)}.")
    beside = repository.neighbours(area.area_code)
    if not beside:
        return
    is_shared = {one.area_code: bool(cluster) and repository.cluster_of(one) == cluster for one in beside}
    names = {
        one.area_code: f"{one.name}{' (in the same cluster)' if is_shared[one.area_code] else ''}" for one in beside
    }
    if filters is not None:
        st.markdown(f"**Beside it**: {escape_markdown('; '.join(names.values()))}.")
        _choose_neighbour(filters, beside)
        return
    st.markdown("**Beside it**:")
    with st.container(horizontal=True):
        for area_code, name in names.items():
            link_to_area(area_code, label=name)


def describe_size(neighbourhoods: int) -> str:
    """Return how large a cluster is: four neighbourhoods side by side."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    number = words[neighbourhoods] if neighbourhoods < len(words) else count(neighbourhoods)
    return f"{number} neighbourhood{'' if neighbourhoods == 1 else 's side by side'}"


def _choose_neighbour(filters: Filters, beside: tuple[Area, ...]) -> None:
    names = {one.area_code: one.name for one in beside}
    st.session_state["neighbour"] = None

    def go() -> None:
        if st.session_state["neighbour"]:
            filters.select(st.session_state["neighbour"])

    st.selectbox(
        "Go to a neighbour",
        options=list(names),
        index=None,
        format_func=names.__getitem__,
        key="neighbour",
        on_change=go,
        placeholder="Choose one",
    )
