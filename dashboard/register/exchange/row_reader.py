"""The cells of one row by the field that each fills, and what was noted while they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dashboard.register.exchange.drafts import ImportChoices, RowProblem
from dashboard.register.exchange.row_values import says_no, terms, yes_no
from dashboard.register.exchange.sheet import Sheet, is_blank
from dashboard.register.taxonomy import Taxonomy

Value = TypeVar("Value")


@dataclass
class Reader:
    """Cells of one row by field, and what was noted while they were read."""

    row: int
    cells: Mapping[str, Sequence[tuple[str, str]]]
    choices: ImportChoices
    taxonomy: Taxonomy
    notes: list[RowProblem] = field(default_factory=list)

    def said(self, name: str) -> str:
        """Return what the row says in a field, several cells joined by a line break."""
        cells = self.cells.get(name)
        if not cells:
            return ""
        return cells[0][1] if len(cells) == 1 else "\n".join(dict.fromkeys(text for _, text in cells))

    def note(self, name: str, reason: str) -> None:
        """Note that something was left out or put right."""
        column = self.cells[name][0][0] if name in self.cells else ""
        self.notes.append(RowProblem(row=self.row, column=column, reason=reason))

    def tell(self, facet: str) -> tuple[str, ...]:
        """Return the ids of a facet that a cell names; what is not known is noted."""
        found = list(self.choose(facet, facet))
        flags = [name for name in self.cells if name.startswith(f"{facet}:")]
        found += [name.partition(":")[2] for name in flags if self.is_yes(name)]
        return tuple(dict.fromkeys(found))

    def choose(self, name: str, facet: str) -> tuple[str, ...]:
        """Return the ids of a facet that a field names; what is not known is noted."""
        found, unknown = terms(self.said(name), facet=facet, taxonomy=self.taxonomy)
        if unknown:
            self.note(name, f"“{unknown[0][:60]}” is not a known choice and was left out.")
        return found

    def is_yes(self, name: str) -> bool | None:
        """Return whether a field says yes or no; None when it says neither, which is noted if it says anything."""
        said = self.said(name)
        if yes_no(said) or says_no(said):
            return yes_no(said)
        if said:
            self.note(name, f"“{said[:60]}” is neither yes nor no and was left out.")
        return None

    def read(self, name: str, read: Callable[[str], Value | None], *, wanted: str) -> Value | None:
        """Return what a field says as a value; what is none is noted."""
        said = self.said(name)
        value = read(said) if said else None
        if said and value is None:
            self.note(name, f"“{said[:60]}” is not {wanted} and was left out.")
        return value


def readers_of(sheet: Sheet, *, choices: ImportChoices, taxonomy: Taxonomy) -> Iterable[Reader]:
    """Return a reader for each row of a sheet."""
    fields = [choices.mapping.get(column, "") for column in sheet.columns]
    for number_of_row, line in zip(sheet.numbers, sheet.rows, strict=True):
        cells: dict[str, list[tuple[str, str]]] = {}
        for name, column, text in zip(fields, sheet.columns, line, strict=True):
            if name and not is_blank(text):
                cells.setdefault(name, []).append((column, text))
        yield Reader(number_of_row, cells, choices, taxonomy)
