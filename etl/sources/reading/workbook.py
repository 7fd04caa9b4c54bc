"""Excel workbooks (.xlsx), sheet by sheet as CSV, so that one way of reading serves both."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

CELL = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+)(\d+)\s*["']""")
# The largest sheet that is published holds two million.
MOST_CELLS = 20_000_000
CHUNK = 1 << 20
LONGEST_CELL = 64


def reaches_too_far(archive: zipfile.ZipFile) -> bool:
    """Return whether a sheet has a cell so far out that the table up to it would not fit the memory.

    A reader makes room for every cell up to the furthest, and one slip of a byte can put that billions away.
    """
    sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name, re.IGNORECASE)]
    return any(_extent(archive, name) > MOST_CELLS for name in sheets)


def _extent(archive: zipfile.ZipFile, name: str) -> int:
    """Return rows times columns up to the furthest cell of a sheet in each direction."""
    rows = columns = 0
    tail = b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(CHUNK):
            cells = set(CELL.findall(tail + chunk))
            rows = max([rows, *(int(digits[:12]) for _, digits in cells)])
            columns = max([columns, *map(_column_number, {letters for letters, _ in cells})])
            tail = chunk[-LONGEST_CELL:]
    return rows * columns


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = 26 * number + letter - 64
    return number


def unpack_workbook(path: Path, folder: Path) -> list[tuple[str, Path]] | None:
    """Write every sheet with something in it as a CSV, row for row, and return their titles and paths.

    Returns
    -------
    sheets
        In the workbook's order; None when the file is no workbook.
    """
    try:
        with CalamineWorkbook.from_path(path) as book:
            return list(_write_sheets(book, folder))
    except CalamineError:
        return None


def _write_sheets(book: CalamineWorkbook, folder: Path) -> Iterator[tuple[str, Path]]:
    for number, title in enumerate(book.sheet_names):
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        if not rows:
            continue
        target = folder / f"{number}.csv"
        with target.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(map(_as_text, row) for row in rows)
        yield title, target


def _as_text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).splitlines())
