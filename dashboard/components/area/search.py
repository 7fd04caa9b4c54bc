"""The way to an Area page for someone who came without a link to one."""

from __future__ import annotations

import streamlit as st

from dashboard.components.links import link_to_area
from dashboard.components.place_search import find_places
from dashboard.questions.places import ENGLAND
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def show_area_search(repository: Repository, settings: Settings, *, text: str = "") -> None:
    """Show a box to look an area up, with links to what it finds, and a link to all of England.

    Parameters
    ----------
    text
        What an address names that is no code; it is looked up where it is a name or a postcode.
    """
    text = st.text_input(
        "Find an area by name, code or postcode",
        value=text if text and find_places(repository, settings, text=text).places else "",
        key="area_search",
        placeholder="Moss Side, M14 4PX, E08000003…",
    )
    if text.strip():
        answer = find_places(repository, settings, text=text)
        for place in answer.places:
            link_to_area(place.area_code, label=place.label)
        if answer.reason:
            st.info(escape_markdown(answer.reason))
    link_to_area(ENGLAND, label="All of England")
