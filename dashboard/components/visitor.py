"""Who you are and what you may do, at the head of every page in shared mode."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.components.assets.naming import area_name
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_asset
from dashboard.components.people.rights_asked import show_asking_form
from dashboard.components.visit import Visitor, whoever_asks
from dashboard.opening import open_register
from dashboard.people.rights_words import EVERYONE_MAY, rights_in_words
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings

MOST_ENTRIES = 5


def show_visitor(visitor: Visitor, repository: Repository, *, settings: Settings) -> None:
    """Show who is signed in, their rights and a way out; a way in for everyone else; nothing in local mode."""
    if visitor.is_alone:
        return
    with st.container(key="visitor", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if visitor.person is None:
            sign_in_button(key="visitor-sign-in")
            return
        with st.popover(escape_markdown(visitor.actor.name or "Signed in"), icon=":material/account_circle:"):
            _show_rights(visitor, repository, settings)
            if st.button("Sign out", icon=":material/logout:"):
                st.logout()


def show_closed_page(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001
    """Say to somebody who may not open a page what they can do about it."""
    st.title("Not everyone may open this page")
    if whoever_asks(settings).person is None:
        st.markdown("Sign in, and you come back to it if your rights reach that far.")
        sign_in_button(key="closed-sign-in")
    else:
        st.markdown("Your rights do not reach this far. Press your name above to see them, and to ask for more.")


def sign_in_button(*, key: str) -> None:
    """Show the way in; after it, a person is back on the same page."""
    if st.button("Sign in", icon=":material/login:", key=key):
        st.login()


def _show_rights(visitor: Visitor, repository: Repository, settings: Settings) -> None:
    actor, email = visitor.actor, visitor.person.email if visitor.person else ""
    st.markdown("  \n".join(escape_markdown(line) for line in (actor.name, email, actor.organisation) if line))
    rights = rights_in_words(actor, name_of_area=partial(area_name, repository))
    st.markdown("\n".join(f"- {escape_markdown(right)}" for right in rights or [EVERYONE_MAY]))
    if rights:
        return
    register = open_register(settings)
    for entry in register.queues.looked_after(actor=actor)[:MOST_ENTRIES]:
        link_to_asset(entry.asset.asset_id, label=f"You look after {entry.asset.name}")
    show_asking_form(register, actor, email=email)
