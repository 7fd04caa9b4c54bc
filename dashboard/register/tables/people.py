"""People and what they say: their rights, claims, reports and stories, and what an admin has set."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Integer, String, Table, Text

from dashboard.register.tables.columns import METADATA, Key, Moment

# Grain: one row per person who has done anything or has been given rights.
person = Table(
    "person",
    METADATA,
    Column("person_id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("organisation", String(200), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("areas", JSON, nullable=False),
    Column("is_trusted", Boolean, nullable=False),
)

# Grain: one row per person who has signed in and asks to be given rights, until an admin has answered.
asking = Table(
    "asking",
    METADATA,
    Column("person_id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False),
    Column("organisation", String(200), nullable=False),
    Column("asked_at", Moment, nullable=False),
)

# Grain: one row per link by which a group may claim its entry; only a hash of the link's token is kept.
claim = Table(
    "claim",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# Grain: one row per time that somebody said something is wrong.
report = Table(
    "report",
    METADATA,
    Column("report_id", Key, primary_key=True, autoincrement=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("sender_hash", String(64), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("outcome", Text, nullable=False),
)

# Grain: one row per story; the body is gone when consent is withdrawn.
story = Table(
    "story",
    METADATA,
    Column("story_key", Key, primary_key=True, autoincrement=True),
    Column("story_id", String(100), nullable=False, unique=True),
    Column("asset_key", Key, ForeignKey("asset.asset_key"), index=True),
    Column("area_code", String(9), nullable=False, index=True),
    Column("state", String(20), nullable=False, index=True),
    Column("audience", String(20), nullable=False),
    Column("until", Date),
    Column("version", Integer, nullable=False),
    Column("body", JSON),
    Column("note", Text, nullable=False),
    Column("author", String(200), nullable=False),
)

# Grain: one row per setting that an admin has changed.
setting = Table(
    "setting", METADATA, Column("name", String(50), primary_key=True), Column("value", JSON, nullable=False)
)

# Grain: one row per term that an admin has added to the taxonomy or changed.
term = Table(
    "term",
    METADATA,
    Column("facet", String(30), primary_key=True),
    Column("term_id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("note", Text, nullable=False),
    Column("within", String(64), nullable=False),
    Column("is_retired", Boolean, nullable=False),
)
