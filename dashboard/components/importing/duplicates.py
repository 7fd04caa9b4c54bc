"""Rows that may be an entry of the register already: both side by side, and a person says what they are."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming, where_words
from dashboard.components.importing.job import ImportJob, change_job
from dashboard.components.paging import show_paging
from dashboard.register.exchange.plan import PlannedDuplicate
from dashboard.register.model import Asset
from dashboard.words import count, escape_markdown

PER_PAGE = 5
LEAVE_OUT, SAME, NEW = "Leave it out for now", "It is the same: update the entry", "It is something else: add it"
_WAYS = (LEAVE_OUT, SAME, NEW)
_UNDECIDED = "undecided"


def show_duplicates(job: ImportJob, *, naming: Naming) -> None:
    """Show every likely duplicate with the entries it may be, and take down what the person decides."""
    duplicates = job.plan.duplicates if job.plan else ()
    st.markdown(
        "These rows look like entries that the register has. Say of each what it is; what you leave out stays out, and "
        "comes back to you in a file."
    )
    _show_all_at_once(job)
    for duplicate in show_paging(duplicates, per_page=PER_PAGE, key="import-duplicates-page"):
        with st.container(border=True):
            _show_duplicate(job, duplicate, naming)


def _show_all_at_once(job: ImportJob) -> None:
    waiting = job.decided.duplicates
    if len(waiting) < 2 and not job.decisions:  # noqa: PLR2004
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        many = count(len(waiting))
        if waiting and st.button(f"All {many} left are the same: update the likeliest", key="import-all-same"):
            likeliest = {one.draft.row: one.likely[0].known.asset.asset_id for one in waiting}
            change_job(job, decisions=job.decisions | likeliest)
        if waiting and st.button(f"All {many} left are something else: add them", key="import-all-new"):
            change_job(job, decisions=job.decisions | {one.draft.row: "" for one in waiting})
        if job.decisions and st.button("Decide none of them", key="import-all-none"):
            change_job(job, decisions={})


def _show_duplicate(job: ImportJob, duplicate: PlannedDuplicate, naming: Naming) -> None:
    row = duplicate.draft.row
    entries = {one.known.asset.asset_id: one for one in duplicate.likely}
    decided = job.decisions.get(row, _UNDECIDED)
    shown = entries.get(decided, duplicate.likely[0])
    if len(entries) > 1:
        asset_id = st.selectbox(
            f"Row {row} may be one of {len(entries)}", options=list(entries), key=f"import-likely-{row}",
            index=list(entries).index(shown.known.asset.asset_id),
            format_func=lambda one: entries[one].known.asset.name,
        )  # fmt: skip
        shown = entries[asset_id]
    left, right = st.columns(2)
    with left:
        _show_side(f"Row {row} of the list", duplicate.draft.asset, naming)
    with right:
        _show_side("In the register", shown.known.asset, naming)
    st.caption(escape_markdown(" ".join(shown.reasons)))
    way = LEAVE_OUT if decided == _UNDECIDED else NEW if decided == "" else SAME
    chosen = st.radio(
        f"What is row {row}?", options=_WAYS, index=_WAYS.index(way), key=f"import-decision-{row}-{way}",
        horizontal=True,
    )  # fmt: skip
    _decide(job, row, {LEAVE_OUT: _UNDECIDED, SAME: shown.known.asset.asset_id, NEW: ""}[chosen], before=decided)


def _decide(job: ImportJob, row: int, decision: str, *, before: str) -> None:
    if decision == before:
        return
    others = {one: said for one, said in job.decisions.items() if one != row}
    change_job(job, decisions=others if decision == _UNDECIDED else {**others, row: decision})


def _show_side(heading: str, asset: Asset, naming: Naming) -> None:
    phones = ", ".join(filter(None, (contact.phone for contact in asset.contacts)))
    lines = [f"**{heading}**", f"**{escape_markdown(asset.name)}**"]
    facts = (
        naming.taxonomy.name_of("kinds", asset.kind),
        where_words(asset, naming=naming),
        phones,
        asset.website,
        f"From: {asset.source}" if asset.source else "",
    )
    lines += [escape_markdown(one) for one in facts if one]
    st.markdown("  \n".join(lines))
