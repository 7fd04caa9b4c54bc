"""The tables of the register, the same in SQLite and PostgreSQL."""

from __future__ import annotations

from dashboard.register.tables.columns import METADATA
from dashboard.register.tables.entries import apart, asset, asset_version, counter, event, merge, owner
from dashboard.register.tables.kept import kept
from dashboard.register.tables.lists import list_import, list_import_entry, list_reference
from dashboard.register.tables.people import asking, claim, person, report, setting, story, term
from dashboard.register.tables.shown import asset_tag, hours, published

__all__ = [
    "METADATA",
    "apart",
    "asking",
    "asset",
    "asset_tag",
    "asset_version",
    "claim",
    "counter",
    "event",
    "hours",
    "kept",
    "list_import",
    "list_import_entry",
    "list_reference",
    "merge",
    "owner",
    "person",
    "published",
    "report",
    "setting",
    "story",
    "term",
]
