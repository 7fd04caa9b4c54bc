"""Lists that were brought in, and the references by which their rows are known again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0007"
down_revision = "r0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "list_import",
        sa.Column("import_id", KEY, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("import_id", name="pk_list_import"),
    )
    op.create_index("ix_list_import_who", "list_import", ["who"], unique=False)
    op.create_table(
        "list_import_entry",
        sa.Column("import_id", KEY, autoincrement=False, nullable=False),
        sa.Column("asset_key", KEY, autoincrement=False, nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["list_import.import_id"], name="fk_list_import_entry_import_id"),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_list_import_entry_asset_key"),
        sa.PrimaryKeyConstraint("import_id", "asset_key", name="pk_list_import_entry"),
    )
    op.create_index("ix_list_import_entry_asset_key", "list_import_entry", ["asset_key"], unique=False)
    op.create_table(
        "list_reference",
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("source_ref", sa.String(length=200), nullable=False),
        sa.Column("asset_key", KEY, nullable=False),
        sa.Column("said", sa.String(length=64), nullable=False),
        sa.Column("first_import_id", KEY, nullable=True),
        sa.Column("last_import_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_list_reference_asset_key"),
        sa.ForeignKeyConstraint(
            ["first_import_id"], ["list_import.import_id"], name="fk_list_reference_first_import_id"
        ),
        sa.ForeignKeyConstraint(["last_import_id"], ["list_import.import_id"], name="fk_list_reference_last_import_id"),
        sa.PrimaryKeyConstraint("source", "source_ref", name="pk_list_reference"),
    )
    op.create_index("ix_list_reference_asset_key", "list_reference", ["asset_key"], unique=False)
    op.create_index("ix_list_reference_first_import_id", "list_reference", ["first_import_id"], unique=False)
    op.create_index("ix_list_reference_last_import_id", "list_reference", ["last_import_id"], unique=False)
