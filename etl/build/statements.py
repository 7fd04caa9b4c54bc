"""The build's SQL, one statement a file, by name."""

from __future__ import annotations

from pathlib import Path

import duckdb

SQL = Path(__file__).resolve().parent.parent / "sql"


def run_statement(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> duckdb.DuckDBPyConnection:
    """Run `etl/sql/<name>.sql` with its values bound, and return the connection that holds its answer."""
    return con.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"), values or None)
