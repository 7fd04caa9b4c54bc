"""Finding a table inside a CSV: the row of headings, and where each column that we read stands."""

from __future__ import annotations

import csv
import difflib
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from etl.errors import SourceError
from etl.sources.reading.layout import Column, Layout, match_columns, normalise
from etl.sources.reading.opening import GZIP, Part, again, refuse
from etl.sources.spec import SourceSpec

LINES_SEARCHED = 100  # Publishers put at most a dozen lines of preamble above their headings.


@dataclass(frozen=True)
class Shape:
    """How a CSV is to be read.

    Parameters
    ----------
    skip
        Records of the file, blank lines among them, up to and with the headings.
    header_row
        The line that the headings start at, counting from 1; 0 when there are none.
    width
        Fields in a row.
    positions
        For each column found, its name and where it stands from 0.
    """

    skip: int
    header_row: int
    width: int
    positions: tuple[tuple[str, int], ...]

    def position(self, name: str) -> int | None:
        """Return where a column stands, or None when the file has none such."""
        return dict(self.positions).get(name)


def iterate_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record of a CSV with the number of the line it starts at, counting from 1; a blank line is empty.

    It may be packed with gzip.
    """
    with path.open("rb") as file:
        opener = gzip.open if file.read(len(GZIP)) == GZIP else open
    with opener(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        starts = 1
        for record in reader:
            yield starts, record
            starts = reader.line_num + 1


def find_shape(spec: SourceSpec, layout: Layout, part: Part) -> Shape:
    """Return how a table is to be read.

    Raises
    ------
    SourceError
        If a column that must be there is not; the message says what was looked for and what came closest.
    """
    try:
        records = list(islice(iterate_records(part.path), LINES_SEARCHED))
    except csv.Error as error:
        raise refuse(spec, part.label, f"The file is not comma-separated text ({error})") from error
    if not layout.has_header:
        return _shape_by_position(spec, layout, part, _first(records))
    return _shape_by_headings(spec, layout, part, records)


def _shape_by_position(spec: SourceSpec, layout: Layout, part: Part, first: list[str]) -> Shape:
    positions = tuple((column.name, column.position or 0) for column in layout.columns)
    for column in layout.columns:
        if (column.position or 0) >= len(first):
            fields = "1 field" if len(first) == 1 else f"{len(first)} fields"
            what = f"The rows have {fields}, and the {column.name} is looked for further on{_other_sign(first)}"
            raise SourceError(
                what, source_id=spec.source_id, file=part.label, row=1, column=column.heading, todo=again(spec)
            )
    return Shape(skip=0, header_row=0, width=len(first), positions=positions)


def _shape_by_headings(spec: SourceSpec, layout: Layout, part: Part, records: list[tuple[int, list[str]]]) -> Shape:
    required = {column.name for column in layout.columns if not column.is_optional}
    matches: list[dict[str, int]] = []
    for _, record in records:
        matches.append(match_columns(layout.columns, record))
        if required and required <= matches[-1].keys():
            break
    index = max(range(len(matches)), key=lambda place: (len(matches[place]), -place))
    starts, header = records[index]
    for column in layout.columns:
        if column.name not in matches[index] and not column.is_optional:
            raise _missing_column(spec, part, column, header=header if matches[index] else _first(records), row=starts)
    return Shape(skip=index + 1, header_row=starts, width=len(header), positions=tuple(matches[index].items()))


def _first(records: list[tuple[int, list[str]]]) -> list[str]:
    return next((record for _, record in records if record), [])


def _missing_column(spec: SourceSpec, part: Part, column: Column, *, header: list[str], row: int) -> SourceError:
    closest = difflib.get_close_matches(normalise(column.heading), [normalise(heading) for heading in header], 1, 0.5)
    near = next((heading for heading in header if closest and normalise(heading) == closest[0]), "")
    begins = f"the row begins “{', '.join(header)[:80]}”{_other_sign(header)}"
    beside = f"the closest there is “{near}”" if near else begins
    return SourceError(
        f"No column is headed “{column.heading}”; {beside}",
        source_id=spec.source_id,
        file=part.label,
        row=row,
        column=column.heading,
        todo=f"{again(spec)} If the publisher renamed the column, tell whoever looks after Common Ground.",
    )


def _other_sign(cells: list[str]) -> str:
    """Return what to know about a row that seems to have another sign than commas between its cells."""
    signs = {";": "semicolons", "\t": "tabs"}
    found = next((name for sign, name in signs.items() if len(cells) == 1 and sign in cells[0]), "")
    return f", with {found} between its cells: save the file with commas" if found else ""
