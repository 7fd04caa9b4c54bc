"""Landing a file: text as published, checked in one pass, then typed in `read_<source_id>`."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from fnmatch import fnmatch
from functools import reduce
from itertools import groupby
from pathlib import Path

import duckdb
from duckdb import (
    ColumnExpression,
    ConstantExpression,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
    StarExpression,
)

from etl.errors import SourceError
from etl.progress import SourceProgress
from etl.sources.reading.broken import explain_break
from etl.sources.reading.checking import NUMERIC, call, empty_value, number_of
from etl.sources.reading.layout import Column, Layout
from etl.sources.reading.opening import Part, open_parts, refuse
from etl.sources.reading.proof import FROM_FILE, Landed
from etl.sources.reading.shape import Shape, find_shape
from etl.sources.reading.sheets import choose_sheets
from etl.sources.reading.text import straighten
from etl.sources.spec import FileSpec, Read, SourceSpec

KEEP_LINES = "CREATE OR REPLACE TEMP TABLE landed AS FROM lines"
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
            _keep_text(landed)
            rows = landed.prove()
            landed.typed().create(target)
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
        _keep_text(landed)
        rows = landed.prove()
        pieces.append(con.from_arrow(landed.typed().to_arrow_table()))
    whole = reduce(lambda left, right: left.join(right, ", ".join(layout.key)), pieces)
    if {len(piece) for piece in pieces} != {len(whole)}:
        raise refuse(spec, sheets[0][0].label, "The sheets of the workbook do not list the same neighbourhoods")
    columns = [
        ColumnExpression(column.name) if column.name in whole.columns else empty_value(column)
        for column in layout.columns
    ]
    whole.select(*columns).create(table)
    con.execute(DROP_LANDED)
    return rows


def _keep_text(landed: Landed) -> None:
    """Keep the columns that we read, as text, in the table `landed`, rows in the order of the files."""
    groups = groupby(sorted(landed.files, key=lambda pair: str(pair[1])), key=lambda pair: pair[1])
    try:
        lines = [_scan(landed.con, landed.layout, shape, [part for part, _ in files]) for shape, files in groups]
        relation = lines[0]
        for other in lines[1:]:
            relation = relation.union(other)
        relation.query("lines", KEEP_LINES)
    except duckdb.InvalidInputException as error:
        raise _explain(landed, error) from error


def _scan(con: DuckDBPyConnection, layout: Layout, shape: Shape, parts: list[Part]) -> DuckDBPyRelation:
    lines = con.read_csv(
        [str(part.path) for part in parts],  # type: ignore[arg-type]  # a list of paths works; the stub does not know
        header=False,
        auto_detect=False,
        columns={f"c{place}": "VARCHAR" for place in range(shape.width)},
        sep=",",
        quotechar='"',
        escapechar='"',
        skiprows=shape.skip,
        filename=FROM_FILE,
        null_padding=layout.has_footnotes,
        parallel=not layout.has_footnotes,
    )
    cells = [_cell(column, shape).alias(column.name) for column in layout.columns]
    numbers = [number_of(column) for column in layout.columns if column.type in NUMERIC]
    return lines.select(*cells, ColumnExpression(FROM_FILE)).select(StarExpression(), *numbers)


def _cell(column: Column, shape: Shape) -> Expression:
    place = shape.position(column.name)
    if place is None:
        return ConstantExpression(None).cast("VARCHAR")
    text = ColumnExpression(f"c{place}")
    return text if column.type in NUMERIC else call("nullif", call("trim", text), "")


def _explain(landed: Landed, error: duckdb.Error) -> SourceError:
    for part, shape in landed.files:
        if (explained := explain_break(landed.spec, part, shape)) is not None:
            return explained
    return refuse(landed.spec, landed.label, f"The file could not be read ({str(error).splitlines()[0]})")
