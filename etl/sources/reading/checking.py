"""What may stand in a cell: each rule is one counting expression, so that a whole table is checked in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    FunctionExpression,
    SQLExpression,
)

from etl.sources.reading.layout import Column, Layout

NUMERIC = ("integer", "number", "rank", "decile")
WHOLE = ("integer", "rank", "decile")
# What publishers write where there is no figure, the symbols of the Government Statistical Service among them.
EMPTY_MARKS = ("-", "\N{EN DASH}", "*", "..", ":", "n/a", "na", "null", "[c]", "[x]", "[z]", "[u]", "[low]")
# Nothing that is counted here comes near, and the warehouse's whole numbers go twice as far.
LARGEST_COUNT = 1_000_000_000
BLANK = ConstantExpression("")
GROUPED_THOUSANDS = r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?"
DUCKDB_TYPES = {"integer": "BIGINT", "rank": "INTEGER", "decile": "INTEGER", "number": "DOUBLE"}


@dataclass(frozen=True)
class Rule:
    """A column, what breaks the rule in words, and the rows that break it."""

    column: Column
    broken: str
    bad: Expression


def call(name: str, *arguments: Expression | str | float) -> Expression:
    """Return a function call in which plain Python values are constants."""
    return FunctionExpression(
        name, *(value if isinstance(value, Expression) else ConstantExpression(value) for value in arguments)
    )


def number_of(column: Column) -> Expression:
    """Return the number that a landed text column holds, under a name of its own; empty where it holds none."""
    # DuckDB's Python expressions have no TRY_CAST; the name is our own, from a Column. Few cells have thousands
    # separators, so they are looked for only where a plain cast fails.
    plain = SQLExpression(f"TRY_CAST({column.name} AS DOUBLE)")
    without_commas = SQLExpression(f"TRY_CAST(replace({column.name}, ',', '') AS DOUBLE)")
    is_grouped = call("regexp_full_match", call("trim", ColumnExpression(column.name)), GROUPED_THOUSANDS)
    grouped = CaseExpression(is_grouped, without_commas)
    return CoalesceOperator(plain, grouped).alias(_number(column).get_name())


def _number(column: Column) -> Expression:
    return ColumnExpression(f"{column.name}__number")


def value_of(column: Column) -> Expression:
    """Return the typed value of a landed text column."""
    text = ColumnExpression(column.name)
    if column.type in NUMERIC:
        return _number(column).cast(DUCKDB_TYPES[column.type])
    if "(" in column.pattern.replace("(?:", ""):
        return call("regexp_extract", text, f"^(?:{column.pattern})$", 1)
    return text


def empty_value(column: Column) -> Expression:
    """Return a column of nothing, of the right type."""
    return ConstantExpression(None).cast(DUCKDB_TYPES.get(column.type, "VARCHAR")).alias(column.name)


def rules(column: Column) -> Iterator[Rule]:
    """Yield the rules of a column, the plainest first."""
    text = ColumnExpression(column.name)
    if not column.may_be_empty and not column.is_optional:
        yield Rule(column, "is empty and must not be", _is_empty(column))
    if column.pattern:
        looks = f", such as {column.example}" if column.example else ""
        yield Rule(column, f"is not a valid code{looks}", ~call("regexp_full_match", text, column.pattern))
    if column.type in NUMERIC:
        yield from _number_rules(column)


def _is_empty(column: Column) -> Expression:
    text = ColumnExpression(column.name)
    if column.type not in NUMERIC:
        return text.isnull()
    return CaseExpression(_number(column).isnotnull(), ConstantExpression(value=False)).otherwise(
        CoalesceOperator(call("trim", text), BLANK) == BLANK
    )


def _number_rules(column: Column) -> Iterator[Rule]:
    text, number = ColumnExpression(column.name), _number(column)
    meaningless = (*EMPTY_MARKS, "") if column.may_be_empty else ("",)
    is_word = call("lower", call("trim", text)).isnotin(*map(ConstantExpression, meaningless))
    is_text = CaseExpression(number.isnotnull(), ~call("isfinite", number)).otherwise(is_word)
    yield Rule(column, "is text where a number belongs", is_text)
    if column.type in WHOLE:
        yield Rule(column, "is not a whole number", number != call("floor", number))
    least, most = _bounds(column)
    if least is not None:
        yield Rule(column, f"is less than {least:,.10g}, the least it can be", number < ConstantExpression(least))
    if most is not None:
        yield Rule(column, f"is more than {most:,.10g}, the most it can be", number > ConstantExpression(most))


def rank_rule(column: Column, neighbourhoods: int) -> Rule:
    """Return the rule that no rank is greater than the number of neighbourhoods ranked."""
    broken = f"is more than {neighbourhoods}, the number of neighbourhoods ranked"
    return Rule(column, broken, _number(column) > ConstantExpression(neighbourhoods))


def is_data(layout: Layout) -> Expression:
    """Return whether a landed row is data, and not an empty line or a note after the table."""
    cells = [ColumnExpression(column.name) for column in layout.columns]
    if not layout.has_footnotes:
        return CoalesceOperator(*cells).isnotnull() if len(cells) > 1 else cells[0].isnotnull()
    key = next(column for column in layout.columns if column.name == layout.key[0])
    others = CoalesceOperator(*(ColumnExpression(column.name) for column in layout.columns if column.name != key.name))
    text = ColumnExpression(key.name)
    return text.isnotnull() & (call("regexp_full_match", text, key.pattern) | others.isnotnull())


def _bounds(column: Column) -> tuple[float | None, float | None]:
    if column.type == "rank":
        return 1, LARGEST_COUNT
    if column.type == "decile":
        return 1, 10
    most = LARGEST_COUNT if column.type == "integer" and column.maximum is None else column.maximum
    return column.minimum, most
