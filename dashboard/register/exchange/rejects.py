"""The rows that could not be brought in, as a file with a column that says why, to put right and send again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.csv_text import write_csv
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.tables_out import COLUMNS, public_row

REASON = "Reason it was not brought in"


def write_rejects(sheet: Sheet, *, plan: ImportPlan) -> bytes:
    """Return the rows that stay out as they came, with their reasons, as CSV that is safe in a spreadsheet.

    They are the refused rows, and the likely duplicates that nobody has decided on.
    """
    reasons = reasons_by_row(plan)
    refused = [
        (*row, " ".join(reasons[number]))
        for number, row in zip(sheet.numbers, sheet.rows, strict=True)
        if number in reasons
    ]
    return write_csv(pd.DataFrame(refused, columns=[*sheet.columns, REASON], dtype=object))


def write_rejected_drafts(drafts: Sequence[Draft], *, plan: ImportPlan) -> bytes:
    """Return the same for what came without columns (services, a map), under the names of our own columns."""
    waiting = {duplicate.draft.row for duplicate in plan.duplicates}
    out = [draft for draft in drafts if draft.problems or draft.row in waiting]
    rows = tuple(tuple(_text(value) for value in public_row(draft.asset).values()) for draft in out)
    numbers = tuple(draft.row for draft in out)
    return write_rejects(Sheet(title="", columns=COLUMNS, rows=rows, numbers=numbers), plan=plan)


def reasons_by_row(plan: ImportPlan) -> dict[int, list[str]]:
    """Return why each row stays out."""
    reasons: dict[int, list[str]] = {}
    for problem in plan.errors:
        where = f"{problem.column}: " if problem.column else ""
        reasons.setdefault(problem.row, []).append(f"{where}{problem.reason}")
    for duplicate in plan.duplicates:
        known = duplicate.likely[0].known.asset
        said = f"It may be “{known.name}” (id {known.asset_id}), and nobody has said whether it is."
        reasons.setdefault(duplicate.draft.row, []).append(said)
    return reasons


def _text(value: object) -> str:
    return "" if value is None else str(value)
