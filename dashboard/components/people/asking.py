"""Who has signed in and asks to be given rights."""

from __future__ import annotations

import streamlit as st

from dashboard.components.frame import fragment
from dashboard.components.people.choice import choose_person
from dashboard.components.visit import Visit
from dashboard.register.store.asking import Asking
from dashboard.words import date, escape_markdown


@fragment
def show_asking(visit: Visit) -> None:
    """Show everybody who waits for an answer, and let an admin give one; nothing when nobody waits."""
    waiting = visit.register.asking.everyone(actor=visit.actor)
    if not waiting:
        return
    st.subheader(f"Waiting for rights: {len(waiting)}")
    st.caption("The e-mail address is as their sign-in says; the organisation is what they say themselves.")
    for one in waiting:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            _show_one(visit, one)


def _show_one(visit: Visit, one: Asking) -> None:
    said = f"**{escape_markdown(one.name or 'No name')}**, {escape_markdown(one.organisation)}"
    contact = escape_markdown(one.email or "no e-mail address")
    st.markdown(f"{said}  \n{contact} · asked on {date(one.asked_at)}")
    if st.button("Choose rights", key=f"give-{one.person_id}", help=f"Give rights to {escape_markdown(one.name)}"):
        choose_person(one.person_id)
        st.rerun()
    if st.button("Decline", key=f"decline-{one.person_id}", help=f"Forget that {escape_markdown(one.name)} asked"):
        visit.register.asking.decline(one.person_id, actor=visit.actor)
        st.rerun()
