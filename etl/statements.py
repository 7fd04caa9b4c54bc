"""The ETL's SQL: one statement a file, by name; values are always bound."""

from __future__ import annotations

from pathlib import Path

import duckdb

SQL = Path(__file__).resolve().parent / "sql"


def read_statement(name: str) -> str:
    """Return the statement kept in `etl/sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def run_statement(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> duckdb.DuckDBPyConnection:
    """Run a named statement with its values bound, and return the connection that holds its answer."""
    return con.execute(read_statement(name), values or None)
