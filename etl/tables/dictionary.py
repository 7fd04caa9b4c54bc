"""The data dictionary, written from the table declarations: `make dictionary`."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.tables import TABLES
from etl.tables.declaration import Column, Table

HEAD = """# Data dictionary

Written from the declarations in `etl/tables` by `make dictionary`; a test fails when it is out of date.
One DuckDB file, a snapshot, holds these tables. Rank 1 and decile 1 are always the worst. A value that is missing has
no row, or NULL where the column is optional; it is never zero.
"""


def write_dictionary() -> str:
    """Return the whole dictionary as Markdown."""
    return "\n".join([HEAD, *(_describe_table(table) for table in TABLES)])


def _describe_table(table: Table) -> str:
    rows = [
        f"## {table.name}",
        "",
        f"{table.grain} Key: {', '.join(f'`{name}`' for name in table.key)}.",
        "",
        "| column | type | unit | what it is |",
        "|---|---|---|---|",
        *(_describe_column(column) for column in table.columns),
        "",
    ]
    return "\n".join(rows)


def _describe_column(column: Column) -> str:
    kind = column.type.lower() + (", may be empty" if column.is_optional else "")
    what = column.description
    if column.values:
        what += f" One of: {', '.join(column.values)}."
    if column.minimum is not None or column.maximum is not None:
        what += f" Range: {_bound(column.minimum)} to {_bound(column.maximum)}."
    if column.references:
        what += f" Found in `{column.references}`."
    return f"| `{column.name}` | {kind} | {column.unit} | {what} |"


def _bound(value: float | None) -> str:
    return "any" if value is None else f"{value:,g}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(write_dictionary(), encoding="utf-8")
