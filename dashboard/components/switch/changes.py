"""What changed since the last build of the data."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.find.place_rows import column_styles
from dashboard.repository import Repository, open_repository
from dashboard.snapshot_changes import SnapshotChanges, compare_snapshots, find_previous
from dashboard.words import count, date, escape_markdown, people
from etl.errors import CommonGroundError
from etl.settings import Settings

MOST_LISTED = 200
RELATIVE = (
    "Being left behind is counted against the rest of England, so a neighbourhood may enter or leave because others "
    "moved, or because a source has a new edition, and not because anything changed there."
)


def show_changes(repository: Repository, settings: Settings) -> None:
    """Show what is different from the snapshot that was served before."""
    st.header("What changed since the last time the data was put together")
    previous = find_previous(settings, current=repository.path)
    if previous is None:
        st.info("There is no earlier build here to compare with. The next load will be compared with this one.")
        return
    try:
        before = open_repository(previous)
        changes = compare_snapshots(before, repository)
    except CommonGroundError:
        st.info("The earlier build was made by another version of Common Ground and cannot be compared.")
        return
    st.markdown(
        f"From the build of {date(before.build.built_at)} ({escape_markdown(before.build.build_id)}) to that of "
        f"{date(repository.build.built_at)} ({escape_markdown(repository.build.build_id)})."
    )
    if before.build.is_demo != repository.build.is_demo:
        st.info("One of the two is the demo, so there is nothing to compare.")
        return
    if changes.is_empty:
        st.markdown("**Nothing that is shown here is different.**")
        return
    _show_parts(changes)


def _show_parts(changes: SnapshotChanges) -> None:
    _show_part("Sources with a new edition or file", changes.editions, headings=("Source", "Before", "Now"))
    _show_people("Neighbourhoods that are now left behind", changes.entered)
    _show_people("Neighbourhoods that are not left behind any more", changes.left)
    if len(changes.entered) or len(changes.left):
        st.caption(RELATIVE)
    for title, assets in (("Assets that are new", changes.assets_added), ("Assets gone", changes.assets_gone)):
        _show_part(title, assets[["name", "kind"]], headings=("Name", "Kind"))


def _show_people(title: str, places: pd.DataFrame) -> None:
    if len(places):
        st.subheader(f"{title}: {count(len(places))}, home to {people(places['population'].sum())}")
        _show_rows(places[["name", "area_code", "population"]], headings=("Place", "Code", "People"), title=title)


def _show_part(title: str, rows: pd.DataFrame, *, headings: tuple[str, ...]) -> None:
    if len(rows):
        st.subheader(f"{title}: {count(len(rows))}")
        _show_rows(rows, headings=headings, title=title)


def _show_rows(rows: pd.DataFrame, *, headings: tuple[str, ...], title: str) -> None:
    shown = rows.head(MOST_LISTED).set_axis(list(headings), axis="columns")
    st.dataframe(shown, hide_index=True, alt=title, column_config=column_styles())
    if len(rows) > MOST_LISTED:
        st.caption(f"The first {MOST_LISTED} of {count(len(rows))}.")
