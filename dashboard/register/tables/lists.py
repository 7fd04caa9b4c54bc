"""Lists that were brought in: what each did, and by which reference in which list an entry is known again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from dashboard.register.tables.columns import METADATA, Key, Moment

# Grain: one row per list that was brought in.
list_import = Table(
    "list_import",
    METADATA,
    Column("import_id", Key, primary_key=True, autoincrement=True),
    Column("source", String(200), nullable=False),
    Column("who", String(200), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

# Grain: one row per import and entry that it wrote; from_version is what it found there, nothing when it added it.
list_import_entry = Table(
    "list_import_entry",
    METADATA,
    Column("import_id", Key, ForeignKey("list_import.import_id"), primary_key=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), primary_key=True, index=True),
    Column("from_version", Integer),
)

# Grain: one row per row of a list that speaks of an entry, whether the entry came from that list or from another.
# The first import brought the reference; said is a digest of what the row said in the last, empty when that is undone.
list_reference = Table(
    "list_reference",
    METADATA,
    Column("source", String(200), primary_key=True),
    Column("source_ref", String(200), primary_key=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), nullable=False, index=True),
    Column("said", String(64), nullable=False),
    Column("first_import_id", Key, ForeignKey("list_import.import_id"), index=True),
    Column("last_import_id", Key, ForeignKey("list_import.import_id"), index=True),
)
