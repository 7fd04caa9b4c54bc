"""Bring a table: its columns recognised, then confirmed, then placed and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import streamlit as st

from dashboard.components.kept_work import show_audience_choice
from dashboard.components.visit import Visit
from dashboard.own.data_cells import GEOGRAPHIES
from dashboard.own.data_columns import Recognised, part_places, recognise
from dashboard.own.data_placing import Placed, place_figures
from dashboard.own.data_reading import MOST_BYTES, Measure, Uploaded, read_numbers, read_upload
from dashboard.own.figures import Described, figure_body
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.repository import Repository
from dashboard.words import escape_markdown, rows_words
from etl.errors import CommonGroundError

MEASURES: dict[Measure, str] = {
    "count": "Counts (of people, appointments …)",
    "percent": "Percentages",
    "rate": "Rates or scores",
}
POLARITIES = {
    "higher_is_worse": "Higher is worse",
    "higher_is_better": "Higher is better",
    "neutral": "Neither is worse",
}
KINDS = (
    "A CSV or Excel workbook with one row for each place and headings above them: a column of codes (LSOAs of 2021 or "
    "2011, wards, GP practices or postcodes) and a column of numbers."
)
NO_CODES = (
    "No column holds codes of LSOAs, wards, GP practices or postcodes, and of one of them throughout. Codes look like "
    "E01005062, E05000001, P84001 or M14 4PX."
)
NO_NUMBERS = "No column besides the codes holds numbers. Decimals have a point: 12.3, not 12,3."
_SAID = "own_data_said"
MEGABYTE = 1_000_000


def show_bringing(repository: Repository, visit: Visit) -> None:
    """Show how to bring a table, and take it step by step."""
    if words := st.session_state.pop(_SAID, ""):
        st.success(escape_markdown(words))
    st.markdown(KINDS)
    file = st.file_uploader(
        "Table (CSV or Excel)",
        type=["csv", "txt", "tsv", "xlsx"],
        key="own_data_file",
        max_upload_size=MOST_BYTES // MEGABYTE,
    )
    if file is None:
        return
    try:
        table = read_upload(file.getvalue())
        found = recognise(table)
    except CommonGroundError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return
    if found is None or not found.numbers:
        st.error(NO_CODES if found is None else NO_NUMBERS)
        return
    likeliest = found.codes[0]
    where = f" in the sheet “{escape_markdown(table.sheet)}”" if table.sheet else ""
    st.markdown(
        f"{rows_words(len(table.rows))}{where}. **{escape_markdown(likeliest.heading)}** looks like codes of "
        f"**{GEOGRAPHIES[likeliest.geography]}**. Please confirm it, and what the rest is."
    )
    _confirm(repository, visit, table, found)


def _confirm(repository: Repository, visit: Visit, table: Uploaded, found: Recognised) -> None:
    with st.form("own_data_meaning"):
        codes = st.selectbox(
            "Which column holds the codes",
            options=found.codes,
            format_func=lambda column: f"{column.heading}: {GEOGRAPHIES[column.geography]}",
        )
        left, right = st.columns(2)
        heading = left.selectbox("Which column holds the numbers", options=found.numbers)
        measure: Measure = right.selectbox("What they are", options=get_args(Measure), format_func=MEASURES.__getitem__)
        name = left.text_input("What to call it", value=heading or "", max_chars=200)
        polarity = right.selectbox("Which way is worse", options=list(POLARITIES), format_func=POLARITIES.__getitem__)
        period = left.text_input("What time it is of", placeholder="April 2026", max_chars=100)
        source = right.text_input("Where it comes from", placeholder="NHS App registrations, our own", max_chars=200)
        audience = show_audience_choice(None, key="own_data_audience", options=(Sharing.PARTNERS, Sharing.PRIVATE))
        is_safe = st.checkbox(
            "Rates and percentages in it that rest on fewer than 8 people have been taken out",
            help="Counts are looked after here. What a rate rests on cannot be seen.",
        )
        is_confirmed = st.form_submit_button("Place it and keep it", type="primary")
    if not is_confirmed:
        return
    if measure != "count" and not is_safe:
        st.error("Take out rates that rest on fewer than 8 people, and then tick the box that says so.")
        return
    said = Described(name or heading, period, source, polarity, codes.geography, measure)
    try:
        kept, left_out = part_places(table, codes)
        numbers = read_numbers(kept.column(heading), measure=measure, rows=kept.rows)
        placed = place_figures(
            repository,
            geography=codes.geography,
            measure=measure,
            codes=kept.column(codes.heading),
            numbers=numbers,
        )
        if left_out:
            placed = replace(placed, notes=(left_out, *placed.notes))
        _keep(repository, visit, said, placed, audience=audience)
    except CommonGroundError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return
    st.rerun()


def _keep(repository: Repository, visit: Visit, said: Described, placed: Placed, *, audience: Sharing) -> None:
    codes = [str(code) for code in repository.areas_of_level("lsoa")["area_code"]]
    draft = PieceDraft(
        sort=Sort.OWN_DATA, title=said.name, body=figure_body(said, placed, codes=codes), audience=audience
    )
    kept = visit.register.kept.save(draft, actor=visit.actor)
    notes = " ".join(placed.notes)
    st.session_state[_SAID] = f"“{kept.title}” is kept. {notes} Find it below, and on Find under “Colour the map by”."
