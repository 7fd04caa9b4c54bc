"""Asking for rights, by somebody who has signed in and has none."""

from __future__ import annotations

import streamlit as st

from dashboard.components.frame import refusals_shown
from dashboard.register.actor import Actor
from dashboard.register.register import Register


def show_asking_form(register: Register, actor: Actor, *, email: str) -> None:
    """Let somebody ask an admin for rights, and say what whoever runs the register needs to know."""
    with refusals_shown():
        if register.asking.has_asked(actor=actor):
            st.info("You have asked for rights. An administrator will answer.")
        else:
            _show_form(register, actor, email=email)
    with st.expander("Your id"):
        st.caption("Whoever runs this register may ask you for it.")
        st.code(actor.actor_id, language=None, wrap_lines=True)


def _show_form(register: Register, actor: Actor, *, email: str) -> None:
    with st.form("ask-for-rights", border=False):
        st.markdown("To add and edit entries, ask for rights. An administrator sees your name and e-mail address.")
        organisation = st.text_input("Your organisation or group")
        if st.form_submit_button("Ask for rights"):
            register.asking.ask(organisation=organisation, email=email, actor=actor)
            st.rerun()
