"""Who you are and what you may do, at the head of every page in shared mode."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.rights_asked import show_asking_form
from dashboard.components.visit import Visitor, whoever_asks
from dashboard.opening import open_register
from dashboard.repository import Repository
from dashboard.rights_words import EVERYONE_MAY, rights_in_words
from dashboard.words import escape_markdown
from etl.settings import Settings


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
    st.title("This page is for partners")
    if whoever_asks(settings).person is None:
        st.markdown("Sign in to open it.")
        sign_in_button(key="closed-sign-in")
    else:
        st.markdown("Your rights do not reach it. Ask the administrator of this register for them.")


def sign_in_button(*, key: str) -> None:
    """Show the way in; after it, a person is back on the same page."""
    if st.button("Sign in", icon=":material/login:", key=key):
        st.login()


def area_namer(repository: Repository) -> Callable[[str], str]:
    """Return what gives an area's name by its code, and the code itself where no such area is loaded."""

    def name_of_area(area_code: str) -> str:
        area = repository.area(area_code)
        return area.name if area else area_code

    return name_of_area


def _show_rights(visitor: Visitor, repository: Repository, settings: Settings) -> None:
    actor, email = visitor.actor, visitor.person.email if visitor.person else ""
    st.markdown("  \n".join(escape_markdown(line) for line in (actor.name, email, actor.organisation) if line))
    rights = rights_in_words(actor, name_of_area=area_namer(repository))
    st.markdown("\n".join(f"- {escape_markdown(right)}" for right in rights or [EVERYONE_MAY]))
    if not rights:
        show_asking_form(open_register(settings), actor, email=email)
