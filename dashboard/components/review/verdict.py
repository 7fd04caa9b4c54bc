"""What a reviewer says of one thing that waits: publish it, or send it back with a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.components.frame import refusals_shown
from dashboard.components.review.picking import go_on, is_as_seen, stay


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One thing that waits, as the reviewer sees it.

    Parameters
    ----------
    key
        Tells it from everything else that waits.
    version
        What of it is looked at: another version is not published unseen.
    asked
        Who answers a question about it.
    once_published
        What is so once it is published.
    """

    key: str
    name: str
    version: int
    asked: str
    once_published: str


def show_verdict(judged: Judged, *, publish: Callable[[], object], send_back: Callable[[str], object]) -> None:
    """Show the button that publishes, and the form that sends back with a question."""
    is_seen = is_as_seen(f"review-seen-{judged.key}", judged.version)
    if st.button("Publish", type="primary", icon=":material/publish:", key=f"review-publish-{judged.key}"):
        with refusals_shown():
            if not is_seen:
                stay(f"“{judged.name}” was changed while you looked at it, so it was not published. Look at it again.")
            publish()
            go_on(f"“{judged.name}” is published: {judged.once_published}.")
    with st.form(f"review-return-{judged.key}", clear_on_submit=True):
        note = st.text_area("Or send it back with a question", max_chars=2_000, key=f"review-note-{judged.key}")
        if st.form_submit_button("Send it back", icon=":material/undo:"):
            if not note.strip():
                st.error(f"Write the question that {judged.asked} is to answer.")
                return
            with refusals_shown():
                send_back(note)
                go_on(f"“{judged.name}” was sent back with your question.")
