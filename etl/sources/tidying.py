"""The step from `read_<source_id>` to the staging tables: statements kept in `etl/sql/sources`, run in order."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.sources.spec import Tidy

SQL = Path(__file__).parent.parent / "sql" / "sources"


def read_statement(name: str) -> str:
    """Return the one statement kept in `etl/sql/sources/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def tidy_with(*statements: str) -> Tidy:
    """Return the `tidy` step that runs the named statements (`etl/sql/sources/<name>.sql`)."""

    def tidy(con: DuckDBPyConnection) -> None:
        for name in statements:
            con.execute(read_statement(name))

    return tidy
