"""Landing a file: text as published, checked in one pass, then typed in `read_<source_id>`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from fnmatch import fnmatch
from functools import reduce
from pathlib import Path

from duckdb import ColumnExpression, DuckDBPyConnection, DuckDBPyRelation

from etl.progress import SourceProgress
from etl.sources.reading.checking import empty_value
from etl.sources.reading.layout import Layout
from etl.sources.reading.opening import Part, open_parts, refuse
from etl.sources.reading.proof import Landed
from etl.sources.reading.scanning import keep_text
from etl.sources.reading.shape import Shape, find_shape
from etl.sources.reading.sheets import choose_sheets
from etl.sources.reading.text import straighten
from etl.sources.spec import FileSpec, Read, SourceSpec

DROP_LANDED = "DROP TABLE landed"


def land(
    con: DuckDBPyConnection,
    spec: SourceSpec,
    layout: Layout,
    paths: Sequence[Path],
    progress: SourceProgress,
    *,
    table: str = "",
) -> int:
    """Read a publisher's files into one typed table, or refuse them.

    Parameters
    ----------
    paths
        CSV, gzipped CSV, zip of CSVs or Excel workbook; told by their bytes.
    table
        Name of the table; `read_<source_id>` unless told.

    Returns
    -------
    rows
        Rows of data in the files, other nations' included; the table holds England's.

    Raises
    ------
    SourceError
        If a file cannot be read or anything in it is not as its layout says: source, file, row and column are named.
    """
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        parts = _open_all(spec, layout, paths, Path(folder))
        target = table or f"read_{spec.source_id}"
        sheets = [part for part in parts if part.is_sheet]
        if sheets:
            rows = _land_sheets(con, spec, layout, choose_sheets(spec, layout, sheets), target)
        else:
            landed = Landed(con, spec, layout, tuple((part, find_shape(spec, layout, part)) for part in parts))
            keep_text(landed)
            rows = landed.prove()
            _create(con, landed.typed(), target)
            con.execute(DROP_LANDED)
    progress.rows_done(rows, spec.expected_rows or None)
    return rows


def read_with(layout: Layout) -> Read:
    """Return the `read` step that lands files of one layout in `read_<source_id>`."""

    def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
        return land(con, spec, layout, paths, progress)

    return read


def paths_of(file: FileSpec, paths: Sequence[Path]) -> list[Path]:
    """Return those of a source's paths that are one of its files, by name."""
    return [
        path for path in paths if any(fnmatch(path.name.casefold(), pattern.casefold()) for pattern in file.patterns)
    ]


def _open_all(spec: SourceSpec, layout: Layout, paths: Sequence[Path], folder: Path) -> list[Part]:
    parts: list[Part] = []
    for number, path in enumerate(paths):
        own_folder = folder / str(number)
        own_folder.mkdir()
        opened = open_parts(spec, layout, path, own_folder)
        parts.extend(straighten(spec, part, own_folder / f"straight-{at}.csv") for at, part in enumerate(opened))
    if not parts:
        raise refuse(spec, "none", "No file was given, or it holds no table")
    return parts


def _land_sheets(
    con: DuckDBPyConnection, spec: SourceSpec, layout: Layout, sheets: list[tuple[Part, Shape, Layout]], table: str
) -> int:
    """Land each sheet on its own, then put them side by side by their key."""
    pieces = []
    for part, shape, own_layout in sheets:
        landed = Landed(con, spec, own_layout, ((part, shape),))
        keep_text(landed)
        rows = landed.prove()
        pieces.append(con.from_arrow(landed.typed().to_arrow_table()))
    whole = reduce(lambda left, right: left.join(right, ", ".join(layout.key)), pieces)
    if {len(piece) for piece in pieces} != {len(whole)}:
        raise refuse(spec, sheets[0][0].label, "The sheets of the workbook do not list the same neighbourhoods")
    columns = [
        ColumnExpression(column.name) if column.name in whole.columns else empty_value(column)
        for column in layout.columns
    ]
    _create(con, whole.select(*columns), table)
    con.execute(DROP_LANDED)
    return rows


def _create(con: DuckDBPyConnection, relation: DuckDBPyRelation, table: str) -> None:
    """Keep a relation as a table; on a full disk `create` alone says nothing, but a commit of one's own does."""
    con.begin()
    relation.create(table)
    con.commit()
