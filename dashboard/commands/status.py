"""What is loaded, in words and as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from dashboard.warehouse import Row, open_warehouse


def describe_status(path: Path) -> str:
    """Return a few lines that say what a snapshot holds."""
    found = read_status(path)
    build = found["build"]
    lines = [
        f"{build['area_name']}{' (made-up places)' if build['is_demo'] else ''}, built {build['built_at']} UTC",
        f"Snapshot {found['snapshot_path']}",
        _count_tables(found["rows"]),
        "Sources:",
    ]
    return "\n".join(lines + [_describe_source(source) for source in found["sources"]])


def _count_tables(tables: Row) -> str:
    counted = ("neighbourhood", "area", "indicator", "indicator_value", "tile")
    return ", ".join(f"{tables[name]:,} {name.replace('_', ' ')} rows" for name in counted)


def _describe_source(source: Row) -> str:
    if source["status"] == "left_out":
        return f"  - {source['title']}: {source['note']}"
    rows = f", {source['rows']:,} rows" if source["rows"] is not None else ""
    age = f", {source['age_days']} days old" if source["age_days"] is not None else ""
    return f"  - {source['title']} ({source['edition']}{rows}{age})"


def status_as_json(path: Path) -> str:
    """Return the same as JSON: snapshot_path, build_id, rows per table, sources with their age in days."""
    return json.dumps(read_status(path), indent=2, default=str)


def read_status(path: Path) -> Row:
    """Return what a snapshot holds, as plain values."""
    warehouse = open_warehouse(path)
    build = warehouse.row("status_build") or {}
    sources = warehouse.rows("status_sources")
    for source in sources:
        source["age_days"] = _age_days(source["retrieved_at"])
    return {
        "snapshot_path": str(path),
        "build_id": build["build_id"],
        "build": build,
        "rows": {row["table_name"]: row["row_count"] for row in warehouse.rows("status_tables")},
        "sources": sources,
    }


def _age_days(retrieved_at: datetime | None) -> int | None:
    return None if retrieved_at is None else (datetime.now(UTC) - retrieved_at.replace(tzinfo=UTC)).days
