"""Neighbourhoods most like this one, anywhere in England, and what they have within reach that this one lacks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.assets.live import live_table
from dashboard.components.frame import fragment
from dashboard.components.links import link_to_area
from dashboard.opening import open_register
from dashboard.planning.support import where_people_live
from dashboard.questions.places import Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.strengths import find_help
from dashboard.words import escape_markdown, join
from etl.settings import Settings

MOST_LACKING = 12
# Mean difference in standard deviations, up to which places are called so.
ALIKE = ((0.25, "very alike"), (0.5, "alike"), (1.0, "somewhat alike"))


def show_similar(repository: Repository, area: Area, *, view: View, settings: Settings) -> None:
    """Show the neighbourhoods most like one; nothing for larger areas."""
    if area.area_type != "lsoa":
        return
    st.header("Neighbourhoods most like this one")
    _show(repository, area, view, settings)


@fragment
def _show(repository: Repository, area: Area, view: View, settings: Settings) -> None:
    usual = repository.figures_to_compare(need=view.need, recipe_id=view.exclusion)
    chosen = st.multiselect(
        "Compared by",
        options=list(repository.mapped_indicators),
        default=usual,
        format_func=lambda key: repository.indicators[key].name,
        help="Each figure counts the same, in standard deviations. Very alike is a quarter of one apart or less.",
    )
    if not chosen:
        st.info("Choose at least one figure to compare by.")
        return
    found = repository.similar(area, indicator_ids=tuple(chosen))
    for row in found.to_dict("records"):
        link_to_area(row["area_code"], label=f"{row['name']}: {describe_distance(row['distance'])}")
    _show_lacking(repository, area, found=found, settings=settings)


def describe_distance(distance: float) -> str:
    """Return how alike two places are in words."""
    return next((words for most, words in ALIKE if distance <= most), "the nearest there is, but not alike")


def _show_lacking(repository: Repository, area: Area, *, found: pd.DataFrame, settings: Settings) -> None:
    register = open_register(settings)
    table = live_table(register)
    if not len(table):
        st.caption("No community assets are listed yet, so it cannot be said what similar places have.")
        return
    taxonomy = register.settings.taxonomy()
    origins, _ = where_people_live(repository.path)
    here = find_help(table, origin=origins[area.feature_id])
    theirs = [find_help(table, origin=origins[feature_id]) for feature_id in found["feature_id"]]
    lacking = [
        (term.name, sum(term.term_id in there.of(facet) for there in theirs))
        for facet in ("kinds", "offers")
        for term in taxonomy.choices(facet)
        if term.term_id not in here.of(facet)
    ]
    lacking = sorted((one for one in lacking if one[1]), key=lambda one: (-one[1], one[0]))
    st.subheader("What they have within reach that this place lacks")
    if not lacking:
        st.markdown("Nothing that is listed: whatever they have within a walk of 1,600 m is within reach here too.")
        return
    said = [f"**{escape_markdown(name)}** ({places} of {len(theirs)})" for name, places in lacking[:MOST_LACKING]]
    st.markdown(f"{join(said)}. In brackets: how many of those places have it.")
