"""Pairs of entries that somebody has said are two things."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "apart",
        sa.Column("low_key", KEY, autoincrement=False, nullable=False),
        sa.Column("high_key", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["low_key"], ["asset.asset_key"], name="fk_apart_low_key"),
        sa.ForeignKeyConstraint(["high_key"], ["asset.asset_key"], name="fk_apart_high_key"),
        sa.PrimaryKeyConstraint("low_key", "high_key", name="pk_apart"),
    )
