"""The rows that could not be brought in, as a file with a column that says why, to put right and send again."""

from __future__ import annotations

import pandas as pd

from dashboard.csv_text import write_csv
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.sheet import Sheet

REASON = "Reason it was not brought in"


def write_rejects(sheet: Sheet, *, plan: ImportPlan) -> bytes:
    """Return the refused rows as they came, with their reasons, as CSV that is safe in a spreadsheet."""
    reasons: dict[int, list[str]] = {}
    for problem in plan.errors:
        where = f"{problem.column}: " if problem.column else ""
        reasons.setdefault(problem.row, []).append(f"{where}{problem.reason}")
    refused = [
        (*row, " ".join(reasons[number]))
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if number in reasons
    ]
    return write_csv(pd.DataFrame(refused, columns=[*sheet.columns, REASON], dtype=object))
