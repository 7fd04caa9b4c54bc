"""Erase somebody's personal data from an entry, from its history too."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.said import say
from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.rules.permissions import Action


@fragment
def show_erasing(visit: Visit, asset_id: str, *, rights: frozenset[Action]) -> None:
    """Show the form to those who may erase."""
    if Action.ERASE not in rights:
        return
    with st.expander("Erase personal data", icon=":material/person_off:"), st.form("erase", border=False):
        st.markdown(
            "Somebody may ask for their name, number or address to go. What you write here is removed from **every "
            "version** of this entry, from notes and messages about it, and from the name of the list that brought "
            f"it. A contact that holds any of it goes whole. {_of_stories(rights)} **This cannot be undone.**"
        )
        words = st.text_area("What to remove, one on each line", key="erase-words")
        is_sure = st.checkbox("I have been asked to, or it should never have been here", key="erase-sure")
        if st.form_submit_button("Erase it for good", icon=":material/delete_forever:"):
            _erase(visit, asset_id, words=words or "", is_sure=is_sure)


def _of_stories(rights: frozenset[Action]) -> str:
    if Action.END_CONSENT in rights:
        return "It is removed from stories about the entry too."
    return "Stories about the entry stay as they were told: ask a reviewer if one should change."


def _erase(visit: Visit, asset_id: str, *, words: str, is_sure: bool) -> None:
    if not is_sure:
        st.error("Tick the box first: what is erased does not come back.")
        return
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    erased = visit.register.erasing.erase(asset_id, words=lines, actor=visit.actor)
    say(erased, first="Erased, from its history too.")
    st.rerun(scope="app")
