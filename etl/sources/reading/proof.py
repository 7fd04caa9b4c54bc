"""Proving what has landed: every rule in one pass; the row is looked for only when one is broken."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from duckdb import (
    ColumnExpression,
    ConstantExpression,
    DuckDBPyConnection,
    DuckDBPyRelation,
    Expression,
    StarExpression,
)

from etl.errors import SourceError
from etl.sources.reading.checking import Rule, call, is_data, rank_rule, rules, value_of
from etl.sources.reading.layout import Column, Layout
from etl.sources.reading.opening import Part, again, refuse
from etl.sources.reading.shape import Shape, iterate_records
from etl.sources.spec import SourceSpec

LANDED = "landed"
FROM_FILE = "from_file"
RECORD = "record"


@dataclass(frozen=True)
class Landed:
    """What stands as text in the table `landed`, and the files it came from."""

    con: DuckDBPyConnection
    spec: SourceSpec
    layout: Layout
    files: tuple[tuple[Part, Shape], ...]

    @property
    def label(self) -> str:
        """What a person calls the files."""
        return self.files[0][0].label if len(self.files) == 1 else f"{self.files[0][0].label} and others"

    @property
    def data(self) -> DuckDBPyRelation:
        """The rows that are data, each with the number of its record."""
        numbered = self.con.table(LANDED).select(ColumnExpression("rowid").alias(RECORD), StarExpression())
        return numbered.filter(is_data(self.layout))

    @property
    def england(self) -> Expression:
        """Whether a row is England's."""
        if not self.layout.england:
            return ConstantExpression(value=True)
        return call("starts_with", ColumnExpression(self.layout.england), "E")

    def typed(self) -> DuckDBPyRelation:
        """Return England's rows, typed."""
        columns = [value_of(column).alias(column.name) for column in self.layout.columns]
        return self.data.filter(self.england).select(*columns)

    def prove(self) -> int:
        """Check what has landed and return how many rows of data it is.

        Raises
        ------
        SourceError
            If a cell, a key or the number of rows is not as it should be; the first such row is named.
        """
        checks = [rule for column in self.layout.columns for rule in rules(column)]
        rows, neighbourhoods, *broken = self._count(self.england, *(rule.bad for rule in checks))
        if not rows:
            raise refuse(self.spec, self.label, "The file has its headings and nothing under them")
        self._refuse_broken(checks, broken)
        self._refuse_duplicates()
        self._refuse_row_count(neighbourhoods)
        if self.spec.expected_rows:
            ranks = [rank_rule(column, neighbourhoods) for column in self.layout.columns if column.type == "rank"]
            self._refuse_broken(ranks, self._count(*(rule.bad for rule in ranks))[1:])
        return rows

    def _count(self, *conditions: Expression) -> tuple[int, ...]:
        counts = [call("count"), *(call("count_if", condition) for condition in conditions)]
        return self.data.aggregate(counts).fetchone() or ()

    def _refuse_broken(self, checks: list[Rule], broken: tuple[int, ...] | list[int]) -> None:
        for rule, count in zip(checks, broken, strict=True):
            if count:
                raise self._broken_cell(rule, count)

    def _broken_cell(self, rule: Rule, count: int) -> SourceError:
        cell = ColumnExpression(rule.column.name)
        found = self.data.filter(rule.bad).select(ColumnExpression(RECORD), cell).order(RECORD).limit(1)
        ((record, text),) = found.fetchall()
        file, row = self._find_row(record)
        subject = "The cell" if text is None else f"“{str(text)[:60]}”"
        more = f" (and so it is in {count - 1:,} more rows)" if count > 1 else ""
        return SourceError(
            f"{subject} {rule.broken}{more}",
            source_id=self.spec.source_id,
            file=file,
            row=row,
            column=self._heading(rule.column, file),
            todo=again(self.spec),
        )

    def _refuse_duplicates(self) -> None:
        keys = [column for column in self.layout.columns if column.name in self.layout.key]
        if not keys:
            return
        record = ColumnExpression(RECORD)
        times = [call("count").alias("times"), call("min", record).alias("first"), call("max", record).alias("last")]
        groups = self.data.aggregate([*(value_of(column).alias(column.name) for column in keys), *times])
        found = groups.filter(ColumnExpression("times") > ConstantExpression(1)).order("last").fetchone()
        if found is None:
            return
        *code, _, first, last = found
        first_file, first_row = self._find_row(first)
        file, row = self._find_row(last)
        where = f"row {first_row}" if first_file == file else f"row {first_row} of {first_file}"
        raise SourceError(
            f"“{' '.join(map(str, code))}” occurs more than once, first in {where}",
            source_id=self.spec.source_id,
            file=file,
            row=row,
            column=self._heading(keys[0], file),
            todo=again(self.spec),
        )

    def _refuse_row_count(self, rows: int) -> None:
        expected, allowed = self.spec.expected_rows, self.spec.expected_rows * self.spec.tolerance
        if expected and abs(rows - expected) > allowed:
            cut = "; it may be cut short" if rows < expected else ""
            about = "about " if allowed else ""
            what = f"The file has {rows:,} rows and {about}{expected:,} are expected{cut}"
            raise refuse(self.spec, self.label, what)

    def _find_row(self, record: int) -> tuple[str, int]:
        """Return the file of a record and the line it starts at, counting from 1 as a person would."""
        at, from_file = ColumnExpression("rowid"), ColumnExpression(FROM_FILE)
        records = self.con.table(LANDED)
        ((file,),) = records.filter(at == ConstantExpression(record)).select(from_file).fetchall()
        before = (at < ConstantExpression(record)) & (from_file == ConstantExpression(file))
        ((index,),) = records.filter(before).aggregate([call("count")]).fetchall()
        part, shape = next(pair for pair in self.files if str(pair[0].path) == file)
        starts = (row for row, cells in iterate_records(part.path) if cells and row > shape.header_row)
        return part.label, next(islice(starts, index, None), 0)

    def _heading(self, column: Column, label: str) -> str:
        """Return what a column is called in a file: by its own heading there, or by where it stands."""
        part, shape = next(pair for pair in self.files if pair[0].label == label)
        place = shape.position(column.name)
        headings = next((cells for row, cells in iterate_records(part.path) if row == shape.header_row), [])
        found = headings[place] if place is not None and place < len(headings) else ""
        return " ".join(found.split()) or column.heading
