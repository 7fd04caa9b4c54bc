"""Codes that must be among those of England."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from duckdb import ColumnExpression, DuckDBPyConnection

from etl.errors import SourceError
from etl.sources.reading.opening import ZIP
from etl.sources.reading.shape import iterate_records

# Files without rows of cells: what is packed, and GeoJSON.
ROWLESS = (ZIP, b"PAR1", b"{")
CODE = re.compile(r"[A-Z]\d{8}\b")


def check_known_codes(
    con: DuckDBPyConnection, *, table: str, column: str, known_table: str, source_id: str, files: Sequence[Path]
) -> None:
    """Refuse a table with a code that is not among the known ones.

    Parameters
    ----------
    table, column
        Where to look.
    known_table
        A table whose first column holds every known code.
    files
        The files the table was read from, for the message: the code is looked for in those that are plain text or
        gzip, so that its row and the heading above it can be named.

    Raises
    ------
    SourceError
        If a code is unknown; the message names the first, and its row.
    """
    code = ColumnExpression(column)
    known = con.table(known_table)
    known = known.select(ColumnExpression(known.columns[0]).alias(column)).distinct()
    unknown = con.table(table).select(ColumnExpression("rowid"), code).join(known, column, how="anti")
    found = unknown.order("rowid").fetchone()
    if found is None:
        return
    name = str(found[1])
    places = ((file, *place) for file in files if (place := _find_cell(file, name)))
    file, row, heading = next(places, (files[0], None, ""))
    raise SourceError(
        f"“{name}” is not a code of England's neighbourhoods of the edition loaded ({len(unknown):,} such rows)",
        source_id=source_id,
        file=file,
        row=row,
        column=heading or column,
        todo="Check that the file and the boundaries are of the same vintage.",
    )


def _find_cell(path: Path, text: str) -> tuple[int, str] | None:
    """Return the row of the first cell that holds a text, and the heading above it; None where it is not found."""
    start = _first_bytes(path)
    if not start or start.startswith(ROWLESS):
        return None
    headings: list[str] = []
    is_data = False
    with suppress(csv.Error, OSError):
        for row, record in iterate_records(path):
            for place, cell in enumerate(record):
                if text in cell:
                    return row, headings[place] if place < len(headings) else ""
            # The headings are the last row with words in it before codes begin.
            is_data = is_data or any(map(CODE.match, record))
            headings = headings if is_data or not any(record) else record
    return None


def _first_bytes(path: Path) -> bytes:
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(4)
