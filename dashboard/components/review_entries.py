"""New entries and edits that wait: looked at one by one, published, or sent back with a question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.asset_words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.links import link_to_asset
from dashboard.components.review_fields import show_difference, show_fields
from dashboard.components.review_picking import go_on, is_as_seen, pick, stay
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry
from dashboard.words import date, escape_markdown


def show_new(visit: Visit, waiting: Sequence[Entry], *, naming: Naming) -> None:
    """Show the new entries that wait, one at a time, whole."""
    if not waiting:
        st.info("No new entry waits. Thank you.")
        return
    entry = _pick(waiting)
    _show_head(entry)
    show_fields(entry.asset, naming=naming)
    _show_verdict(visit, entry)


def show_edits(visit: Visit, waiting: Sequence[Entry], *, naming: Naming) -> None:
    """Show the edits that wait, one at a time, as what they change against what is published."""
    if not waiting:
        st.info("No edit waits. Thank you.")
        return
    entry = _pick(waiting)
    _show_head(entry)
    published = visit.register.history.version(
        entry.asset.asset_id, entry.published_version or entry.version, actor=visit.actor
    )
    show_difference(published.asset, entry.asset, naming=naming)
    link_to_asset(entry.asset.asset_id, label="See the entry and its history")
    _show_verdict(visit, entry)


def _pick(waiting: Sequence[Entry]) -> Entry:
    return pick(waiting, name=lambda one: one.asset.name, key=lambda one: one.asset.asset_id)


def _show_head(entry: Entry) -> None:
    st.subheader(escape_markdown(entry.asset.name))
    source = f" It came from {escape_markdown(entry.asset.source)}." if entry.asset.source else ""
    st.caption(f"Sent in on {date(entry.changed_at)}.{source}")


def _show_verdict(visit: Visit, entry: Entry) -> None:
    asset_id, name = entry.asset.asset_id, entry.asset.name
    is_seen = is_as_seen(f"review-seen-{asset_id}", entry.version)
    if st.button("Publish", type="primary", icon=":material/publish:", key=f"review-publish-{asset_id}"):
        with refusals_shown():
            if not is_seen:
                stay(f"“{name}” was changed while you looked at it, so it was not published. Look at it again.")
            visit.register.review.publish(asset_id, version=entry.version, actor=visit.actor)
            go_on(f"“{name}” is published: everyone can see it now.")
    with st.form(f"review-return-{asset_id}", clear_on_submit=True):
        note = st.text_area("Or send it back with a question", max_chars=2_000, key=f"review-note-{asset_id}")
        if st.form_submit_button("Send it back", icon=":material/undo:"):
            if not note.strip():
                st.error("Write the question that the person who sent it in is to answer.")
                return
            with refusals_shown():
                visit.register.review.return_with_question(asset_id, note=note, actor=visit.actor)
                go_on(f"“{name}” was sent back with your question.")
