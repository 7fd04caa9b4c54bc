"""Whether the snapshot that is served keeps the rules that its tables declare."""

from __future__ import annotations

from dashboard.warehouse import open_warehouse
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings
from etl.tables import TABLES


def snapshot_faults(settings: Settings) -> tuple[str, ...]:
    """Return what is wrong with what is loaded, one sentence each; nothing when it is whole, or nothing is loaded."""
    try:
        warehouse = open_warehouse(current_snapshot(settings))
    except NothingLoadedError:
        return ()
    rules = (check for table in TABLES for check in table.checks())
    counted = ((check.rule, warehouse.count(check)) for check in rules)
    return tuple(f"What is loaded: {rule}: {broken:,} rows break it." for rule, broken in counted if broken)
