"""Codes that must be among those of England."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO
from pathlib import Path

from duckdb import ColumnExpression, DuckDBPyConnection

from etl.errors import SourceError


def check_known_codes(
    con: DuckDBPyConnection, *, table: str, column: str, known_table: str, source_id: str, file: Path | str
) -> None:
    """Refuse a table with a code that is not among the known ones.

    Parameters
    ----------
    table, column
        Where to look.
    known_table
        A table whose first column holds every known code.
    file
        The file the table was read from, for the message; when it is plain text the row is looked for in it.

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
    raise SourceError(
        f"“{name}” is not a code of England's neighbourhoods of the edition loaded ({len(unknown):,} such rows)",
        source_id=source_id,
        file=file,
        row=_find_row(Path(file), name),
        column=column,
        todo="Check that the file and the boundaries are of the same vintage.",
    )


def _find_row(path: Path, code: str) -> int | None:
    with path.open("rb") if path.is_file() else nullcontext(BytesIO()) as file:
        wanted = code.encode()
        return next((row for row, line in enumerate(file, start=1) if wanted in line), None)
