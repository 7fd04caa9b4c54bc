"""One story as its teller wants it told."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.links import link_to_area, link_to_asset
from dashboard.components.visit import Visit
from dashboard.register.errors import NotFoundError
from dashboard.register.model import Audience
from dashboard.register.register import uk_today
from dashboard.register.rules.consent import is_in_force
from dashboard.register.story import Consent, Story, StoryEntry
from dashboard.words import escape_markdown

UNNAMED = "The teller wishes to stay unnamed."


def show_story(visit: Visit, entry: StoryEntry, *, naming: Naming, with_consent: bool = False) -> None:
    """Show a story with its credit, what it is about, and its consent to those who look after it."""
    story = entry.story
    with st.container(border=True):
        st.subheader(escape_markdown(story.title))
        st.text(story.words)
        themes = naming.terms("themes", story.themes)
        said = [story.credit or UNNAMED, f"About: {themes}" if themes else ""]
        st.caption("  \n".join(escape_markdown(one) for one in said if one))
        _show_about(visit, story, naming)
        if with_consent:
            st.caption(escape_markdown(consent_words(story.consent)))


def has_consent(entry: StoryEntry) -> bool:
    """Return whether the consent to a story holds today."""
    return is_in_force(entry.story.consent, today=uk_today())


def consent_words(consent: Consent) -> str:
    """Return what the teller agreed to, in a sentence."""
    audience = "everyone" if consent.audience is Audience.PUBLIC else "partners only"
    until = f", until {_day(consent.until)}" if consent.until else ", with no end"
    return f"Consent for {audience}{until}; recorded by {consent.recorded_by} on {_day(consent.recorded_on)}."


def _show_about(visit: Visit, story: Story, naming: Naming) -> None:
    if story.asset_id:
        try:
            asset = visit.register.entries.get(story.asset_id, actor=visit.actor).asset
            link_to_asset(story.asset_id, label=asset.name)
        except NotFoundError:
            st.caption("The entry that it is about is not shown any more.")
    if story.area_code:
        link_to_area(story.area_code, label=naming.area_name(story.area_code))


def _day(day: object) -> str:
    return f"{day:%-d %B %Y}"
