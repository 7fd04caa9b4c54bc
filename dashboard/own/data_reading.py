"""A table that an analyst brings: its rows and its numbers read, and clear words for what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Literal

import numpy as np

from dashboard.own.data_cells import holds_place, is_left_out, number_of
from dashboard.own.data_headings import find_headings
from dashboard.register.exchange.text_files import decode_text, find_separator
from dashboard.register.exchange.workbooks import sheets_of
from etl.errors import CommonGroundError
from etl.methods.arrays import FloatArray

Measure = Literal["count", "percent", "rate"]
MOST_BYTES = 25_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
ZIP_START = b"PK\x03\x04"


class OwnDataError(CommonGroundError):
    """A table that no figure can be made of."""

    exit_code = 5


@dataclass(frozen=True)
class Uploaded:
    """A table as it was brought: headings, and columns of text of the same length.

    Parameters
    ----------
    rows
        The number of each row, as a person finds it in the file.
    sheet
        The sheet of a workbook that it is of.
    """

    headings: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]
    sheet: str = ""

    def column(self, heading: str) -> tuple[str, ...]:
        """Return a column by its heading."""
        return self.columns[self.headings.index(heading)]

    def only(self, is_kept: Sequence[bool]) -> Uploaded:
        """Return some of its rows."""
        columns = tuple(tuple(compress(column, is_kept)) for column in self.columns)
        return Uploaded(self.headings, columns, tuple(compress(self.rows, is_kept)), self.sheet)


def read_upload(content: bytes) -> Uploaded:
    """Return the table of a CSV file, or of the first sheet of a workbook (.xlsx) that holds codes of places.

    Raises
    ------
    CommonGroundError
        If it is too large, neither text nor a workbook, or not a table with headings and rows.
    """
    if len(content) > MOST_BYTES:
        what = f"The file has {len(content) / 1e6:,.0f} MB, and {MOST_BYTES / 1e6:,.0f} MB is the most."
        raise OwnDataError(what, todo="Keep one row for each place and the columns that are needed.")
    if not content.startswith(ZIP_START):
        return _as_table(_filled(_lines_of(decode_text(content))))
    sheets = {name: _filled(enumerate(lines, start=1)) for name, lines in sheets_of(content)}
    held = [name for name, lines in sheets.items() if any(holds_place(cell) for _, line in lines for cell in line)]
    chosen = next(iter(held or sheets), "")
    return _as_table(sheets.get(chosen, []), sheet=chosen)


def _lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    reader, start = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text)), 1
    try:
        for line in reader:
            yield start, line
            start = reader.line_num + 1
    except csv.Error as error:
        raise OwnDataError("The file is not a table.", todo="Save it as CSV.") from error


def _filled(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Return the lines with anything in them, each with its number."""
    filled: list[tuple[int, list[str]]] = []
    for number, line in lines:
        cells = [cell.strip() for cell in line]
        if any(cells):
            filled.append((number, cells))
        if len(filled) > MOST_ROWS + 1:
            what = f"The table has more than {MOST_ROWS:,} rows."
            raise OwnDataError(what, todo="Add the rows of each place together before you bring it.")
    return filled


def _as_table(lines: list[tuple[int, list[str]]], *, sheet: str = "") -> Uploaded:
    names, first = find_headings([line for _, line in lines])
    body, width = lines[first:], len(names)
    if not body or not 2 <= width <= MOST_COLUMNS:  # noqa: PLR2004 - a code and a number
        what = "The file is not a table of codes and numbers with headings in its first row."
        raise OwnDataError(what, todo=f"Bring one with 2 to {MOST_COLUMNS} columns.")
    for number, line in body:
        if any(line[width:]):
            what = f"Row {number:,} has more cells than there are headings."
            raise OwnDataError(what, todo="Numbers such as 1,234 need quotation marks in a CSV, or no comma.")
    headings = [name or f"Column {number}" for number, name in enumerate(names, start=1)]
    unique = [name if headings.count(name) == 1 else f"{name} ({n})" for n, name in enumerate(headings, start=1)]
    rows = [(line + [""] * width)[:width] for _, line in body]
    return Uploaded(tuple(unique), tuple(zip(*rows, strict=True)), tuple(number for number, _ in body), sheet)


def read_numbers(texts: Sequence[str], *, measure: Measure, rows: Sequence[int]) -> FloatArray:
    """Return a column as numbers; NaN where a publisher left one out.

    Parameters
    ----------
    rows
        The number of each row in its file.

    Raises
    ------
    OwnDataError
        If a cell is no number, a count or rate is below nought, or a percentage above 100, and it names the row; or
        if percentages are shares of one.
    """
    values = np.full(len(texts), np.nan)
    for place, (text, number) in enumerate(zip(texts, rows, strict=True)):
        if not is_left_out(text):
            values[place] = _read_number(text, measure=measure, row=f"Row {number:,}")
    known = values[~np.isnan(values)]
    if not known.size:
        raise OwnDataError("The column of numbers is empty.", todo="Choose another column.")
    if measure == "percent" and 0 < known.max() <= 1:
        what = "No percentage is above 1, so these may be shares of one: a workbook keeps 12.3% as 0.123."
        raise OwnDataError(what, todo="Multiply them by 100, or say that they are rates.")
    return values


def _read_number(text: str, *, measure: Measure, row: str) -> float:
    number, todo = number_of(text), "Correct it, or leave it empty."
    if number is None:
        raise OwnDataError(f"{row} holds “{text[:40]}”, which is no number.", todo=todo)
    if number < 0:
        raise OwnDataError(f"{row} holds {number:g}, which is below nought.", todo=todo)
    if measure == "percent" and number > 100:  # noqa: PLR2004 - per cent
        what = f"{row} holds {number:g}, which is above 100 per cent."
        raise OwnDataError(what, todo="Correct it, or say that these are counts or rates.")
    return number
