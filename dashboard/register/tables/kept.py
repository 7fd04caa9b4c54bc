"""Pieces of work that people keep in the register beside the entries."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from dashboard.register.tables.columns import METADATA, Moment

# Grain: one row per piece of work (an own area, a plan, own figures, a note, the look of briefs).
kept = Table(
    "kept",
    METADATA,
    Column("piece_id", String(100), primary_key=True),
    Column("sort", String(30), nullable=False),
    Column("title", String(200), nullable=False),
    Column("body", JSON, nullable=False),
    Column("owner", String(200), nullable=False, index=True),
    Column("organisation", String(200), nullable=False),
    Column("audience", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
Index("ix_kept_sort_changed_at", kept.c.sort, kept.c.changed_at)
