"""The open snapshot: read-only, one connection per file, statements by name and values always bound."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from duckdb_extensions import import_extension

from etl.errors import OutdatedSnapshotError, UnreadableSnapshotError
from etl.tables import TABLES, Check

if TYPE_CHECKING:
    import pandas as pd

SQL = Path(__file__).parent / "sql"

Row = dict[str, Any]


@lru_cache(maxsize=256)
def read_statement(name: str) -> str:
    """Return the one statement kept in `dashboard/sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


class Warehouse:
    """One published snapshot.

    A snapshot never changes once it is published, so whatever is read from it may be cached under its path.
    Every call works on a cursor of its own: Streamlit's sessions and the API's requests run on many threads.

    Raises
    ------
    UnreadableSnapshotError
        If the file is no snapshot, or this account may not read it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        import_extension("spatial", con=self._connection)
        self._connection.execute("LOAD spatial")

    def frame(self, statement: str, **values: object) -> pd.DataFrame:
        """Return a named statement's answer as a data frame."""
        return self._connection.cursor().execute(read_statement(statement), values or None).df()

    def rows(self, statement: str, **values: object) -> list[Row]:
        """Return a named statement's answer as a list of dictionaries."""
        answer = self._connection.cursor().execute(read_statement(statement), values or None)
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def row(self, statement: str, **values: object) -> Row | None:
        """Return the first row of a named statement's answer, or None when there is none."""
        return next(iter(self.rows(statement, **values)), None)

    def count(self, check: Check) -> int:
        """Return how many rows break a rule that a table declares."""
        answer = self._connection.cursor().execute(check.sql).fetchone()
        return int(answer[0] or 0) if answer else 0

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """Return a whole table of the contract, to be selected from without writing SQL."""
        return self._connection.cursor().table(name)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        what = f"What is loaded cannot be read: {path} is damaged, or is not for this account to read."
        raise UnreadableSnapshotError(
            what, todo="Run “commonground load” again, as it was run for this data."
        ) from error


def require_contract(warehouse: Warehouse) -> None:
    """Refuse a snapshot that lacks a table or a column of the contract: another version of the program built it.

    Raises
    ------
    OutdatedSnapshotError
        If anything is missing.
    """
    there = {(row["table_name"], row["column_name"]) for row in warehouse.rows("columns_there")}
    missing = next((f"{t.name}.{c.name}" for t in TABLES for c in t.columns if (t.name, c.name) not in there), None)
    if missing:
        what = f"What is loaded was built by another version of Common Ground: it has no {missing}."
        raise OutdatedSnapshotError(what, todo="Run “commonground load” again, as it was run for this data.")


@lru_cache(maxsize=4)
def open_warehouse(path: Path) -> Warehouse:
    """Return the warehouse at a path, opened once."""
    return Warehouse(path)
