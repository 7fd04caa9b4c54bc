"""Where a CSV breaks: looked for only when it could not be read, so that the message can name the row."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

from etl.errors import SourceError
from etl.sources.reading.opening import Part, again, refuse
from etl.sources.reading.shape import Shape, iterate_records
from etl.sources.spec import SourceSpec

CHUNK = 1 << 22
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def check_encoding(spec: SourceSpec, part: Part) -> None:
    """Refuse a file that is not UTF-8, naming the row and the byte.

    Raises
    ------
    SourceError
        If a byte does not belong to UTF-8 text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with part.path.open("rb") as file:
        if file.read(2) in UTF16:
            raise refuse(spec, part.label, "The file is saved as UTF-16 (“Unicode text”), not as UTF-8")
        file.seek(0)
        row = 1
        while chunk := file.read(CHUNK):
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                raise _wrong_encoding(spec, part, error, row) from error
            row += chunk.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(spec, part, error, row) from error


def _wrong_encoding(spec: SourceSpec, part: Part, error: UnicodeDecodeError, row: int) -> SourceError:
    byte = error.object[error.start]
    guess = bytes([byte]).decode("cp1252", errors="replace")
    return SourceError(
        f"The byte 0x{byte:02X} is not UTF-8 text (in Windows-1252 it would be “{guess}”)",
        source_id=spec.source_id,
        file=part.label,
        row=row + error.object[: error.start].count(b"\n"),
        todo="Save the file again as CSV UTF-8, or get it again from the publisher.",
    )


def explain_break(spec: SourceSpec, part: Part, shape: Shape) -> SourceError | None:
    """Return what is wrong with the rows of a CSV, or None when nothing is.

    Wrong is a row with more or fewer fields than the headings, or a quotation mark that is never closed.
    """
    try:
        for row, record in iterate_records(part.path):
            if row > shape.skip and len(record) != shape.width:
                return _wrong_width(spec, part, shape, row, len(record), is_last=_is_last(part.path, row))
    except csv.Error as error:
        return refuse(spec, part.label, f"The file is not comma-separated text ({error})")
    return None


def _wrong_width(spec: SourceSpec, part: Part, shape: Shape, row: int, width: int, *, is_last: bool) -> SourceError:
    cut = "; it is the last row, so the file is probably cut short" if is_last and width < shape.width else ""
    return SourceError(
        f"The row has {width} fields and the table has {shape.width}{cut}",
        source_id=spec.source_id,
        file=part.label,
        row=row,
        todo=again(spec),
    )


def _is_last(path: Path, row: int) -> bool:
    return all(later <= row for later, _ in iterate_records(path))
