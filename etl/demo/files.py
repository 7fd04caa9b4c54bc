"""Writing files so that the same seed gives the same bytes."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pandas as pd

MADE_IN = (2025, 5, 2, 12, 0, 0)
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def write_csv(*, frame: pd.DataFrame, path: Path, line_end: str = "\n", has_header: bool = True) -> None:
    """Write a table as CSV, empty cells for what is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_csv(frame=frame, line_end=line_end, has_header=has_header).encode())


def as_csv(*, frame: pd.DataFrame, line_end: str = "\n", has_header: bool = True) -> str:
    """Return a table as CSV text."""
    return frame.to_csv(index=False, header=has_header, lineterminator=line_end)


def write_gzip(*, text: str, path: Path) -> None:
    """Write text as gzip, without the time of day that gzip would note."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=6, mtime=0))


def write_zip(*, members: dict[str, str], path: Path) -> None:
    """Write texts as the members of a zip file, all of one fixed date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, MADE_IN), text.encode(), zipfile.ZIP_DEFLATED)
