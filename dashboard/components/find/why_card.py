"""The card of the chosen area: where it stands, and why."""

from __future__ import annotations

import numpy as np
import streamlit as st

from dashboard import words
from dashboard.components.area.reasons import top_reasons
from dashboard.components.filters import Filters
from dashboard.components.find.clusters import show_neighbours
from dashboard.components.links import link_to_area
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import Area
from dashboard.questions.ranking import Ranking
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, decile, escape_markdown, list_reasons, people, rank, rank_range, ways
from etl.methods.uncertainty import Certainty

FILTERABLE = ("icb", "sicbl", "lad", "ward", "msoa", CUSTOM)


def show_why_card(
    repository: Repository, filters: Filters, *, view: View, ranking: Ranking, certainty: Certainty | None = None
) -> None:
    """Show the card of the chosen area; nothing when none is chosen."""
    area = repository.area(view.at)
    if area is None:
        return
    with st.container(border=True, key="why-card"):
        st.subheader(escape_markdown(area.name))
        st.markdown(_describe_place(area, view=view, ranking=ranking))
        st.markdown(_describe_standing(repository, area, view=view, ranking=ranking))
        if certainty and area.area_type == "lsoa":
            st.markdown(f"**How sure?** {describe_certainty(certainty, feature_id=area.feature_id)}")
        parts = repository.contributions(area_code=area.area_code, recipe_id=view.exclusion)
        st.markdown(f"**Why here?** {list_reasons(top_reasons(parts))}")
        show_neighbours(repository, filters, area)
        st.caption(f"{area.level_name} {area.area_code}, {people(area.population)}")
        with st.container(horizontal=True):
            link_to_area(area.area_code, label="All about this area")
            if area.area_type in FILTERABLE and view.within != area.area_code:
                st.button("Show only this area", on_click=lambda: filters.narrow(area.area_code))
            st.button("Close", on_click=lambda: filters.select(""), icon=":material/close:")


def describe_certainty(certainty: Certainty, *, feature_id: int) -> str:
    """Return how sure the standing of a neighbourhood is, in a plain sentence."""
    low, high = int(certainty.rank_low[feature_id]), int(certainty.rank_high[feature_id])
    if low == 0:
        return "It has no rank among these, so nothing can be said."
    share = float(certainty.share_in_worst_tenth[feature_id])
    interval = f"in 9 of 10 ways it ranks {rank_range(low, high)} of {count(certainty.ranked)}"
    return f"It is in the worst tenth {ways(share)}; {interval}."


def _describe_place(area: Area, *, view: View, ranking: Ranking) -> str:
    row = ranking.row_of(area.feature_id) if area.area_type == view.level else None
    if row is None:
        return "Not in the list, which holds areas of another size or place."
    is_left_behind = bool(ranking.figures["is_left_behind"][area.feature_id])
    standing = ":material/flag: **Left behind**" if is_left_behind else "**Not left behind**"
    return f"{standing} at these thresholds. Number {count(row + 1)} of {count(len(ranking))} in the list."


def _describe_standing(repository: Repository, area: Area, *, view: View, ranking: Ranking) -> str:
    lines = []
    for label, key in (("Need", view.need), ("Digital exclusion", view.exclusion)):
        if area.area_type == CUSTOM:
            # It has no others of its size to stand among; its neighbourhoods have.
            share = repository.share_in_worst(area_code=area.area_code, indicator_id=key)
            lines.append(f"**{label}**: {words.share(share)} of its people live in England's worst fifth")
            continue
        stands = repository.standing(area, indicator_id=key)
        lines.append(f"**{label}**: rank {rank(stands.national_rank, ranked=stands.ranked)}, {decile(stands.decile)}")
    if "support_rank" in ranking.figures and area.area_type == view.level:
        lines.append(f"**Thin support**: {_describe_support(ranking, feature_id=area.feature_id)}")
    return "  \n".join(lines)


def _describe_support(ranking: Ranking, *, feature_id: int) -> str:
    ranks = ranking.figures["support_rank"]
    ranked = int((~np.isnan(ranks)).sum())
    stands = float(ranks[feature_id])
    alike = int((ranks == stands).sum())
    said = f"rank {rank(stands, ranked=ranked)}"
    return f"{said}, which {count(alike)} share" if alike > 1 else said
