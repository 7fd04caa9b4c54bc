"""The ranked list beside the map: a page of it at a time, one row of which can be chosen."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from dashboard.components.filters import Filters
from dashboard.components.whiskers import draw_whisker
from dashboard.csv_text import write_csv
from dashboard.questions.ranking import NEIGHBOURHOOD, Ranking
from dashboard.repository import Repository
from dashboard.state import BOTH, View
from dashboard.words import count, rank_range
from etl.methods.uncertainty import Certainty
from etl.tables.evidence import CERTAINTY_ID

PAGE_SIZE = 100
ROWS_ABOVE = 2
LIST_HEIGHT_PX = 440
POSITION_PX, PLACE_PX, PERCENT_PX, FLAG_PX, WHISKER_PX = 64, 210, 64, 96, 140
WHISKER, INTERVAL, SURENESS = "How sure", "Rank, in 9 of 10 ways", "In worst tenth"
_ROWS, _SHOWN, _TURNED = "list_rows", "list_shown", "list_turned"
_PICKED, _SHIFT, _FIRST = "list_picked", "list_shift", "list_first"


def show_place_list(
    repository: Repository, filters: Filters, *, view: View, ranking: Ranking, certainty: Certainty | None = None
) -> None:
    """Show the list of a view, at the page of the chosen area; a row that is chosen is shown on the map."""
    if not len(ranking):
        st.info("No areas of this size lie in the chosen area. Choose another size, or show all of England.")
        return
    page, shift = 1, 0
    place = st.container()
    if len(ranking) > PAGE_SIZE:
        page, shift = _choose_page(repository, view=view, ranking=ranking)
        st.caption(f"{PAGE_SIZE} at a time, of {count(len(ranking))}.")
    rows = add_certainty(ranking.rows(*rows_of_page(page, shift=shift)), view=view, certainty=certainty)
    with place:
        _show_rows(repository, filters, view=view, rows=rows)
    if "rank_low" in rows:
        st.caption(
            f"How sure: a line from the lowest to the highest rank that a place has in 9 of 10 ways of weighing; the "
            f"dark tick is its rank as weighed now. Lines run from 1 on the left to {count(rows['rank_high'].max())}."
        )


def rows_of_page(page: int, *, shift: int) -> tuple[int, int]:
    """Return the first row of a page and the row after its last.

    Parameters
    ----------
    shift
        Rows of a short first page, so that a later one can begin just above the chosen place; 0 for none.
    """
    end = shift + (page - (1 if shift else 0)) * PAGE_SIZE
    return max(end - PAGE_SIZE, 0), end


def show_list_download(
    repository: Repository, *, view: View, ranking: Ranking, certainty: Certainty | None = None
) -> None:
    """Offer the whole list as a file for a spreadsheet, made when it is asked for."""
    st.download_button(
        "Download the list (CSV)",
        data=lambda: write_csv(
            describe_rows(
                repository,
                view=view,
                rows=add_certainty(ranking.rows(), view=view, certainty=certainty),
                is_for_file=True,
            )
        ),
        file_name="left-behind-places.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        disabled=not len(ranking),
    )


def add_certainty(rows: pd.DataFrame, *, view: View, certainty: Certainty | None) -> pd.DataFrame:
    """Return rows of the ranking with how sure each is; as they are for larger areas, or when that is not known."""
    if certainty is None or view.level != NEIGHBOURHOOD or rows.empty:
        return rows
    at = rows["feature_id"].to_numpy()
    return rows.assign(
        rank_low=certainty.rank_low[at],
        rank_high=certainty.rank_high[at],
        share_in_worst_tenth=certainty.share_in_worst_tenth[at],
    )


def describe_rows(repository: Repository, *, view: View, rows: pd.DataFrame, is_for_file: bool = False) -> pd.DataFrame:
    """Return rows of the ranking under headings that a person reads."""
    shown: dict[str, pd.Series[Any] | list[str] | list[str | None]] = {"#": rows["position"], "Place": rows["name"]}
    if view.show not in {BOTH, CERTAINTY_ID}:
        indicator = repository.indicators[view.show]
        shown[f"{indicator.name} ({indicator.unit})"] = rows["value"].round(indicator.decimals)
        shown["Rank"] = rows["rank"]
    if "rank_low" in rows and not is_for_file:
        shown[WHISKER] = _whiskers(rows)
    shown["Need"] = rows["need_worst_percent"].replace(0, None)
    shown["Digital"] = rows["exclusion_worst_percent"].replace(0, None)
    if "support_worst_percent" in rows:
        shown["Support"] = rows["support_worst_percent"].replace(0, None)
    shown["Left behind"] = rows["is_left_behind"].map({True: "Yes", False: "No"})
    shown["People"] = rows["population"]
    if view.level != "lsoa":
        shown["People left behind"] = rows["people_left_behind"]
    if "rank_low" in rows:
        shown[SURENESS] = (100 * rows["share_in_worst_tenth"]).round(1)
        shown[INTERVAL] = [rank_range(low, high) for low, high in zip(rows["rank_low"], rows["rank_high"], strict=True)]
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


def _whiskers(rows: pd.DataFrame) -> list[str | None]:
    most = float(rows["rank_high"].max())
    ranks = zip(rows["rank_low"], rows["priority_rank"], rows["rank_high"], strict=True)
    return [draw_whisker(low=low, rank=rank, high=high, most=most) if low else None for low, rank, high in ranks]


def _names(repository: Repository, codes: pd.Series[str]) -> pd.Series[str]:
    return codes.map(repository.areas["name"]).fillna("")


def _file_heading(heading: str) -> str:
    worded = {"#": "Position", "Need": "Need (worst %)", "Digital": "Digital exclusion (worst %)"}
    worded |= {"Support": "Thin support (worst %)", SURENESS: "In the worst tenth (% of ways of weighing)"}
    return worded.get(heading, heading)


def _choose_page(repository: Repository, *, view: View, ranking: Ranking) -> tuple[int, int]:
    """Show the choice of a page, and return it with its shift.

    A place that was chosen elsewhere, on the map or by search, brings the list to it; one that was picked from the
    list leaves the list where it is.
    """
    if st.session_state.get(_SHOWN) != view:
        is_picked_here = bool(view.at) and st.session_state.get(_PICKED) == view.at
        st.session_state[_SHOWN] = view
        if not is_picked_here:
            row = _row_of_chosen(repository, view=view, ranking=ranking)
            st.session_state[_SHIFT] = max(row - ROWS_ABOVE, 0) % PAGE_SIZE
            st.session_state[_FIRST] = max(row - ROWS_ABOVE, 0) // PAGE_SIZE + (2 if st.session_state[_SHIFT] else 1)
            st.session_state[_TURNED] = st.session_state.get(_TURNED, 0) + 1
    shift = st.session_state[_SHIFT]
    pages = math.ceil((len(ranking) - shift) / PAGE_SIZE) + (1 if shift else 0)
    key = f"list-page-{st.session_state[_TURNED]}"
    page = st.pagination(pages, default=min(st.session_state[_FIRST], pages), key=key, max_visible_pages=5)
    return page, shift


def _row_of_chosen(repository: Repository, *, view: View, ranking: Ranking) -> int:
    chosen = repository.area(view.at)
    row = ranking.row_of(chosen.feature_id) if chosen and chosen.area_type == view.level else None
    return row or 0


def _show_rows(repository: Repository, filters: Filters, *, view: View, rows: pd.DataFrame) -> None:
    codes = rows["area_code"].tolist()
    chosen = [codes.index(view.at)] if view.at in codes else []
    st.session_state[_ROWS] = {"selection": {"rows": chosen, "columns": [], "cells": []}}

    def choose() -> None:
        picked = st.session_state[_ROWS]["selection"]["rows"]
        code = codes[picked[0]] if picked else ""
        st.session_state[_PICKED] = code
        filters.select(code)

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
        "Support": percent,
        WHISKER: st.column_config.ImageColumn(
            width=WHISKER_PX, help="Where its rank lies in 9 of 10 ways of weighing; in words in the last column."
        ),
        SURENESS: st.column_config.NumberColumn(
            format="%.0f%%", width="small", help="In how many of 100 ways of weighing it is in the worst tenth."
        ),
        "Left behind": st.column_config.TextColumn(width=FLAG_PX),
        "People": people,
        "People left behind": people,
    }
