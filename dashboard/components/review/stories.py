"""Stories that wait: read, published, or sent back with a question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.review.picking import pick
from dashboard.components.review.verdict import Judged, show_verdict
from dashboard.components.stories.shown import has_consent, show_story
from dashboard.components.visit import Visit
from dashboard.register.entry import State
from dashboard.register.rules.permissions import Action
from dashboard.register.story import StoryEntry


def waiting_stories(visit: Visit) -> list[StoryEntry]:
    """Return the stories that wait for this reviewer; not those that wait for their author, or for somebody else."""
    stories = visit.register.stories
    return [
        one
        for one in stories.waiting(actor=visit.actor)
        if one.state is State.SUBMITTED and Action.REVIEW_STORY in stories.rights(one.story.story_id, actor=visit.actor)
    ]


def show_waiting_stories(visit: Visit, stories: Sequence[StoryEntry], *, naming: Naming) -> None:
    """Show the stories that wait, one at a time."""
    if not stories:
        st.info("No story waits. Thank you.")
        return
    entry = pick(stories, name=lambda one: one.story.title, key=lambda one: one.story.story_id)
    show_story(visit, entry, naming=naming, with_consent=True)
    if not has_consent(entry):
        st.warning(
            "The teller's consent has run out: nobody would see it once published. Send it back and ask for another.",
            icon=":material/event_busy:",
        )
    st.caption("Check that it names no place smaller, and nobody more closely, than the teller agreed to.")
    story_id, stories_desk = entry.story.story_id, visit.register.stories
    show_verdict(
        Judged(
            key=story_id,
            name=entry.story.title,
            version=entry.version,
            asked="whoever wrote the story down",
            once_published="those whom the teller agreed to can read it now",
        ),
        publish=lambda: stories_desk.publish(story_id, version=entry.version, actor=visit.actor),
        send_back=lambda note: stories_desk.return_with_question(story_id, note=note, actor=visit.actor),
    )
