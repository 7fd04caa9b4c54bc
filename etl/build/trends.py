"""Figures month by month."""

from __future__ import annotations

import duckdb

from etl.build.storage import store_indicators
from etl.sources.spec import Indicator
from etl.statements import run_statement


def store_trends(con: duckdb.DuckDBPyConnection, *, catalogue: list[tuple[Indicator, str]]) -> None:
    """Fill `trend`, and add the indicators that are followed in it."""
    if con.execute("SELECT count(*) FROM staged_appointments").fetchall()[0][0] == 0:
        return
    run_statement(con, "trend")
    followed = {row[0] for row in con.execute("SELECT DISTINCT indicator_id FROM trend").fetchall()}
    known = {row[0] for row in con.execute("SELECT indicator_id FROM indicator").fetchall()}
    store_indicators(con, [entry for entry in catalogue if entry[0].indicator_id in followed - known])
