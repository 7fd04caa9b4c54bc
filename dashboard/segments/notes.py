"""What partners have tried, by cell and by barrier: notes that ship as data and that an admin can change."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from dashboard.register.actor import Actor
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from etl.settings import PROJECT

NOTES = PROJECT / "data" / "segments"
PIECE_PREFIX = "segment_"
LONGEST_NOTE = 4_000


@dataclass(frozen=True)
class Note:
    """One note, Markdown lists and all, as plain text.

    Parameters
    ----------
    version
        What the register gave it; 0 for the one that ships.
    """

    note_id: str
    title: str
    text: str
    version: int = 0


def cell_note_id(*, need: int, exclusion: int) -> str:
    """Return the id of a cell's note; classes are 1 for the worst third to 3 for the best."""
    return f"cell_{need}_{exclusion}"


def barrier_note_id(component_id: str) -> str:
    """Return the id of a barrier's note; a recipe of one's own may have components without one."""
    return f"barrier_{component_id}"


def read_notes(register: Register, *, actor: Actor) -> dict[str, Note]:
    """Return every note by id, as changed in the register where it was."""
    notes = dict(shipped_notes())
    for piece in register.kept.read_all(actor=actor, sort=Sort.SEGMENT_NOTE):
        note_id = piece.piece_id.removeprefix(PIECE_PREFIX)
        if note_id in notes:
            notes[note_id] = replace(notes[note_id], text=str(piece.body.get("text", "")), version=piece.version)
    return notes


def save_note(register: Register, note: Note, *, text: str, actor: Actor) -> None:
    """Keep a note in other words; an admin may.

    Raises
    ------
    NotAllowedError
        If this person is no admin.
    PieceConflictError
        If somebody else has changed it meanwhile.
    """
    draft = PieceDraft(
        piece_id=f"{PIECE_PREFIX}{note.note_id}",
        sort=Sort.SEGMENT_NOTE,
        title=note.title,
        body={"text": text[:LONGEST_NOTE]},
        audience=Sharing.PUBLIC,
    )
    register.kept.save(draft, actor=actor, base_version=note.version)


def restore_note(register: Register, note: Note, *, actor: Actor) -> None:
    """Go back to the note that ships; an admin may."""
    register.kept.remove(f"{PIECE_PREFIX}{note.note_id}", actor=actor)


@cache
def shipped_notes(folder: Path = NOTES) -> dict[str, Note]:
    """Return the notes that ship with the program, by id."""
    found: dict[str, Note] = {}
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["note"]:
            found[entry["note_id"]] = Note(entry["note_id"], entry["title"], entry["text"].strip())
    return found
