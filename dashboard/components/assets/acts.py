"""What may be done to an entry, as this person's rights allow; the register asks again each time."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.said import Undo, say, undo_hiding
from dashboard.components.links import link_to_add
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.rules.permissions import Action

_CLOSED = (State.ARCHIVED, State.WITHDRAWN)


def show_acts(visit: Visit, entry: Entry, *, rights: frozenset[Action]) -> None:
    """Show the buttons."""
    with st.container(horizontal=True, vertical_alignment="center", key="asset-acts"):
        if Action.EDIT in rights and entry.state not in _CLOSED:
            link_to_add({"asset": entry.asset.asset_id}, label="Change this entry")
            _show_sending(visit, entry)
        _show_confirming(visit, entry, rights)
        _show_hiding(visit, entry, rights)
        _show_bringing_back(visit, entry, rights)


def _show_sending(visit: Visit, entry: Entry) -> None:
    is_waiting = entry.state is State.DRAFT or entry.waiting is Waiting.RETURNED
    if is_waiting and st.button("Send it in", icon=":material/send:", type="primary"):
        _done(visit.register.entries.submit(entry.asset.asset_id, actor=visit.actor))


def _show_confirming(visit: Visit, entry: Entry, rights: frozenset[Action]) -> None:
    may_confirm = Action.CONFIRM in rights and entry.state is State.PUBLISHED
    if may_confirm and st.button(
        "It is right: confirm it",
        icon=":material/verified:",
        help="Says that your organisation has checked it today.",
    ):
        _done(visit.register.entries.confirm(entry.asset.asset_id, actor=visit.actor), first="Confirmed, thank you.")


def _show_hiding(visit: Visit, entry: Entry, rights: frozenset[Action]) -> None:
    asset_id, register = entry.asset.asset_id, visit.register
    if Action.WITHDRAW in rights and entry.state not in _CLOSED:
        why = _ask("Withdraw", ":material/undo:", "It is no longer shown to anyone. You can bring it back.", "withdraw")
        if why is not None:
            withdrawn = register.entries.withdraw(asset_id, actor=visit.actor, why=why)
            _done(withdrawn, undo=undo_hiding(withdrawn))
    if Action.ARCHIVE in rights and entry.state not in _CLOSED:
        why = _ask("Archive", ":material/inventory_2:", "It is kept but no longer shown.", "archive")
        if why is not None:
            archived = register.review.archive(asset_id, actor=visit.actor, why=why)
            _done(archived, undo=undo_hiding(archived))


def _show_bringing_back(visit: Visit, entry: Entry, rights: frozenset[Action]) -> None:
    needed = {State.ARCHIVED: Action.ARCHIVE, State.WITHDRAWN: Action.WITHDRAW}.get(entry.state)
    may_bring_back = needed in rights and not entry.merged_into
    if may_bring_back and st.button("Bring it back", icon=":material/settings_backup_restore:", type="primary"):
        _done(visit.register.review.bring_back(entry.asset.asset_id, actor=visit.actor))


def _ask(label: str, icon: str, what: str, key: str) -> str | None:
    """Return why somebody does something that hides an entry, once they have pressed the second button."""
    with st.popover(label, icon=icon):
        st.markdown(what)
        why = st.text_input("Why? (optional; kept in its history)", key=f"asset-{key}-why", max_chars=500)
        return (why or "") if st.button(f"{label} it", key=f"asset-{key}", type="primary") else None


def _done(entry: Entry, *, first: str = "", undo: Undo | None = None) -> None:
    say(entry, first=first, undo=undo)
    st.rerun()
