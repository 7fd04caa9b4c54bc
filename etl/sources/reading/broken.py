"""Where a CSV breaks: looked for only when it could not be read, so that the message can name the row."""

from __future__ import annotations

import csv
from pathlib import Path

from etl.errors import SourceError
from etl.sources.reading.opening import Part, again
from etl.sources.reading.shape import Shape, iterate_records
from etl.sources.spec import SourceSpec


def explain_break(spec: SourceSpec, part: Part, shape: Shape) -> SourceError | None:
    """Return what is wrong with the rows of a CSV, or None when nothing is.

    Wrong is a row with more or fewer fields than the headings, or a quotation mark that is never closed.
    """
    row = 1
    with part.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            for record in reader:
                if record and row > shape.header_row and len(record) != shape.width:
                    return _wrong_width(spec, part, shape, row, len(record), is_last=_is_last(part.path, row))
                row = reader.line_num + 1
        except csv.Error as error:
            what = f"A quotation mark in the row is in the wrong place or never closed ({error})"
            return SourceError(what, source_id=spec.source_id, file=part.label, row=row, todo=again(spec))
    return None


def _wrong_width(spec: SourceSpec, part: Part, shape: Shape, row: int, width: int, *, is_last: bool) -> SourceError:
    cut = "; it is the last row, so the file is probably cut short" if is_last and width < shape.width else ""
    return SourceError(
        f"The row has {width} fields and the table has {shape.width}{cut}",
        source_id=spec.source_id,
        file=part.label,
        row=row,
        todo=again(spec),
    )


def _is_last(path: Path, row: int) -> bool:
    return all(later <= row or not record for later, record in iterate_records(path))
