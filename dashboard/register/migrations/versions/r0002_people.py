"""People, what they say, what an admin sets, and everything that was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "person",
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("is_trusted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_person"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "term",
        sa.Column("facet", sa.String(length=30), nullable=False),
        sa.Column("term_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("within", sa.String(length=64), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("facet", "term_id", name="pk_term"),
    )
    op.create_table(
        "claim",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("asset_key", KEY, nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_claim_asset_key"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_claim"),
    )
    op.create_table(
        "report",
        sa.Column("report_id", KEY, autoincrement=True, nullable=False),
        sa.Column("asset_key", KEY, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sender_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_report_asset_key"),
        sa.PrimaryKeyConstraint("report_id", name="pk_report"),
    )
    op.create_index("ix_report_asset_key", "report", ["asset_key"], unique=False)
    op.create_index("ix_report_sender_hash", "report", ["sender_hash"], unique=False)
    op.create_table(
        "story",
        sa.Column("story_key", KEY, autoincrement=True, nullable=False),
        sa.Column("story_id", sa.String(length=100), nullable=False),
        sa.Column("asset_key", KEY, nullable=True),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_story_asset_key"),
        sa.PrimaryKeyConstraint("story_key", name="pk_story"),
        sa.UniqueConstraint("story_id", name="uq_story_story_id"),
    )
    op.create_index("ix_story_area_code", "story", ["area_code"], unique=False)
    op.create_index("ix_story_asset_key", "story", ["asset_key"], unique=False)
    op.create_index("ix_story_state", "story", ["state"], unique=False)
    op.create_table(
        "event",
        sa.Column("event_id", KEY, autoincrement=True, nullable=False),
        sa.Column("asset_key", KEY, nullable=True),
        sa.Column("story_key", KEY, nullable=True),
        sa.Column("action", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_event_asset_key"),
        sa.ForeignKeyConstraint(["story_key"], ["story.story_key"], name="fk_event_story_key"),
        sa.PrimaryKeyConstraint("event_id", name="pk_event"),
    )
    op.create_index("ix_event_asset_key", "event", ["asset_key"], unique=False)
    op.create_index("ix_event_story_key", "event", ["story_key"], unique=False)
