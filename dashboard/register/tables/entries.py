"""Entries of the register: what they are now, every version they ever had, and everything done to them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, Text

from dashboard.register.tables.columns import METADATA, Key, Moment

# Grain: one row per entry, whatever its state.
asset = Table(
    "asset",
    METADATA,
    Column("asset_key", Key, primary_key=True, autoincrement=True),
    Column("asset_id", String(100), nullable=False, unique=True),
    Column("state", String(20), nullable=False, index=True),
    Column("waiting", String(20), nullable=False, index=True),
    Column("latest_version", Integer, nullable=False),
    Column("published_version", Integer),
    Column("note", Text, nullable=False),
    Column("merged_into_key", Key, ForeignKey("asset.asset_key"), index=True),
    Column("source", String(200), nullable=False),
    Column("source_ref", String(200), nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("change_number", Key, nullable=False, index=True),
    Column("confirmed_on", Date),
    Column("confirmed_by", String(200), nullable=False),
    Column("next_check_due", Date),
)

# Grain: one row per version of an entry; the body is the whole asset but for its trust.
asset_version = Table(
    "asset_version",
    METADATA,
    Column("asset_key", Key, ForeignKey("asset.asset_key"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", JSON, nullable=False),
)

# Grain: one row per thing done to an entry or a story; who is an id, so that a name can be erased.
event = Table(
    "event",
    METADATA,
    Column("event_id", Key, primary_key=True, autoincrement=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), index=True),
    Column("story_key", Key, ForeignKey("story.story_key"), index=True),
    Column("action", String(30), nullable=False),
    Column("version", Integer),
    Column("detail", JSON, nullable=False),
    Column("who", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
)

# Grain: one row per entry and person who looks after it.
owner = Table(
    "owner",
    METADATA,
    Column("asset_key", Key, ForeignKey("asset.asset_key"), primary_key=True),
    Column("person_id", String(200), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
)

# Grain: one row per merge of one entry into another.
merge = Table(
    "merge",
    METADATA,
    Column("merge_id", Key, primary_key=True, autoincrement=True),
    Column("kept_key", Key, ForeignKey("asset.asset_key"), nullable=False, index=True),
    Column("other_key", Key, ForeignKey("asset.asset_key"), nullable=False, index=True),
    Column("before_version", Integer, nullable=False),
    Column("after_version", Integer, nullable=False),
    Column("other_state", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
)

# Grain: one row per pair of entries that somebody has said are two things; the lower key comes first.
apart = Table(
    "apart",
    METADATA,
    Column("low_key", Key, ForeignKey("asset.asset_key"), primary_key=True, autoincrement=False),
    Column("high_key", Key, ForeignKey("asset.asset_key"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)

# Grain: one row per thing that is numbered; its lock puts publications in one order.
counter = Table("counter", METADATA, Column("name", String(50), primary_key=True), Column("value", Key, nullable=False))
