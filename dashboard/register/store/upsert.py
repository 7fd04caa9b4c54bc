"""Write and ask for many rows at once, in both databases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Item = TypeVar("Item")
# As many values as one statement is given; both databases take far more.
_AT_ONCE = 1_000


def chunked(items: Sequence[Item], *, at_once: int = _AT_ONCE) -> Iterator[Sequence[Item]]:
    """Give items some at a time: a statement's worth, or as many as are named."""
    return (items[at : at + at_once] for at in range(0, len(items), at_once))


def insert_missing(con: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose keys are not there yet."""
    if rows:
        con.execute(_insert(con, table).on_conflict_do_nothing(), list(rows))


def put(con: Connection, table: Table, row: dict[str, Any]) -> None:
    """Insert a row, or put it in the place of the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    values = {name: value for name, value in row.items() if name not in keys}
    con.execute(_insert(con, table).values(row).on_conflict_do_update(index_elements=keys, set_=values))


def insert_or_set(con: Connection, table: Table, rows: Sequence[dict[str, Any]], *, changing: Sequence[str]) -> None:
    """Insert rows; of those whose primary key is there already, change only the columns named."""
    if rows:
        keys = [column.name for column in table.primary_key]
        made = _insert(con, table)
        con.execute(
            made.on_conflict_do_update(index_elements=keys, set_={name: made.excluded[name] for name in changing}),
            list(rows),
        )


def _insert(con: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if con.dialect.name == "sqlite" else postgresql.insert(table)
