"""What people say is wrong: read beside the entry, put right, and settled in a few words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.links import link_to_asset
from dashboard.components.review.fields import show_fields
from dashboard.components.review.picking import go_on, pick
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry, State
from dashboard.register.store.reports import Report
from dashboard.words import date, escape_markdown


def show_reports(visit: Visit, reports: Sequence[Report], *, naming: Naming) -> None:
    """Show the messages that nobody has settled, one at a time."""
    if not reports:
        st.info("Nobody says that something is wrong. Thank you.")
        return
    report = pick(reports, name=lambda one: f"{one.words[:60]}", key=lambda one: str(one.report_id))
    entry = visit.register.entries.get(report.asset_id, actor=visit.actor, newest=True)
    st.subheader(escape_markdown(entry.asset.name))
    st.markdown(f"Somebody wrote on {date(report.at)}:")
    with st.container(border=True):
        st.text(report.words)
    link_to_asset(report.asset_id, label="Open the entry to put it right")
    with st.expander("What the entry says now"):
        show_fields(entry.asset, naming=naming)
    with st.form(f"review-report-{report.report_id}", clear_on_submit=True):
        outcome = st.text_input("What did you do about it?", max_chars=500, key=f"review-outcome-{report.report_id}")
        if st.form_submit_button("Settle it", type="primary", icon=":material/done:"):
            if not outcome.strip():
                st.error("Say in a few words what you did: it stays in the history of the entry.")
                return
            with refusals_shown():
                visit.register.reports.close(report.report_id, outcome=outcome, actor=visit.actor)
                go_on("The message is settled.")


def show_checks(visit: Visit, due: Sequence[Entry], *, of: int, naming: Naming) -> None:
    """Show entries that are due a check, the longest waiting first."""
    if not due:
        st.info("No entry is due a check. Thank you.")
        return
    entry = pick(due, of=of, name=lambda one: one.asset.name, key=lambda one: one.asset.asset_id)
    asset_id, trust = entry.asset.asset_id, entry.asset.trust
    st.subheader(escape_markdown(entry.asset.name))
    last = f"Last confirmed on {trust.confirmed_on:%-d %B %Y}" if trust.confirmed_on else "Never confirmed"
    st.caption(f"{last}{escape_markdown(f' by {trust.confirmed_by}' if trust.confirmed_by else '')}.")
    show_fields(entry.asset, naming=naming)
    link_to_asset(asset_id, label="Open the entry to change it")
    with st.container(horizontal=True):
        is_right = st.button("It is right", type="primary", icon=":material/verified:", key=f"review-right-{asset_id}")
        is_gone = st.button("It is no more: archive it", icon=":material/archive:", key=f"review-gone-{asset_id}")
    with refusals_shown():
        if is_right:
            visit.register.entries.confirm(asset_id, actor=visit.actor)
            go_on(f"“{entry.asset.name}” is confirmed.")
        if is_gone and entry.state is State.PUBLISHED:
            visit.register.review.archive(asset_id, actor=visit.actor, why="It is no more.")
            go_on(f"“{entry.asset.name}” is archived. Its page brings it back.")
