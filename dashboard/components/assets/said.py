"""What happens next, said once after each act, with a way to undo it while that makes sense."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.register.entry import Entry
from dashboard.register.rules.next_step import next_step
from dashboard.register.rules.permissions import Action
from dashboard.words import escape_markdown

_KEY = "asset_said"
UNDONE = "Undone by the person who did it."

Undo = Callable[[Visit], Entry]


@dataclass(frozen=True)
class Said:
    """A sentence about an entry, and how to undo what was done."""

    asset_id: str
    words: str
    undo: Undo | None = None


def say(entry: Entry, *, first: str = "", undo: Undo | None = None) -> None:
    """Have the entry's page say what happens next when it is shown again."""
    words = next_step(state=entry.state, waiting=entry.waiting, note=entry.note)
    st.session_state[_KEY] = Said(entry.asset.asset_id, f"{first} {words}".strip(), undo)


def show_said(visit: Visit, asset_id: str) -> None:
    """Show what was said of this entry last, until another page or entry is opened."""
    said: Said | None = st.session_state.get(_KEY)
    if said is None or said.asset_id != asset_id:
        st.session_state.pop(_KEY, None)
        return
    st.success(escape_markdown(said.words), icon=":material/check_circle:")
    if said.undo and st.button("Undo", icon=":material/undo:", key="asset-undo"):
        undo = said.undo
        del st.session_state[_KEY]
        say(undo(visit), first="Undone.")
        st.rerun()


def undo_adding(entry: Entry, rights: frozenset[Action]) -> Undo | None:
    """Return how somebody takes back what they have just added, if they may."""
    asset_id = entry.asset.asset_id
    if Action.WITHDRAW in rights:
        return lambda visit: visit.register.entries.withdraw(asset_id, actor=visit.actor, why=UNDONE)
    if Action.ARCHIVE in rights:
        return lambda visit: visit.register.review.archive(asset_id, actor=visit.actor, why=UNDONE)
    return None


def undo_editing(entry: Entry, *, before: int) -> Undo | None:
    """Return how an edit is taken back, unless nothing was changed."""
    asset_id, newest = entry.asset.asset_id, entry.version
    if newest == before:
        return None
    return lambda visit: visit.register.history.restore(asset_id, before, actor=visit.actor, why=UNDONE, newest=newest)


def undo_hiding(entry: Entry) -> Undo:
    """Return how an entry comes back that was withdrawn or archived."""
    asset_id = entry.asset.asset_id
    return lambda visit: visit.register.review.bring_back(asset_id, actor=visit.actor, why=UNDONE)
