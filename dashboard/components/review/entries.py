"""New entries and edits that wait: looked at one by one, published, or sent back with a question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.links import link_to_asset
from dashboard.components.review.fields import show_difference, show_fields
from dashboard.components.review.picking import pick
from dashboard.components.review.verdict import Judged, show_verdict
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry
from dashboard.words import date, escape_markdown


def show_new(visit: Visit, waiting: Sequence[Entry], *, of: int, naming: Naming) -> None:
    """Show the oldest of the new entries that wait, one at a time, whole."""
    if not waiting:
        st.info("No new entry waits. Thank you.")
        return
    entry = _pick(waiting, of=of)
    _show_head(visit, entry)
    show_fields(entry.asset, naming=naming)
    _show_verdict(visit, entry)


def show_edits(visit: Visit, waiting: Sequence[Entry], *, of: int, naming: Naming) -> None:
    """Show the oldest of the edits that wait, one at a time, as what they change against what is published."""
    if not waiting:
        st.info("No edit waits. Thank you.")
        return
    entry = _pick(waiting, of=of)
    _show_head(visit, entry)
    published = visit.register.history.version(
        entry.asset.asset_id, entry.published_version or entry.version, actor=visit.actor
    )
    show_difference(published.asset, entry.asset, naming=naming)
    link_to_asset(entry.asset.asset_id, label="See the entry and its history")
    _show_verdict(visit, entry)


def _pick(waiting: Sequence[Entry], *, of: int) -> Entry:
    return pick(waiting, of=of, name=lambda one: one.asset.name, key=lambda one: one.asset.asset_id)


def _show_head(visit: Visit, entry: Entry) -> None:
    """Show the name, who wrote what waits and when, and why."""
    st.subheader(escape_markdown(entry.asset.name))
    past = visit.register.history.read(entry.asset.asset_id, actor=visit.actor)
    wrote = next((one for one in past if one.version == entry.version and one.changes), None)
    by = f" by {', '.join(filter(None, (wrote.who, wrote.organisation)))}" if wrote else ""
    source = f" It came from {entry.asset.source}." if entry.asset.source else ""
    st.caption(escape_markdown(f"Sent in on {date(entry.changed_at)}{by}.{source}"))
    if wrote and wrote.why:
        st.text(f"Why: {' '.join(wrote.why.split())}")


def _show_verdict(visit: Visit, entry: Entry) -> None:
    asset_id, review = entry.asset.asset_id, visit.register.review
    show_verdict(
        Judged(
            key=asset_id,
            name=entry.asset.name,
            version=entry.version,
            asked="the person who sent it in",
            once_published="everyone can see it now",
        ),
        publish=lambda: review.publish(asset_id, version=entry.version, actor=visit.actor),
        send_back=lambda note: review.return_with_question(asset_id, note=note, actor=visit.actor),
    )
