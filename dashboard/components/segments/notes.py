"""What partners have tried, for the chosen cell and barrier; an admin can put it in other words."""

from __future__ import annotations

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.register.rules.permissions import Action, may
from dashboard.segments.notes import (
    LONGEST_NOTE,
    Note,
    barrier_note_id,
    cell_note_id,
    read_notes,
    restore_note,
    save_note,
)
from dashboard.segments.state import SegmentView
from dashboard.words import escape_markdown

SOURCE = (
    "Drawn, in our own words, from the headings of NHS England's framework for inclusive digital healthcare: access to "
    "devices and data; accessibility and ease of use; skills and capability; beliefs and trust; leadership and "
    "partnerships. Until an admin puts your partnership's own experience here, they are ideas to begin from, not proof."
)


def show_notes(visit: Visit, *, view: SegmentView, barriers: tuple[str, ...]) -> None:
    """Show the note of the cell, and of the chosen barrier or of the one that stands out most often there."""
    st.header("What partners have tried")
    notes = read_notes(visit.register, actor=visit.actor)
    ids = [cell_note_id(need=view.need, exclusion=view.exclusion), *(barrier_note_id(one) for one in barriers)]
    for note in (notes[note_id] for note_id in ids if note_id in notes):
        st.subheader(escape_markdown(note.title))
        st.markdown(as_markdown(note.text))
        if may(visit.actor, Action.CHANGE_HOUSE_WORK):
            _show_editor(visit, note)
    st.caption(SOURCE)


def as_markdown(text: str) -> str:
    """Return a note as Markdown: lines that begin with a dash are a list, all else is text."""
    lines = []
    for line in text.splitlines():
        words = line.strip()
        if words.startswith("- "):
            lines.append(f"- {escape_markdown(words[2:])}")
        elif words:
            lines.append(f"\n{escape_markdown(words)}\n")
    return "\n".join(lines)


def _show_editor(visit: Visit, note: Note) -> None:
    with st.expander("Change this note"), st.form(f"note-{note.note_id}-{note.version}"):
        text = st.text_area("The note", value=note.text, max_chars=LONGEST_NOTE, height=240)
        st.caption("A line that begins with a dash is an item of a list. Everybody who may see this page sees it.")
        saves = st.form_submit_button("Save the note")
        restores = st.form_submit_button("Go back to the first wording", disabled=not note.version)
    if saves:
        save_note(visit.register, note, text=text, actor=visit.actor)
        st.rerun()
    if restores:
        restore_note(visit.register, note, actor=visit.actor)
        st.rerun()
