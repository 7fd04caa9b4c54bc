"""Excel workbooks (.xlsx), sheet by sheet as CSV, so that one way of reading serves both."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook


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
