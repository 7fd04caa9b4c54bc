"""Making sure that a table is UTF-8 text with one kind of line end, before it is read."""

from __future__ import annotations

import codecs
from dataclasses import replace
from pathlib import Path

from etl.errors import SourceError
from etl.sources.reading.opening import Part, refuse
from etl.sources.spec import SourceSpec

CHUNK = 1 << 22
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def straighten(spec: SourceSpec, part: Part, aside: Path) -> Part:
    """Return a table that can be read: itself, or a copy whose line ends are all alike.

    Line for line the copy is the same, so rows keep their numbers.

    Parameters
    ----------
    aside
        Where a copy may be put.

    Raises
    ------
    SourceError
        If a byte does not belong to UTF-8 text; the row and the byte are named.
    """
    ends = check_encoding(spec, part)
    if ends <= {b"\n"} or ends <= {b"\r\n"}:
        return part
    with part.path.open(encoding="utf-8-sig") as mixed, aside.open("w", encoding="utf-8", newline="\n") as straight:
        while text := mixed.read(CHUNK):
            straight.write(text)
    return replace(part, path=aside)


def check_encoding(spec: SourceSpec, part: Part) -> set[bytes]:
    """Return the kinds of line end in a file, or refuse it when it is not UTF-8.

    Raises
    ------
    SourceError
        If a byte does not belong to UTF-8 text; the row and the byte are named.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    ends: set[bytes] = set()
    row = 1
    with part.path.open("rb") as file:
        if file.read(2) in UTF16:
            raise refuse(spec, part.label, "The file is saved as UTF-16 (“Unicode text”), not as UTF-8")
        file.seek(0)
        while chunk := file.read(CHUNK):
            chunk += file.readline()  # never part a line from its end
            try:
                decoder.decode(chunk, final=True)
            except UnicodeDecodeError as error:
                raise _wrong_encoding(spec, part, error, row) from error
            ends |= _line_ends(chunk)
            row += chunk.count(b"\n")
    return ends


def _line_ends(chunk: bytes) -> set[bytes]:
    feeds, returns = chunk.count(b"\n"), chunk.count(b"\r")
    both = chunk.count(b"\r\n") if returns else 0
    return {end for end, count in ((b"\r\n", both), (b"\n", feeds - both), (b"\r", returns - both)) if count}


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
