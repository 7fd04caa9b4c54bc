"""What a warehouse table is: columns that validate themselves and describe themselves.

One declaration yields the table's DDL, its checks, its page in the data dictionary, and the strategies
that tests draw rows from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["VARCHAR", "INTEGER", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "BLOB", "GEOMETRY"]


@dataclass(frozen=True)
class Column:
    """One column: its type, unit, range and meaning.

    Parameters
    ----------
    references
        `table.column` that every value must be found in.
    values
        The closed list of values allowed, when there is one.
    """

    name: str
    type: ColumnType
    description: str
    unit: str = ""
    is_optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    references: str = ""


@dataclass(frozen=True)
class Check:
    """A query that counts the rows that break a rule; the rule holds when the count is 0."""

    rule: str
    sql: str


@dataclass(frozen=True)
class Table:
    """One warehouse table: its grain in a sentence, its key and its columns."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def ddl(self) -> str:
        """Return the CREATE TABLE statement (keys are checked after loading, so that loading stays fast)."""
        lines = [f"  {c.name} {c.type}{'' if c.is_optional else ' NOT NULL'}" for c in self.columns]
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n)"

    def checks(self) -> Iterator[Check]:
        """Yield every rule that the declaration implies, as counting queries over our own fixed names."""
        if self.key:
            yield self._unique_key()
        for column in self.columns:
            yield from self._column_checks(column)

    def _unique_key(self) -> Check:
        key = ", ".join(self.key)
        sql = f"SELECT count(*) - count(DISTINCT ({key})) FROM {self.name}"  # noqa: S608
        return Check(rule=f"{self.name}: ({key}) is unique", sql=sql)

    def _column_checks(self, column: Column) -> Iterator[Check]:
        count = f"SELECT count(*) FROM {self.name} WHERE"  # noqa: S608
        where = f"{self.name}.{column.name}"
        if column.type == "DOUBLE":
            yield Check(f"{where} is a finite number", f"{count} NOT isfinite({column.name})")
        if column.minimum is not None:
            yield Check(f"{where} ≥ {column.minimum:g}", f"{count} {column.name} < {column.minimum!r}")
        if column.maximum is not None:
            yield Check(f"{where} ≤ {column.maximum:g}", f"{count} {column.name} > {column.maximum!r}")
        if column.values:
            allowed = ", ".join(f"'{value}'" for value in column.values)
            yield Check(f"{where} is one of {allowed}", f"{count} {column.name} NOT IN ({allowed})")
        if column.references:
            table, key = column.references.split(".")
            sql = f"{count} {column.name} IS NOT NULL AND {column.name} NOT IN (SELECT {key} FROM {table})"  # noqa: S608
            yield Check(f"{where} is found in {column.references}", sql)
