"""CSV files as people save them: with a byte-order mark or in Windows-1252, with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections import Counter

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import MAX_ROWS, check_size
from dashboard.register.exchange.sheet import Sheet, make_sheet

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_LINES = 50


def read_csv(content: bytes, *, title: str) -> Sheet:
    """Return the table of a CSV file.

    Raises
    ------
    UploadError
        If it is too big, not text, or not a table.
    """
    check_size(content)
    text = decode_text(content)
    lines, numbers = _read_lines(text, separator=find_separator(text))
    return make_sheet(title=title, lines=lines, numbers=numbers)


def decode_text(content: bytes) -> str:
    """Return text from UTF-8, UTF-16 with its mark, or Windows-1252, in this order.

    Raises
    ------
    UploadError
        If it is none of them.
    """
    todo = "Save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."
    marked = next((coding for mark, coding in _MARKS if content.startswith(mark)), None)
    if marked is None and b"\x00" in content:
        raise UploadError("The file is not text.", todo=todo)
    for coding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise UploadError("The letters of the file cannot be read.", todo=todo)


def find_separator(text: str) -> str:
    """Return the separator that cuts most of the first lines into the same number of cells, and into most."""
    sample = "\n".join(text.splitlines()[:_SAMPLE_LINES])

    def cells(separator: str) -> tuple[int, int]:
        counts = Counter(len(line) for line in csv.reader(io.StringIO(sample), delimiter=separator) if line)
        width, lines = max(counts.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return (lines if width > 1 else 0, width)

    try:
        return max(_SEPARATORS, key=cells)
    except csv.Error as error:
        raise _not_a_table() from error


def _read_lines(text: str, *, separator: str) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines, numbers, start = [], [], 1
    try:
        for line in reader:
            lines.append(line)
            numbers.append(start)
            start = reader.line_num + 1
            if len(lines) > 2 * MAX_ROWS:
                break
    except csv.Error as error:
        raise _not_a_table() from error
    return lines, numbers


def _not_a_table() -> UploadError:
    what = "The file cannot be read as a table: a cell is far too long or a quotation mark is not closed."
    return UploadError(what, todo="Open it in a spreadsheet and save it as CSV (UTF-8).")
