"""The step from `read_<source_id>` to the staging tables: statements kept in `etl/sql/sources`, run in order."""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from etl.sources.spec import Tidy
from etl.statements import run_statement


def tidy_with(*statements: str) -> Tidy:
    """Return the `tidy` step that runs the named statements (`etl/sql/sources/<name>.sql`)."""

    def tidy(con: DuckDBPyConnection) -> None:
        for name in statements:
            run_statement(con, f"sources/{name}")

    return tidy
