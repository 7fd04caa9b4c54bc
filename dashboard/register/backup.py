"""Back a register up to one file while it goes on serving."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from dashboard.register.database import Database
from dashboard.register.tables import METADATA

FORMAT = "commonground register 1"
_ROWS_AT_ONCE = 2_000


def back_up(database: Database, *, file: Path) -> Path:
    """Write everything in a register to one file, all of it as at one moment, while others go on reading and writing.

    The file is compressed lines of JSON, the same for SQLite and PostgreSQL, so that a register can move between them.

    Returns
    -------
    file
        Complete: it has its name only once all of it is on the disk.
    """
    part = file.with_name(f"{file.name}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(part, "wt", encoding="utf-8") as lines:
        for line in _lines(database):
            lines.write(json.dumps(line, ensure_ascii=False, default=_iso) + "\n")
    part.replace(file)
    return file


def _lines(database: Database) -> Iterator[dict[str, Any]]:
    with database.reading() as con:
        yield {"format": FORMAT, "revision": database.revision()}
        rows = 0
        for table in METADATA.sorted_tables:
            ordered = select(table).order_by(*table.primary_key)
            for row in con.execution_options(yield_per=_ROWS_AT_ONCE).execute(ordered):
                rows += 1
                yield {"table": table.name, "row": dict(row._mapping)}  # noqa: SLF001
        yield {"end": rows}


def _iso(value: date) -> str:
    return value.isoformat()
