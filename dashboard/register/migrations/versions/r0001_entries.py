"""Entries, their versions, owners and merges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "asset",
        sa.Column("asset_key", KEY, autoincrement=True, nullable=False),
        sa.Column("asset_id", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("waiting", sa.String(length=20), nullable=False),
        sa.Column("latest_version", sa.Integer(), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("merged_into_key", KEY, nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_ref", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("change_number", KEY, nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=False),
        sa.Column("next_check_due", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_key"], ["asset.asset_key"], name="fk_asset_merged_into_key"),
        sa.PrimaryKeyConstraint("asset_key", name="pk_asset"),
        sa.UniqueConstraint("asset_id", name="uq_asset_asset_id"),
    )
    op.create_index("ix_asset_change_number", "asset", ["change_number"], unique=False)
    op.create_index("ix_asset_merged_into_key", "asset", ["merged_into_key"], unique=False)
    op.create_index("ix_asset_state", "asset", ["state"], unique=False)
    op.create_index("ix_asset_waiting", "asset", ["waiting"], unique=False)
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("value", KEY, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "asset_version",
        sa.Column("asset_key", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_asset_version_asset_key"),
        sa.PrimaryKeyConstraint("asset_key", "version", name="pk_asset_version"),
    )
    op.create_table(
        "merge",
        sa.Column("merge_id", KEY, autoincrement=True, nullable=False),
        sa.Column("kept_key", KEY, nullable=False),
        sa.Column("other_key", KEY, nullable=False),
        sa.Column("before_version", sa.Integer(), nullable=False),
        sa.Column("after_version", sa.Integer(), nullable=False),
        sa.Column("other_state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["kept_key"], ["asset.asset_key"], name="fk_merge_kept_key"),
        sa.ForeignKeyConstraint(["other_key"], ["asset.asset_key"], name="fk_merge_other_key"),
        sa.PrimaryKeyConstraint("merge_id", name="pk_merge"),
    )
    op.create_index("ix_merge_kept_key", "merge", ["kept_key"], unique=False)
    op.create_index("ix_merge_other_key", "merge", ["other_key"], unique=False)
    op.create_table(
        "owner",
        sa.Column("asset_key", KEY, nullable=False),
        sa.Column("person_id", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_owner_asset_key"),
        sa.PrimaryKeyConstraint("asset_key", "person_id", name="pk_owner"),
    )
    op.create_index("ix_owner_person_id", "owner", ["person_id"], unique=False)

    op.execute("INSERT INTO counter (name, value) VALUES ('change', 0)")
