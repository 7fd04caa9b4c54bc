"""Lists that were brought in earlier, each of which can still be taken back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.assets.import_words import import_words
from dashboard.components.frame import fragment
from dashboard.components.importing.bar import shown_bar
from dashboard.components.visit import Visit
from dashboard.register.listed import PastImport, TakenBack
from dashboard.words import count, escape_markdown

MOST = 20
_MOST_NAMED = 20
_UNDONE = "import-earlier-undone"


@fragment
def show_earlier_imports(visit: Visit) -> None:
    """Show the lists that this person may look back at, the latest first, with a way to take each back."""
    past = visit.register.imports.past(actor=visit.actor, most=MOST)
    if not past:
        return
    with st.expander("Earlier imports", icon=":material/history:", expanded=_UNDONE in st.session_state):
        undone = st.session_state.pop(_UNDONE, None)
        if undone is not None:
            show_taken_back(undone)
        for one in past:
            _show_import(visit, one)


def show_taken_back(undone: TakenBack) -> None:
    """Say what undoing an import did, and name what stays."""
    st.info(f"The import was undone: {count(len(undone.removed))} taken off, {count(len(undone.restored))} as before.")
    if not undone.left_alone:
        return
    many = len(undone.left_alone)
    st.markdown(
        "1 entry stays as it is: somebody has changed it since, or looks after it."
        if many == 1
        else f"{count(many)} entries stay as they are: somebody has changed them since, or looks after them."
    )
    named = [f"- {escape_markdown(one.name)}" for one in undone.left_alone[:_MOST_NAMED]]
    more = many - len(named)
    st.markdown("\n".join([*named, *([f"- and {count(more)} more"] if more else [])]))


def ask_undo(visit: Visit, import_id: int, *, label: str, keep: Callable[[TakenBack], None]) -> None:
    """Show the way to undo an import; once somebody has said yes, hand on what that did and show the page anew."""
    with st.popover(label, icon=":material/undo:"):
        st.markdown(
            "Entries that it added are taken off again, and entries that it changed are as before. What somebody has "
            "changed since stays."
        )
        if not st.button("Undo it", key=f"import-undo-{import_id}"):
            return
        with shown_bar("Undoing the import") as report:
            why = "The import was undone."
            keep(visit.register.imports.undo(import_id, actor=visit.actor, why=why, progress=report))
        st.rerun()


def _show_import(visit: Visit, past: PastImport) -> None:
    with st.container(border=True):
        st.markdown(escape_markdown(import_words(past)))
        if past.undone_at is None:
            ask_undo(visit, past.import_id, label=f"Undo import {past.import_id}", keep=_keep_undone)


def _keep_undone(undone: TakenBack) -> None:
    st.session_state[_UNDONE] = undone
