"""What partners have tried in places like this: the notes of its class of need and exclusion, and of its barrier."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.briefs.gathering.need_map import classes_of
from dashboard.briefs.model.told import Note
from dashboard.briefs.rows import rows_of
from dashboard.questions.places import Area
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.register import Register
from dashboard.repository import Repository
from dashboard.segments.notes import barrier_note_id, cell_note_id, read_notes, shipped_notes

THIRDS = 3


def gather_notes(
    repository: Repository, area: Area, *, register: Register | None, need: str, exclusion: str
) -> tuple[Note, ...]:
    """Return the notes that fit most people of an area, and its main barrier where there is one."""
    known = read_notes(register, actor=THE_PUBLIC) if register else shipped_notes()
    parts = repository.contributions(area_code=area.area_code, recipe_id=exclusion)
    number = class_of_most(repository, area, need=need, exclusion=exclusion)
    ids = [cell_note_id(need=(number - 1) // THIRDS + 1, exclusion=(number - 1) % THIRDS + 1)] if number else []
    ids += [barrier_note_id(main_barrier(parts))]
    return tuple(split_note(known[one].title, known[one].text) for one in ids if one in known)


def class_of_most(repository: Repository, area: Area, *, need: str, exclusion: str) -> int:
    """Return the class of need and exclusion, 1 to 9, that most people of an area live in; 0 where none is known."""
    inside = repository.neighbourhoods_of(area.area_code)
    classes = classes_of(repository, level="lsoa", need=need, exclusion=exclusion)[inside]
    people = repository.areas_of_level("lsoa")["population"].to_numpy()[inside]
    counted = np.bincount(classes, weights=people, minlength=THIRDS * THIRDS + 1)
    counted[0] = 0
    return int(counted.argmax()) if counted.any() else 0


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
