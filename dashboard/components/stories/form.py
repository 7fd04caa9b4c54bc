"""Write a story down, with the consent it rests on; what was typed stays for the whole session until it is sent in."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.entry_form.kept import Kept
from dashboard.components.frame import refusals_shown
from dashboard.components.stories.about import choose_about
from dashboard.components.stories.listing import EDIT, NEW, say
from dashboard.components.stories.shown import consent_words
from dashboard.components.stories.typed import EVERYONE, PARTNERS, story_of, typed_of
from dashboard.components.visit import Visit
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.register import uk_today
from dashboard.register.story import Story, StoryEntry
from dashboard.repository import Repository
from dashboard.words import escape_markdown

_NOT_AGREED = Problem("agreed", "A story rests on its teller's consent. Ask them, and say here that they agreed.")


def show_story_form(repository: Repository, visit: Visit, *, naming: Naming, before: StoryEntry | None) -> None:
    """Show the form, empty or with the story that is changed, and send the story in."""
    known, today = before.story if before else None, uk_today()
    boxes = Kept(f"story:{known.story_id}:{before.version}|" if before and known else f"story:{NEW}|")
    boxes.fill(typed_of(known, by=visit.actor.name, today=today))
    st.markdown("Write it in the teller's own words. A reviewer reads it before anyone else sees it.")
    area_code, asset_id = choose_about(repository, visit, boxes, known, naming)
    _show_words(boxes, naming)
    _show_consent(boxes, today=today)
    boxes.show_all_problems()
    if st.button("Send it in", type="primary", icon=":material/send:", key=boxes.key("send")):
        story = story_of(boxes.typed(), area_code=area_code, asset_id=asset_id, today=today)
        with refusals_shown():
            _send(visit, boxes, story, known)


def _send(visit: Visit, boxes: Kept, story: Story, known: Story | None) -> None:
    """Send the story in and go back to the list; or show the form again with what is wrong beside its boxes."""
    problems: tuple[Problem, ...] = () if boxes.get("agreed") else (_NOT_AGREED,)
    if not problems:
        try:
            if known is None:
                visit.register.stories.add(story, actor=visit.actor)
            else:
                visit.register.stories.edit(known.story_id, story, actor=visit.actor)
        except InvalidEntryError as refusal:
            problems = refusal.problems
    if problems:
        boxes.put("problems", problems)
        st.rerun()
    boxes.clear()
    say("Thank you. A reviewer reads the story before anyone else sees it; you find it below until then.")
    for name in (NEW, EDIT):
        st.query_params.pop(name, None)
    st.rerun()


def _show_words(boxes: Kept, naming: Naming) -> None:
    st.text_input("Title", key=boxes.key("title"), max_chars=200, persist_state="session")
    boxes.show_problems("title")
    st.text_area("The story", key=boxes.key("words"), max_chars=20_000, height=240, persist_state="session")
    boxes.show_problems("words")
    names = naming.taxonomy.names("themes")
    kept = [one for one in boxes.get("themes") if one not in names]
    st.multiselect(
        "What it is about", options=[*names, *kept], format_func=lambda one: names.get(one, one),
        key=boxes.key("themes"), max_selections=10, placeholder="Choose any that fit", select_all=False,
        persist_state="session",
    )  # fmt: skip
    boxes.show_problems("themes")
    st.text_input(
        "How the teller wishes to be named", key=boxes.key("credit"), max_chars=200, persist_state="session",
        help="Their name, a first name, a made-up one; or leave it empty.",
    )  # fmt: skip
    boxes.show_problems("credit")


def _show_consent(boxes: Kept, *, today: date) -> None:
    st.subheader("The teller's consent")
    st.text_input("Who recorded it", key=boxes.key("recorded_by"), max_chars=200, persist_state="session")
    boxes.show_problems("consent.recorded_by")
    left, right = st.columns(2)
    with left:
        st.date_input(
            "When", key=boxes.key("recorded_on"), max_value=today, format="DD/MM/YYYY", persist_state="session"
        )
        boxes.show_problems("consent.recorded_on")
    with right:
        st.date_input(
            "Until when (empty for no end)", value=None, key=boxes.key("until"), format="DD/MM/YYYY",
            persist_state="session",
        )  # fmt: skip
        boxes.show_problems("consent.until")
    st.radio(
        "Who may read it", options=[PARTNERS, EVERYONE], horizontal=True, key=boxes.key("audience"),
        persist_state="session",
    )  # fmt: skip
    # A day of which a part was left empty is no day to the browser: what will be kept is said in words.
    agreed = story_of(boxes.typed(), area_code="", asset_id="", today=today).consent
    st.markdown(escape_markdown(consent_words(agreed)))
    st.checkbox("The teller has agreed to this, and knows that they can take it back at any time",
                key=boxes.key("agreed"), persist_state="session")  # fmt: skip
    boxes.show_problems("agreed")
