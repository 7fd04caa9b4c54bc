"""What this person has added that not everyone sees yet."""

from __future__ import annotations

import streamlit as st

from dashboard.components.links import link_to_asset
from dashboard.components.visit import Visit
from dashboard.register.rules.next_step import next_step
from dashboard.words import escape_markdown


def show_mine(visit: Visit) -> None:
    """Show a person's drafts, and what of theirs waits or was sent back, with what happens next."""
    unfinished = visit.register.queues.unfinished(actor=visit.actor)
    if not unfinished:
        return
    with st.expander(f"Yours, not yet shown to everyone ({len(unfinished)})", icon=":material/edit_note:"):
        for entry in unfinished:
            link_to_asset(entry.asset.asset_id, label=entry.asset.name)
            st.caption(escape_markdown(next_step(state=entry.state, waiting=entry.waiting, note=entry.note)))
