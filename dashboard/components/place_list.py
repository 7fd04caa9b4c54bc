"""The ranked list beside the map: a page of it at a time, one row of which can be chosen."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.components.filters import Filters
from dashboard.csv_text import write_csv
from dashboard.questions.ranking import Ranking
from dashboard.repository import Repository
from dashboard.state import BOTH, View
from dashboard.words import count

PAGE_SIZE = 100
LIST_HEIGHT_PX = 440
POSITION_PX, PLACE_PX, PERCENT_PX = 60, 250, 64
_ROWS, _SHOWN, _TURNED = "list_rows", "list_shown", "list_turned"


def show_place_list(repository: Repository, filters: Filters, *, view: View, ranking: Ranking) -> None:
    """Show the list of a view, at the page of the chosen area; a row that is chosen is shown on the map."""
    if not len(ranking):
        st.info("No areas of this size lie in the chosen area. Choose another size, or show all of England.")
        return
    page = 1
    place = st.container()
    if len(ranking) > PAGE_SIZE:
        page = _choose_page(repository, view=view, ranking=ranking)
        st.caption(f"{PAGE_SIZE} at a time, of {count(len(ranking))}.")
    with place:
        rows = ranking.rows((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
        _show_rows(repository, filters, view=view, rows=rows)


def show_list_download(repository: Repository, *, view: View, ranking: Ranking) -> None:
    """Offer the whole list as a file for a spreadsheet, made when it is asked for."""
    st.download_button(
        "Download the list (CSV)",
        data=lambda: write_csv(describe_rows(repository, view=view, rows=ranking.rows(), is_for_file=True)),
        file_name="left-behind-places.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=not len(ranking),
    )


def describe_rows(repository: Repository, *, view: View, rows: pd.DataFrame, is_for_file: bool = False) -> pd.DataFrame:
    """Return rows of the ranking under headings that a person reads."""
    shown = {"#": rows["position"], "Place": rows["name"]}
    if view.show != BOTH:
        indicator = repository.indicators[view.show]
        shown[f"{indicator.name} ({indicator.unit})"] = rows["value"].round(indicator.decimals)
        shown["Rank"] = rows["rank"]
    shown["Need"] = rows["need_worst_percent"].replace(0, None)
    shown["Digital"] = rows["exclusion_worst_percent"].replace(0, None)
    shown["Left behind"] = rows["is_left_behind"].map({True: "Yes", False: "No"})
    shown["People"] = rows["population"]
    if view.level != "lsoa":
        shown["People left behind"] = rows["people_left_behind"]
    if is_for_file:
        shown |= {
            "Code": rows["area_code"],
            "District": _names(repository, rows["lad_code"]),
            "ICB": _names(repository, rows["icb_code"]),
            "Need rank": rows["need_rank"],
            "Digital exclusion rank": rows["exclusion_rank"],
        }
        shown = {_file_heading(heading): column for heading, column in shown.items()}
    return pd.DataFrame(shown)


def _names(repository: Repository, codes: pd.Series[str]) -> pd.Series[str]:
    return codes.map(repository.areas["name"]).fillna("")


def _file_heading(heading: str) -> str:
    worded = {"#": "Position", "Need": "Need (worst %)", "Digital": "Digital exclusion (worst %)"}
    return worded.get(heading, heading)


def _choose_page(repository: Repository, *, view: View, ranking: Ranking) -> int:
    """Show the choice of a page; a view that was not shown before starts at the page of its chosen area."""
    if st.session_state.get(_SHOWN) != view:
        st.session_state[_SHOWN] = view
        st.session_state[_TURNED] = st.session_state.get(_TURNED, 0) + 1
    pages = math.ceil(len(ranking) / PAGE_SIZE)
    chosen = repository.area(view.at)
    row = ranking.row_of(chosen.feature_id) if chosen and chosen.area_type == view.level else None
    first = (row or 0) // PAGE_SIZE + 1
    return st.pagination(pages, default=first, key=f"list-page-{st.session_state[_TURNED]}", max_visible_pages=5)


def _show_rows(repository: Repository, filters: Filters, *, view: View, rows: pd.DataFrame) -> None:
    codes = rows["area_code"].tolist()
    chosen = [codes.index(view.at)] if view.at in codes else []
    st.session_state[_ROWS] = {"selection": {"rows": chosen, "columns": [], "cells": []}}

    def choose() -> None:
        picked = st.session_state[_ROWS]["selection"]["rows"]
        filters.select(codes[picked[0]] if picked else "")

    st.dataframe(
        describe_rows(repository, view=view, rows=rows),
        key=_ROWS,
        hide_index=True,
        height=LIST_HEIGHT_PX,
        on_select=choose,
        selection_mode="single-row",
        alt="Places in order, worst first",
        column_config=column_styles(),
    )


def column_styles() -> dict[str, ColumnConfig]:
    """Return how the columns of a list look."""
    percent = st.column_config.NumberColumn(
        format="%d%%", width=PERCENT_PX, help="Worst per cent: 1% is the worst of England, or of the chosen area."
    )
    people = st.column_config.NumberColumn(format="localized", width="small")
    return {
        "#": st.column_config.NumberColumn(format="localized", width=POSITION_PX),
        "Place": st.column_config.TextColumn(width=PLACE_PX),
        "Need": percent,
        "Digital": percent,
        "Left behind": st.column_config.TextColumn(width="small"),
        "People": people,
        "People left behind": people,
    }
