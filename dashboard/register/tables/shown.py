"""What is published, laid out for finding it fast; everything here can be made anew from the versions."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from dashboard.register.tables.columns import METADATA, Key

# Grain: one row per text of opening hours, never changed.
hours = Table(
    "hours",
    METADATA,
    Column("hours_id", Key, primary_key=True, autoincrement=True),
    Column("osm", String(255), nullable=False, unique=True),
)

# PostgreSQL would sort by its own language; SQLite sorts by code point, and names are folded for that.
_BY_CODE_POINT = String(400).with_variant(String(400, collation="C"), "postgresql")

# Grain: one row per published entry; its point as the public sees it, its words from public fields only.
published = Table(
    "published",
    METADATA,
    Column("asset_key", Key, ForeignKey("asset.asset_key"), primary_key=True, autoincrement=False),
    Column("asset_id", String(100), nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("sort_name", _BY_CODE_POINT, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("offers", Text, nullable=False),
    Column("availability", String(20), nullable=False),
    Column("lon", Float(53)),
    Column("lat", Float(53)),
    Column("lsoa21_code", String(9), nullable=False),
    Column("hours_id", Key, ForeignKey("hours.hours_id"), index=True),
    Column("confirmed_on", Date),
    Column("next_check_due", Date),
    Column("words", Text, nullable=False),
    Column("min_age", Integer),
    Column("max_age", Integer),
)
Index("ix_published_sort_name_asset_key", published.c.sort_name, published.c.asset_key)
Index("ix_published_kind_sort_name", published.c.kind, published.c.sort_name, published.c.asset_key)
Index("ix_published_availability_sort_name", published.c.availability, published.c.sort_name, published.c.asset_key)
Index("ix_published_next_check_due", published.c.next_check_due)
# Whatever is asked of these columns at once is told by this index alone, without a look at the row with all its words.
NARROWED_BY = (
    "lat", "lon", "min_age", "max_age", "hours_id", "confirmed_on", "next_check_due", "kind", "availability",
    "asset_key",
)  # fmt: skip
Index("ix_published_narrowed", *(published.c[name] for name in NARROWED_BY))

# Grain: one row per published entry, facet and id (an offer, an area, a way of referral …).
asset_tag = Table(
    "asset_tag",
    METADATA,
    Column("facet", String(30), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("asset_key", Key, ForeignKey("published.asset_key", ondelete="CASCADE"), primary_key=True, index=True),
)
