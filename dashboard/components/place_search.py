"""A box that finds places by name, code or postcode; areas of one's own among them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.own_areas import own_places
from dashboard.components.visit import open_visit
from dashboard.own.areas import add_own_places, learn_own_areas
from dashboard.questions.own_areas import is_own_code
from dashboard.questions.places import SearchAnswer
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def find_places(repository: Repository, settings: Settings, *, text: str) -> SearchAnswer:
    """Return what a person may mean by a name, a code or a postcode: any area, and own ones that they may see."""
    answer = add_own_places(repository.find_places(text), own_places(settings), text=text)
    own = [place.area_code for place in answer.places if is_own_code(place.area_code)]
    visit = open_visit(settings)
    learn_own_areas(repository, visit.register, area_codes=own, actor=visit.actor)
    return answer


def show_adding(
    repository: Repository,
    settings: Settings,
    *,
    label: str,
    placeholder: str,
    key: str,
    on_add: Callable[[str], None],
) -> None:
    """Show a box, and a button for each place that it finds.

    Parameters
    ----------
    key
        Of the box; the buttons' keys begin with it.
    on_add
        What is done with the code of the place that is added.
    """
    st.text_input(label, key=key, placeholder=placeholder)
    text = str(st.session_state[key]).strip()
    if not text:
        return

    def add(area_code: str) -> None:
        on_add(area_code)
        st.session_state[key] = ""

    answer = find_places(repository, settings, text=text)
    for place in answer.places:
        name = escape_markdown(place.label)
        st.button(f"Add {name}", key=f"{key}-{place.area_code}", on_click=add, args=(place.area_code,))
    if answer.reason:
        st.info(escape_markdown(answer.reason))
