"""Excel workbooks in and out: looked over as the zip archive they are before anything is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

import xlsxwriter  # type: ignore[import-untyped]
from python_calamine import CalamineError, CalamineWorkbook

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import (
    MAX_UNZIP_RATIO,
    MAX_UNZIPPED_BYTES,
    MAX_ZIP_ENTRIES,
    check_shape,
    check_size,
)
from dashboard.register.exchange.sheet import Sheet, make_sheet

_SHEET_FILE = re.compile(r"xl/worksheets/[^/]+\.(?:xml|bin)", re.IGNORECASE)
# Spaces and digits are taken whole (`*+`), so that a megabyte of them is looked over as fast as any other.
_CELL_REFERENCE = re.compile(rb"""\br\s*+=\s*+["']\s*+([A-Za-z]+)?(\d*+)\s*+["']""")
_CHUNK = 1 << 20
_SLACK = 200
_UNREADABLE = UploadError(
    "The file is not a workbook that can be read.", todo="Open it in a spreadsheet and save it as .xlsx or CSV (UTF-8)."
)
Cell = str | float | int | bool | None | date | datetime | time | timedelta


def read_workbook(content: bytes, *, title: str, sheet: str = "") -> Sheet:
    """Return the table of one sheet of a workbook: the one asked for, or the first that has rows.

    Raises
    ------
    UploadError
        If it is too big, packed too tightly, or no workbook.
    """
    lines = next((lines for _, lines in sheets_of(content, only=sheet) if len(lines) > 1), [])
    return make_sheet(title=title, lines=lines)


def sheets_of(content: bytes, *, only: str = "") -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name and the lines of every sheet of a workbook, or of the one asked for where there is such a one.

    Raises
    ------
    UploadError
        If it is too big, packed too tightly, or no workbook.
    """
    check_size(content)
    _look_over(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in [only] if only in workbook.sheet_names else workbook.sheet_names:
            table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, [[cell_text(cell) for cell in line] for line in table]
    except (CalamineError, ValueError, OSError) as error:
        raise _UNREADABLE from error


def write_workbook(*, columns: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> bytes:
    """Return a workbook with one sheet; text is written as text, never as a formula or a link."""
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        page = book.add_worksheet("Assets")
        page.write_row(0, 0, columns, book.add_format({"bold": True}))
        page.freeze_panes(1, 0)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, column, cell)
                elif cell is not None:
                    page.write_number(at, column, cell)
    return held.getvalue()


def cell_text(cell: Cell) -> str:
    """Return a cell of a workbook as the text a person sees in it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, datetime | date | time) else str(cell)


def _look_over(content: bytes) -> None:
    """Refuse what is no workbook, unpacks to too much, or names cells far beyond any table."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if not any(_SHEET_FILE.fullmatch(entry.filename) for entry in entries):
                raise _UNREADABLE
            unzipped = sum(entry.file_size for entry in entries)
            is_bomb = unzipped > max(MAX_UNZIP_RATIO * len(content), 1_000_000) or unzipped > MAX_UNZIPPED_BYTES
            if is_bomb or len(entries) > MAX_ZIP_ENTRIES:
                what = f"The workbook unpacks to {unzipped / 1e6:,.0f} MB, far more than its size suggests."
                raise UploadError(what, todo="Copy its rows into a new workbook, or save it as CSV (UTF-8).")
            for entry in entries:
                if _SHEET_FILE.fullmatch(entry.filename):
                    _look_over_sheet(archive, entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise _UNREADABLE from error


def _look_over_sheet(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a cell beyond the limits: reading it would fill the memory with empty cells."""
    if entry.filename.lower().endswith(".bin"):
        raise _UNREADABLE
    tail, seen = b"", 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            seen += len(chunk)
            if seen > entry.file_size or b"\x00" in chunk:
                raise _UNREADABLE
            for letters, digits in _CELL_REFERENCE.findall(tail + chunk):
                check_shape(rows=max(int(digits or 0) - _SLACK, 0), columns=_column_number(letters))
            tail = chunk[-32:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - 64
    return number
