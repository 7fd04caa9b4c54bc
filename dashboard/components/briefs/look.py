"""The look of all briefs, for admins: name, logo, accent, introduction."""

from __future__ import annotations

import streamlit as st

from dashboard.briefs.look import LONGEST_INTRODUCTION, LONGEST_NAME, make_look, read_logo
from dashboard.briefs.look_store import read_look_with_version, save_look
from dashboard.components.visit import Visit
from dashboard.register.rules.permissions import Action, may

_SAID = "brief_look_said"


def show_look(visit: Visit) -> None:
    """Show the form that changes the look of briefs, to those who may."""
    if not may(visit.actor, Action.CHANGE_HOUSE_WORK):
        return
    if words := st.session_state.pop(_SAID, ""):
        st.success(words)
    with st.expander("The look of all briefs"):
        _show_form(visit)


def _show_form(visit: Visit) -> None:
    look, version = read_look_with_version(visit.register)
    with st.form("brief_look"):
        organisation = st.text_input("Your organisation's name", value=look.organisation, max_chars=LONGEST_NAME)
        introduction = st.text_area(
            "A few words at the head of every brief", value=look.introduction, max_chars=LONGEST_INTRODUCTION
        )
        accent = st.color_picker("Colour of the band and the bars", value=look.accent)
        given = st.file_uploader("Logo (PNG, JPEG, GIF or WebP)", type=["png", "jpg", "jpeg", "gif", "webp"])
        keeps = st.checkbox("Keep the logo that is there", value=True) if look.logo else False
        is_asked = st.form_submit_button("Save the look")
    if not is_asked:
        return
    logo = read_logo(given.getvalue()) if given else look.logo if keeps else ""
    made = make_look(organisation=organisation, accent=accent, introduction=introduction, logo=logo)
    save_look(visit.register, made, actor=visit.actor, base_version=version)
    st.session_state[_SAID] = "Saved. Every brief from now on looks so."
    st.rerun()
