"""Write a story down, with the consent it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.stories.listing import EDIT, NEW, say
from dashboard.components.visit import Visit
from dashboard.register.errors import InvalidEntryError, NotFoundError
from dashboard.register.model import Audience
from dashboard.register.query import Query
from dashboard.register.register import utc_now
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.story import Consent, Story, StoryEntry
from dashboard.repository import Repository
from dashboard.words import escape_markdown

_PARTNERS, _EVERYONE = "Partners only", "Everyone"
_MOST_FOUND = 20


def show_story_form(repository: Repository, visit: Visit, *, naming: Naming, before: StoryEntry | None) -> None:
    """Show the form, empty or with the story that is changed, and send the story in."""
    known = before.story if before else None
    st.markdown("Write it in the teller's own words. A reviewer reads it before anyone else sees it.")
    about = _choose_about(repository, visit, known, naming)
    story = _show_form(visit, known, naming=naming, about=about)
    if story is None:
        return
    with refusals_shown():
        try:
            if before is None:
                visit.register.stories.add(story, actor=visit.actor)
            else:
                visit.register.stories.edit(before.story.story_id, story, actor=visit.actor)
        except InvalidEntryError as refusal:
            for problem in refusal.problems:
                st.error(escape_markdown(problem.message))
            return
        say("Thank you. A reviewer reads the story before anyone else sees it; you find it below until then.")
        for name in (NEW, EDIT):
            st.query_params.pop(name, None)
        st.rerun()


def _choose_about(repository: Repository, visit: Visit, known: Story | None, naming: Naming) -> tuple[str, str]:
    """Return the area and the entry that the story is about."""
    left, right = st.columns(2)
    with left:
        typed = st.text_input("Place it is about (a name or a postcode)", key="story-place").strip()
        areas = {known.area_code: naming.area_name(known.area_code)} if known and known.area_code else {}
        if typed:
            areas |= {place.area_code: place.label for place in repository.find_places(typed).places}
        area = _choose("Area", areas, typed=typed, key="story-area-code",
                       help="No smaller than the teller agreed to: a district or a ward may be enough.")  # fmt: skip
    with right:
        typed = st.text_input("Group or place it is about (its name)", key="story-asset").strip()
        assets = _entries(visit, known, typed)
        asset = _choose("Entry", assets, typed=typed, key="story-asset-id")
    return area, asset


def _choose(label: str, found: dict[str, str], *, typed: str, key: str, help: str | None = None) -> str:  # noqa: A002 - what Streamlit calls it
    """Return what is chosen of what was found; nothing is asked before anything was looked for."""
    if not found:
        if typed:
            st.warning(f"Nothing called “{escape_markdown(typed)}” is known here. Try another name.")
        return ""
    return (
        st.selectbox(
            label,
            options=["", *found],
            format_func=lambda one: found.get(one, "None"),
            key=f"{key}-{typed}",
            index=1,
            help=help,
        )
        or ""
    )


def _entries(visit: Visit, known: Story | None, typed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if known and known.asset_id:
        found[known.asset_id] = _name_of(visit, known.asset_id)
    if typed:
        page = visit.register.finding.find(Query(text=typed, per_page=_MOST_FOUND), actor=visit.actor)
        found |= {entry.asset.asset_id: entry.asset.name for entry in page.entries}
    return found


def _name_of(visit: Visit, asset_id: str) -> str:
    try:
        return visit.register.entries.get(asset_id, actor=visit.actor).asset.name
    except NotFoundError:
        return "The entry it was about, which is not shown any more"


def _show_form(visit: Visit, known: Story | None, *, naming: Naming, about: tuple[str, str]) -> Story | None:
    consent = known.consent if known else None
    themes = naming.taxonomy.names("themes")
    today = utc_now().astimezone(UK_TIME).date()
    with st.form("story-form"):
        said: dict[str, Any] = {
            "title": st.text_input("Title", value=known.title if known else "", max_chars=200),
            "words": st.text_area("The story", value=known.words if known else "", max_chars=20_000, height=240),
            "themes": tuple(
                st.multiselect(
                    "What it is about", options=list(themes), format_func=themes.__getitem__, max_selections=10,
                    default=[one for one in known.themes if one in themes] if known else [],
                )
            ),
            "credit": st.text_input(
                "How the teller wishes to be named", value=known.credit if known else "", max_chars=200,
                help="Their name, a first name, a made-up one; or leave it empty.",
            ),
        }  # fmt: skip
        st.subheader("The teller's consent")
        by = st.text_input("Who recorded it", value=consent.recorded_by if consent else visit.actor.name, max_chars=200)
        left, right = st.columns(2)
        on = left.date_input(
            "When", value=consent.recorded_on if consent else today, max_value=today, format="DD/MM/YYYY"
        )
        until = right.date_input(
            "Until when (empty for no end)", value=consent.until if consent else None, format="DD/MM/YYYY"
        )
        audience = st.radio(
            "Who may read it", options=[_PARTNERS, _EVERYONE], horizontal=True,
            index=1 if consent and consent.audience is Audience.PUBLIC else 0,
        )  # fmt: skip
        agreed = st.checkbox("The teller has agreed to this, and knows that they can take it back at any time")
        if not st.form_submit_button("Send it in", type="primary", icon=":material/send:"):
            return None
    if not agreed:
        st.error("A story rests on its teller's consent. Ask them, and say here that they agreed.")
        return None
    who = Audience.PUBLIC if audience == _EVERYONE else Audience.PARTNERS
    kept = Consent(recorded_by=by, recorded_on=_day(on) or today, audience=who, until=_day(until))
    return Story(consent=kept, area_code=about[0], asset_id=about[1], **said)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
