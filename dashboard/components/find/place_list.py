"""The ranked list beside the map: a page of it at a time, one row of which can be chosen."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.find.place_rows import add_certainty, describe_rows, list_styles
from dashboard.csv_text import write_csv
from dashboard.questions.ranking import Ranking
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count
from etl.methods.uncertainty import Certainty

PAGE_SIZE = 100
ROWS_ABOVE = 2
LIST_HEIGHT_PX = 440
HOW_TO_CHOOSE = (
    "Choose a row to see why it is there, and where. By keyboard: arrow keys move, Shift and Space together choose."
)
_ROWS, _SHOWN, _TURNED = "list_rows", "list_shown", "list_turned"
_PICKED, _SHIFT, _FIRST = "list_picked", "list_shift", "list_first"


def show_place_list(
    repository: Repository, filters: Filters, *, view: View, ranking: Ranking, certainty: Certainty | None = None
) -> None:
    """Show the list of a view, at the page of the chosen area; a row that is chosen is shown on the map."""
    if not len(ranking):
        st.info(f"No areas of this size lie in what is shown. Choose another size, or show: {repository.everywhere}.")
        return
    page, shift = 1, 0
    place = st.container()
    if len(ranking) > PAGE_SIZE:
        page, shift = _choose_page(repository, view=view, ranking=ranking)
        st.caption(f"{PAGE_SIZE} at a time, of {count(len(ranking))}.")
    rows = add_certainty(ranking.rows(*rows_of_page(page, shift=shift)), view=view, certainty=certainty)
    with place:
        _show_rows(repository, filters, view=view, rows=rows)
        st.caption(HOW_TO_CHOOSE)
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


def _choose_page(repository: Repository, *, view: View, ranking: Ranking) -> tuple[int, int]:
    """Show the choice of a page, and return it with its shift.

    A place that was chosen elsewhere, on the map or by search, brings the list to it, and so does another order of the
    list; one that was picked from the list, or given up, leaves the list where it is.
    """
    listed = view.changed(is_basemap_shown=True, outline=View().outline)
    before: View | None = st.session_state.get(_SHOWN)
    if listed != before:
        st.session_state[_SHOWN] = listed
        is_same_list = before is not None and before.changed(at=view.at) == listed
        if not (is_same_list and view.at in {"", st.session_state.get(_PICKED)}):
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
        column_config=list_styles(repository, view=view),
    )
