"""The check that a snapshot keeps its contract, whole, before anyone is served it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import duckdb

from etl.errors import ContractError
from etl.statements import SQL
from etl.tables import TABLES

ENGLAND_NEIGHBOURHOODS = 33_755


@dataclass(frozen=True)
class Totals:
    """What the whole snapshot must add up to.

    Parameters
    ----------
    neighbourhoods
        LSOAs there must be.
    population
        Usual residents in the census file.
    drawn
        Neighbourhoods whose boundaries were asked for.
    """

    neighbourhoods: int
    population: int
    drawn: int


def check_contract(con: duckdb.DuckDBPyConnection, *, totals: Totals) -> int:
    """Return how many rules were checked: those of each table's declaration, and those of `etl/sql/checks`.

    Raises
    ------
    ContractError
        If any rule is broken; it lists every one, with how many rows break it.
    """
    failures, rules = [], 0
    for table in TABLES:
        for check in table.checks():
            rules += 1
            if broken := _count(con, check.sql):
                failures.append(f"{check.rule}: {broken:,} rows break it")
    for path in sorted((SQL / "checks").glob("*.sql")):
        rules += 1
        statement = path.read_text(encoding="utf-8")
        given = {name: value for name, value in asdict(totals).items() if f"${name}" in statement.split("\n", 1)[1]}
        if broken := _count(con, statement, given):
            failures.append(f"{statement.splitlines()[0].removeprefix('-- ')} (off by {broken:,})")
    if failures:
        raise ContractError(failures)
    return rules


def _count(con: duckdb.DuckDBPyConnection, statement: str, given: dict[str, int] | None = None) -> int:
    return int(con.execute(statement, given or None).fetchall()[0][0] or 0)
