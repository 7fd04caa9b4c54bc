"""A table that an analyst brings: its rows and its numbers read, and clear words for what is wrong."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from dashboard.register.exchange.text_files import decode_text, find_separator
from etl.errors import CommonGroundError
from etl.methods.arrays import FloatArray

Measure = Literal["count", "percent", "rate"]
MOST_BYTES = 25_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 100
# What publishers write where they leave a number out.
NOTHING = frozenset({"", "-", "*", "..", ":", "c", "n/a", "na", "null", "none", "x", "suppressed"})


class OwnDataError(CommonGroundError):
    """A table that no figure can be made of."""

    exit_code = 5


@dataclass(frozen=True)
class Uploaded:
    """A table as it was brought: headings, and columns of text of the same length."""

    headings: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    def column(self, heading: str) -> tuple[str, ...]:
        """Return a column by its heading."""
        return self.columns[self.headings.index(heading)]


def read_upload(content: bytes) -> Uploaded:
    """Return the table of a CSV file.

    Raises
    ------
    CommonGroundError
        If it is too large, not text, or not a table with headings and rows.
    """
    if len(content) > MOST_BYTES:
        what = f"The file has {len(content) / 1e6:,.0f} MB, and {MOST_BYTES / 1e6:,.0f} MB is the most."
        raise OwnDataError(what, todo="Keep one row for each place and the columns that are needed.")
    text = decode_text(content)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text)):
            if any(cell.strip() for cell in line):
                lines.append([cell.strip() for cell in line])
            if len(lines) > MOST_ROWS + 1:
                what = f"The table has more than {MOST_ROWS:,} rows."
                raise OwnDataError(what, todo="Add the rows of each place together before you bring it.")
    except csv.Error as error:
        raise OwnDataError("The file is not a table.", todo="Save it as CSV.") from error
    if len(lines) < 2 or not 2 <= len(lines[0]) <= MOST_COLUMNS:  # noqa: PLR2004 - a code and a number
        what = "The file is not a table of codes and numbers with headings in its first row."
        raise OwnDataError(what, todo=f"Bring one with 2 to {MOST_COLUMNS} columns.")
    return _as_columns(lines)


def _as_columns(lines: Sequence[list[str]]) -> Uploaded:
    width = len(lines[0])
    headings = [cell or f"Column {number}" for number, cell in enumerate(lines[0], start=1)]
    unique = [name if headings.count(name) == 1 else f"{name} ({n})" for n, name in enumerate(headings, start=1)]
    rows = [(line + [""] * width)[:width] for line in lines[1:]]
    return Uploaded(tuple(unique), tuple(zip(*rows, strict=True)))


def read_numbers(texts: Sequence[str], *, measure: Measure) -> FloatArray:
    """Return a column as numbers; NaN where a publisher left one out.

    Raises
    ------
    OwnDataError
        If a cell is no number, a count or rate is below nought, or a percentage above 100; it names the row.
    """
    values = np.full(len(texts), np.nan)
    for place, text in enumerate(texts):
        if text.lower() in NOTHING:
            continue
        number = number_of(text)
        row = f"Row {place + 2:,}"
        if number is None:
            raise OwnDataError(f"{row} holds “{text[:40]}”, which is no number.", todo="Correct it, or leave it empty.")
        if number < 0:
            raise OwnDataError(f"{row} holds {number:g}, which is below nought.", todo="Correct it, or leave it empty.")
        if measure == "percent" and number > 100:  # noqa: PLR2004 - per cent
            what = f"{row} holds {number:g}, which is above 100 per cent."
            raise OwnDataError(what, todo="Correct it, or say that these are counts or rates.")
        values[place] = number
    if np.isnan(values).all():
        raise OwnDataError("The column of numbers is empty.", todo="Choose another column.")
    return values


def number_of(text: str) -> float | None:
    """Return what a cell says as a number; None when it is none."""
    try:
        number = float(text.replace(",", "").replace("£", "").removesuffix("%"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None
