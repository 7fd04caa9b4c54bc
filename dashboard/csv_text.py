"""Tables as CSV text that no spreadsheet takes for a program."""

from __future__ import annotations

import re

import pandas as pd

# A cell that begins with one of these runs as a formula in a spreadsheet (OWASP, CSV injection).
FORMULA_START = r"[=+\-@\t\r]"
BYTE_ORDER_MARK = "\ufeff"

_FORMULA = re.compile(FORMULA_START)


def safe_cell(cell: object) -> object:
    """Return a cell, with an apostrophe before text that a spreadsheet would run; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def write_csv(frame: pd.DataFrame) -> bytes:
    """Return a data frame as CSV with a byte-order mark, so that Excel reads its accents."""
    safe = frame.rename(columns=safe_cell).map(safe_cell)
    return (BYTE_ORDER_MARK + safe.to_csv(index=False, lineterminator="\r\n")).encode("utf-8")
