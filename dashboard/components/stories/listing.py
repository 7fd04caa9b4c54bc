"""The stories that somebody may read, by area and theme; and their own, whatever has become of them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.frame import refusals_shown
from dashboard.components.links import link_to_stories
from dashboard.components.paging import show_paging
from dashboard.components.stories.shown import has_consent, show_story
from dashboard.components.visit import Visit
from dashboard.register.entry import State
from dashboard.register.errors import NotFoundError
from dashboard.register.rules.permissions import Action
from dashboard.register.story import StoryEntry
from dashboard.repository import Repository
from dashboard.words import count, escape_markdown

AREA, THEME, EDIT, NEW = "area", "theme", "edit", "new"
PER_PAGE = 20
_STATES = {
    State.SUBMITTED: "A reviewer will read it before anyone else sees it.",
    State.DRAFT: "It came back to you. Change it and send it in again.",
    State.PUBLISHED: "It is published for those whom the teller agreed to.",
}
CONSENT_OVER = "The teller's consent has run out, so nobody else sees it. If they agree again, change the story."
_SAID = "story_said"


def show_stories(repository: Repository, visit: Visit, *, naming: Naming) -> None:
    """Show what somebody may read, filtered as the address asks."""
    areas = {one: _areas_of(repository, visit, one) for one in visit.register.stories.shown(actor=visit.actor)}
    if not areas:
        st.info("No story is here yet that you may read.")
        return
    named = {code: naming.area_name(code) for code in frozenset().union(*areas.values())}
    themes = naming.taxonomy.names("themes")
    left, right = st.columns(2)
    with left:
        area = _choose("Where", dict(sorted(named.items(), key=lambda item: item[1])), AREA, anything="Everywhere")
    with right:
        theme = _choose("What about", themes, THEME, anything="Anything")
    stories = [
        one for one, codes in areas.items() if (not area or area in codes) and (not theme or theme in one.story.themes)
    ]
    st.markdown("1 story" if len(stories) == 1 else f"{count(len(stories))} stories")
    for entry in show_paging(stories, per_page=PER_PAGE, key="story-page"):
        show_story(visit, entry, naming=naming)
        _show_ending(visit, entry, where="shown")


def show_own(visit: Visit, *, naming: Naming) -> None:
    """Show the stories that this person has written down, with what happens next."""
    own = visit.register.stories.mine(actor=visit.actor)
    if not own:
        return
    with st.expander(f"Stories that you have written down ({count(len(own))})", icon=":material/edit_note:"):
        for entry in own:
            show_story(visit, entry, naming=naming, with_consent=True)
            st.markdown(_STATES.get(entry.state, "") if has_consent(entry) else CONSENT_OVER)
            if entry.note:
                st.warning(f"A reviewer asks: {escape_markdown(entry.note)}", icon=":material/help:")
            link_to_stories({EDIT: entry.story.story_id}, label="Change this story")
            _show_ending(visit, entry, where="own")


def say(words: str) -> None:
    """Keep what is to be said once on the list."""
    st.session_state[_SAID] = words


def show_said() -> None:
    """Say once what was done."""
    words = st.session_state.pop(_SAID, "")
    if words:
        st.success(escape_markdown(words), icon=":material/check_circle:")


def _show_ending(visit: Visit, entry: StoryEntry, *, where: str) -> None:
    story_id = entry.story.story_id
    if Action.END_CONSENT not in visit.register.stories.rights(story_id, actor=visit.actor):
        return
    with st.popover("The teller takes it back", icon=":material/delete:"):
        st.markdown("Its words are removed everywhere and for good, from files that are exported from now on too.")
        if st.button("Remove the story", key=f"story-end-{where}-{story_id}"):
            with refusals_shown():
                visit.register.stories.end_consent(story_id, actor=visit.actor)
                say("The story is removed everywhere.")
                st.rerun()


def _choose(label: str, named: Mapping[str, str], parameter: str, *, anything: str) -> str:
    options = {"": anything, **named}
    asked = st.query_params.get(parameter, "")
    chosen = st.selectbox(
        label, options=list(options), format_func=options.__getitem__, key=f"story-{parameter}",
        index=list(options).index(asked) if asked in options else 0,
    )  # fmt: skip
    if chosen:
        st.query_params[parameter] = chosen
    else:
        st.query_params.pop(parameter, None)
    return chosen or ""


def _areas_of(repository: Repository, visit: Visit, entry: StoryEntry) -> frozenset[str]:
    """Return the areas that a story is about, and the larger ones that they lie in."""
    codes = {entry.story.area_code}
    if entry.story.asset_id:
        try:
            asset = visit.register.entries.get(entry.story.asset_id, actor=visit.actor).asset
            codes |= {asset.place.lsoa21_code, *asset.service_areas}
        except NotFoundError:
            pass
    found = [area for code in codes - {""} if (area := repository.area(code))]
    # No smaller than a district unless the teller said so: an entry's own neighbourhood is not offered.
    named = {entry.story.area_code} | {home for area in found for home in (area.lad_code, area.icb_code) if home}
    return frozenset(code for code in named if code and repository.area(code))
