"""What is published, laid out for finding it fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_CODE_POINT = sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hours",
        sa.Column("hours_id", KEY, autoincrement=True, nullable=False),
        sa.Column("osm", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("hours_id", name="pk_hours"),
        sa.UniqueConstraint("osm", name="uq_hours_osm"),
    )
    op.create_table(
        "published",
        sa.Column("asset_key", KEY, autoincrement=False, nullable=False),
        sa.Column("asset_id", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_name", BY_CODE_POINT, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("availability", sa.String(length=20), nullable=False),
        sa.Column("lon", sa.Float(precision=53), nullable=True),
        sa.Column("lat", sa.Float(precision=53), nullable=True),
        sa.Column("lsoa21_code", sa.String(length=9), nullable=False),
        sa.Column("hours_id", KEY, nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("next_check_due", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asset_key"], ["asset.asset_key"], name="fk_published_asset_key"),
        sa.ForeignKeyConstraint(["hours_id"], ["hours.hours_id"], name="fk_published_hours_id"),
        sa.PrimaryKeyConstraint("asset_key", name="pk_published"),
    )
    op.create_index(
        "ix_published_availability_sort_name", "published", ["availability", "sort_name", "asset_key"], unique=False
    )
    op.create_index("ix_published_hours_id", "published", ["hours_id"], unique=False)
    op.create_index("ix_published_kind_sort_name", "published", ["kind", "sort_name", "asset_key"], unique=False)
    op.create_index("ix_published_lat_lon", "published", ["lat", "lon"], unique=False)
    op.create_index("ix_published_next_check_due", "published", ["next_check_due"], unique=False)
    op.create_index("ix_published_sort_name_asset_key", "published", ["sort_name", "asset_key"], unique=False)
    op.create_table(
        "asset_tag",
        sa.Column("facet", sa.String(length=30), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("asset_key", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_key"], ["published.asset_key"], name="fk_asset_tag_asset_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("facet", "value", "asset_key", name="pk_asset_tag"),
    )
    op.create_index("ix_asset_tag_asset_key", "asset_tag", ["asset_key"], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE published_words USING fts5(words, tokenize = 'unicode61', prefix = '2 3 4')")
    else:
        # A column of its own: an index on the expression alone would work it out anew for every row it looks at.
        op.execute(
            "ALTER TABLE published ADD COLUMN word_vector tsvector"
            " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(words, ' '))) STORED"
        )
        op.execute("CREATE INDEX ix_published_words ON published USING gin (word_vector) WITH (fastupdate = off)")
