"""What partners have tried in places like this: the notes of its class of need and exclusion, and of its barrier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.briefs import texts
from dashboard.briefs.gathering.need_map import classes_of
from dashboard.briefs.model.told import Note
from dashboard.briefs.rows import rows_of
from dashboard.questions.places import Area
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.segments.notes import Note as KeptNote
from dashboard.segments.notes import barrier_note_id, cell_note_id, read_notes, shipped_notes
from dashboard.words import share

THIRDS = 3


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Notes under their title, and for which kind of place they are."""

    title: str
    about: str
    notes: tuple[Note, ...]


def gather_notes(repository: Repository, area: Area, *, register: Register | None, need: str, exclusion: str) -> Tried:
    """Return the notes of the kind of place that most people of an area live in, and of its main barrier."""
    known = read_notes(register, actor=THE_PUBLIC) if register else shipped_notes()
    parts = repository.contributions(area_code=area.area_code, recipe_id=exclusion)
    number, share_of_people = class_of_most(repository, area, need=need, exclusion=exclusion)
    ids = [cell_note_id(need=(number - 1) // THIRDS + 1, exclusion=(number - 1) % THIRDS + 1)] if number else []
    ids += [barrier_note_id(main_barrier(parts))]
    about = say_class(share_of_people) if number else ""
    return describe_notes([known[one] for one in ids if one in known], about=about)


def describe_notes(kept: Sequence[KeptNote], *, about: str = "") -> Tried:
    """Return notes under a title that says whether partners wrote them, or whether they are ideas that came with it.

    Parameters
    ----------
    about
        For which kind of place they are.
    """
    written = [note.version > 0 for note in kept]
    notes = tuple(
        split_note(f"{'' if is_written or not any(written) else texts.IDEA}{note.title}", note.text)
        for note, is_written in zip(kept, written, strict=True)
    )
    said = [about, "" if all(written) else texts.ABOUT_IDEAS]
    title = texts.TRIED if any(written) or not kept else texts.IDEAS
    return Tried(title=title, about=" ".join(filter(None, said)), notes=notes)


def say_class(share_of_people: float) -> str:
    """Return for which kind of place the notes are; nothing more where everybody lives in it."""
    if share_of_people == 1:
        return ""
    return f"For the commonest of nine kinds of neighbourhood here, in which {share(share_of_people)} of people live."


def class_of_most(repository: Repository, area: Area, *, need: str, exclusion: str) -> tuple[int, float]:
    """Return the class of need and exclusion, 1 to 9, that most people of an area live in, and their share of all.

    The class is 0 where none is known.
    """
    inside = repository.neighbourhoods_of(area.area_code)
    classes = classes_of(repository, level="lsoa", need=need, exclusion=exclusion)[inside]
    people = repository.areas_of_level("lsoa")["population"].to_numpy()[inside]
    counted = np.bincount(classes, weights=people, minlength=THIRDS * THIRDS + 1)
    counted[0] = 0
    return (int(counted.argmax()), float(counted.max() / people.sum())) if counted.any() else (0, 0.0)


def main_barrier(contributions: pd.DataFrame) -> str:
    """Return the id of the component that lifts the score most above England's; empty when none does."""
    if contributions.empty:
        return ""
    excess: dict[str, float] = {}
    for row in rows_of(contributions):
        excess[row["component_id"]] = excess.get(row["component_id"], 0.0) + row["excess"]
    largest = max(sorted(excess), key=excess.__getitem__)
    return largest if excess[largest] > 0 else ""


def split_note(title: str, text: str) -> Note:
    """Return a note with its list: lines that begin with a dash are items, all else is running text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Note(
        heading=title,
        words=" ".join(line for line in lines if not line.startswith("- ")),
        points=tuple(line[2:] for line in lines if line.startswith("- ")),
    )
