"""Put a backup into a new register."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Date, Table, bindparam, func, insert, select, text, update

from dashboard.register.backup import FORMAT
from dashboard.register.database import Database
from dashboard.register.errors import RegisterError
from dashboard.register.migrations.versions.r0008_narrowed import move_ages
from dashboard.register.tables import METADATA, asset, counter, event
from dashboard.register.tables.columns import Moment

_ROWS_AT_ONCE = 2_000
# Earlier versions whose backups are understood: since then tables were added, and ages became columns.
UNDERSTOOD = frozenset({"r0006", "r0007"})


def restore(database: Database, *, file: Path) -> int:
    """Put a backup into a register that holds nothing yet, in one transaction.

    Returns
    -------
    rows
        How many were put back.

    Raises
    ------
    RegisterError
        If the register is not empty, or the file is not a whole backup of this version.
    """
    count = 0
    with database.writing() as con:
        if con.scalar(select(func.count()).select_from(event)):
            todo = "Restore into a new one: name a file or a database that is not there yet."
            raise RegisterError("This register holds entries already.", todo=todo)
        con.execute(counter.delete())
        merged: list[dict[str, Any]] = []
        for table, rows in _batches(file, revision=database.revision()):
            if table is asset:
                merged += _part_from_merged(rows)
            con.execute(insert(table), rows)
            count += len(rows)
        _finish(con, merged, is_sqlite=database.is_sqlite)
    return count


def _part_from_merged(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take out of the rows which entry each was merged into: that entry may come later in the file."""
    merged = [{"key": row["asset_key"], "into": row["merged_into_key"]} for row in rows if row["merged_into_key"]]
    for row in rows:
        row["merged_into_key"] = None
    return merged


def _finish(con: Connection, merged: list[dict[str, Any]], *, is_sqlite: bool) -> None:
    """Say what was merged into what, and make anew what the database keeps for itself."""
    if merged:
        into = update(asset).where(asset.c.asset_key == bindparam("key")).values(merged_into_key=bindparam("into"))
        con.execute(into, merged)
    move_ages(con)
    if is_sqlite:
        con.execute(text("INSERT INTO published_words (rowid, words) SELECT asset_key, words FROM published"))
        return
    for column in (table.autoincrement_column for table in METADATA.sorted_tables):
        if column is None:
            continue
        next_number = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence(column.table.name, column.name)
        con.execute(select(func.setval(sequence, next_number, False)))  # noqa: FBT003


def _batches(file: Path, *, revision: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    rows: list[dict[str, Any]] = []
    current: Table | None = None
    seen, ended = 0, None
    for line in _read(file, revision=revision):
        if "end" in line:
            ended = line["end"]
            continue
        table = METADATA.tables[line["table"]]
        if current is not None and (table is not current or len(rows) >= _ROWS_AT_ONCE):
            yield current, rows
            rows = []
        current, seen = table, seen + 1
        rows.append({name: _from_json(table, name, value) for name, value in line["row"].items()})
    if ended != seen:
        raise _broken(file)
    if current is not None:
        yield current, rows


def _read(file: Path, *, revision: str) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines, "null"))
            _check_head(file, head, revision=revision)
            yield from map(json.loads, lines)
    except (OSError, EOFError, ValueError) as error:
        raise _broken(file) from error


def _check_head(file: Path, head: object, *, revision: str) -> None:
    """Refuse what is no backup, or one whose rows this version does not understand."""
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise _broken(file)
    made_by = str(head.get("revision"))
    if made_by == revision or made_by in UNDERSTOOD:
        return
    if made_by > revision:
        what = f"“{file.name}” was made by a newer version of Common Ground."
        raise RegisterError(what, todo="Install that version, or choose another backup.")
    raise _broken(file)


def _broken(file: Path) -> RegisterError:
    what = f"“{file.name}” is not a whole backup made by this version of Common Ground."
    return RegisterError(what, todo="Choose another backup, or the version that made it.")


def _from_json(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401
    kind = table.c[name].type
    if value is not None and isinstance(kind, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value is not None and isinstance(kind, Date) else value
