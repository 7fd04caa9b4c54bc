"""By what entries are narrowed: ages as columns, one index of all columns asked, and how often tags go together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0008"
down_revision = "r0007"
branch_labels = None
depends_on = None

_AGES = ("min_age", "max_age")
_OTHERS = ("hours_id", "confirmed_on", "next_check_due", "kind", "availability", "asset_key")
_NARROWED = ["lat", "lon", *_AGES, *_OTHERS]
_PUBLISHED = sa.table("published", sa.column("asset_key"), *(sa.column(name) for name in _AGES))
_TAG = sa.table("asset_tag", sa.column("facet"), sa.column("value"), sa.column("asset_key"))


def upgrade() -> None:
    """Make the columns, fill them, and make the index in the place of that of the points."""
    for name in _AGES:
        op.add_column("published", sa.Column(name, sa.Integer(), nullable=True))
    move_ages(op.get_bind())
    op.drop_index("ix_published_lat_lon", table_name="published")
    op.create_index("ix_published_narrowed", "published", _NARROWED, unique=False)
    if op.get_bind().dialect.name == "postgresql":
        # It would take facet and value for independent, and expect a fiftieth of the entries that are free.
        op.execute("CREATE STATISTICS asset_tag_facet_value (mcv) ON facet, value FROM asset_tag")
        op.execute("ANALYZE asset_tag")


def downgrade() -> None:
    """Make tags of the ages, and take away what was made."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP STATISTICS asset_tag_facet_value")
    for name in _AGES:
        age = _PUBLISHED.c[name]
        aged = sa.select(sa.literal(name), sa.cast(age, sa.String), _PUBLISHED.c.asset_key).where(age.is_not(None))
        op.execute(_TAG.insert().from_select(["facet", "value", "asset_key"], aged))
    op.drop_index("ix_published_narrowed", table_name="published")
    op.create_index("ix_published_lat_lon", "published", ["lat", "lon"], unique=False)
    for name in _AGES:
        op.drop_column("published", name)


def move_ages(con: sa.Connection) -> None:
    """Make numbers of the ages that are tags yet; a backup from before this step brings such tags too."""
    tagged = sa.select(_TAG.c.asset_key).where(_TAG.c.facet.in_(_AGES))
    ages = {name: _age_of_tag(name) for name in _AGES}
    con.execute(_PUBLISHED.update().where(_PUBLISHED.c.asset_key.in_(tagged)).values(ages))
    con.execute(_TAG.delete().where(_TAG.c.facet.in_(_AGES)))


def _age_of_tag(name: str) -> sa.ScalarSelect[int]:
    age = sa.select(sa.cast(_TAG.c.value, sa.Integer))
    own = age.where(_TAG.c.asset_key == _PUBLISHED.c.asset_key, _TAG.c.facet == name)
    return own.correlate(_PUBLISHED).scalar_subquery()
