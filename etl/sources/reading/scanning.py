"""Scanning tables as text, all of their files at once, into the table `landed`."""

from __future__ import annotations

from itertools import groupby

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
from etl.sources.reading.broken import explain_break
from etl.sources.reading.checking import NUMERIC, call, number_of
from etl.sources.reading.layout import Column, Layout
from etl.sources.reading.opening import Part, refuse
from etl.sources.reading.proof import FROM_FILE, Landed
from etl.sources.reading.shape import Shape

KEEP_LINES = "CREATE OR REPLACE TEMP TABLE landed AS FROM lines"


def keep_text(landed: Landed) -> None:
    """Keep the columns that we read, as text, in the table `landed`, rows in the order of the files.

    Raises
    ------
    SourceError
        If a file is not rows of as many fields as its headings; the row is named.
    """
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
