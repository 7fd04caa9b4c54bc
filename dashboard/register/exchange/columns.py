"""Which column of a list is which field of ours: a proposal by likeness, for a person to confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dashboard.register.exchange.headings import field_names, plain_heading
from dashboard.register.exchange.sheet import Sheet, is_blank

# Below this likeness (of 100) a column is left out unless the person says what it is.
LEAST_LIKENESS = 86.0
_EXAMPLES = 3
# Fields that several columns may fill together.
_MANY = frozenset({"address", "description", "phone", "email", "contact", "accessibility_words", "opening_notes"})
# A column is not another's field because the two look alike: these need their own name, letter by letter.
_SHORT_NAME = 4


@dataclass(frozen=True, kw_only=True)
class ColumnProposal:
    """What a column may be.

    Parameters
    ----------
    field
        A field of FIELDS, or nothing when it is to be left out.
    likeness
        From 0 to 100.
    examples
        The first values in it, for the person who confirms.
    """

    column: str
    field: str
    likeness: float
    examples: tuple[str, ...]


def all_fields() -> tuple[str, ...]:
    """Return every field that a column may fill, each once."""
    return tuple(dict.fromkeys(field_names().values()))


def propose_columns(sheet: Sheet) -> tuple[ColumnProposal, ...]:
    """Return what each column may be, in the order of the sheet; a field goes to the column most like it."""
    likely = [_likeliest(column) for column in sheet.columns]
    best: dict[str, float] = {}
    for field, likeness in likely:
        best[field] = max(best.get(field, 0.0), likeness)
    taken: set[str] = set()
    proposals = []
    for at, (column, (field, likeness)) in enumerate(zip(sheet.columns, likely, strict=True)):
        is_best = field not in taken and likeness == best[field]
        kept = field if field in _MANY or is_best else ""
        taken.add(kept)
        proposals.append(
            ColumnProposal(column=column, field=kept, likeness=likeness if kept else 0.0, examples=_examples(sheet, at))
        )
    return tuple(proposals)


def as_mapping(proposals: Sequence[ColumnProposal]) -> dict[str, str]:
    """Return the field of each column that has one."""
    return {one.column: one.field for one in proposals if one.field}


def missing_fields(mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a list must say and no column does: its names, and some kind of place."""
    fields = set(mapping.values())
    has_point = {"lon", "lat"} <= fields or {"easting", "northing"} <= fields
    is_placed = has_point or fields & {
        "postcode",
        "address",
        "uprn",
        "service_area_words",
        "service_areas",
        "area_name",
    }
    return (*(() if "name" in fields else ("name",)), *(() if is_placed else ("place",)))


def _likeliest(column: str) -> tuple[str, float]:
    plain = plain_heading(column)
    names = field_names()
    if plain in names:
        return names[plain], 100.0
    longer = [name for name in names if len(name) > _SHORT_NAME]
    found = process.extractOne(plain, longer, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    return (names[found[0]], float(found[1])) if found else ("", 0.0)


def _examples(sheet: Sheet, at: int) -> tuple[str, ...]:
    values = dict.fromkeys(row[at][:80] for row in sheet.rows[:200] if not is_blank(row[at]))
    return tuple(values)[:_EXAMPLES]
