"""Stories that wait: read, published, or sent back with a question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.asset_words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.review_picking import go_on, is_as_seen, pick, stay
from dashboard.components.story_shown import show_story
from dashboard.components.visit import Visit
from dashboard.register.entry import State
from dashboard.register.story import StoryEntry


def waiting_stories(visit: Visit) -> list[StoryEntry]:
    """Return the stories that wait for this reviewer, and not those that wait for their author."""
    return [one for one in visit.register.stories.waiting(actor=visit.actor) if one.state is State.SUBMITTED]


def show_waiting_stories(visit: Visit, stories: Sequence[StoryEntry], *, naming: Naming) -> None:
    """Show the stories that wait, one at a time."""
    if not stories:
        st.info("No story waits. Thank you.")
        return
    entry = pick(stories, name=lambda one: one.story.title, key=lambda one: one.story.story_id)
    show_story(visit, entry, naming=naming, with_consent=True)
    story_id, title = entry.story.story_id, entry.story.title
    st.caption("Check that it names no place smaller, and nobody more closely, than the teller agreed to.")
    is_seen = is_as_seen(f"review-seen-{story_id}", entry.version)
    if st.button("Publish", type="primary", icon=":material/publish:", key=f"review-story-{story_id}"):
        with refusals_shown():
            if not is_seen:
                stay(f"“{title}” was changed while you read it, so it was not published. Read it again.")
            visit.register.stories.publish(story_id, version=entry.version, actor=visit.actor)
            go_on(f"“{title}” is published for those whom the teller agreed to.")
    with st.form(f"review-story-return-{story_id}", clear_on_submit=True):
        note = st.text_area("Or send it back with a question", max_chars=2_000, key=f"review-story-note-{story_id}")
        if st.form_submit_button("Send it back", icon=":material/undo:"):
            if not note.strip():
                st.error("Write the question that whoever wrote the story down is to answer.")
                return
            with refusals_shown():
                visit.register.stories.return_with_question(story_id, note=note, actor=visit.actor)
                go_on(f"“{title}” was sent back with your question.")
