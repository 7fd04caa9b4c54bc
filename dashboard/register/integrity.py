"""Look a register over: is everything there that should be, and does it fit together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select, text

from dashboard.register.database import Database
from dashboard.register.entry import State
from dashboard.register.piece import Sharing, Sort
from dashboard.register.tables import asset, asset_version, event, kept, published

_VERSION = and_(asset_version.c.asset_key == asset.c.asset_key, asset_version.c.version == asset.c.latest_version)
_SHOWN_VERSION = and_(published.c.asset_key == asset.c.asset_key, published.c.version == asset.c.published_version)
_IS_PUBLISHED = asset.c.state == State.PUBLISHED

_COUNTS: dict[str, Select[Any]] = {
    "entries whose newest version is missing": select(func.count())
    .select_from(asset.outerjoin(asset_version, _VERSION))
    .where(asset_version.c.version.is_(None)),
    "published entries that nobody can find": select(func.count())
    .select_from(asset.outerjoin(published, _SHOWN_VERSION))
    .where(_IS_PUBLISHED, published.c.asset_key.is_(None)),
    "entries that can be found but are not published": select(func.count())
    .select_from(published.join(asset, published.c.asset_key == asset.c.asset_key))
    .where(~_IS_PUBLISHED),
    "entries without a record of who added them": select(func.count())
    .select_from(asset)
    .where(~select(event.c.event_id).where(event.c.asset_key == asset.c.asset_key).exists()),
    "pieces of work that nobody can open": select(func.count())
    .select_from(kept)
    .where(or_(kept.c.sort.not_in(list(Sort)), kept.c.audience.not_in(list(Sharing)), kept.c.version < 1)),
}


def find_faults(database: Database) -> tuple[str, ...]:
    """Return what is wrong with a register, one sentence each; nothing when it is whole."""
    with database.reading() as con:
        faults = [f"{count:,} {what}." for what, query in _COUNTS.items() if (count := con.scalar(query))]
        return (*faults, *(_sqlite_faults(con) if database.is_sqlite else ()))


def _sqlite_faults(con: Connection) -> list[str]:
    said = [str(one) for one in con.scalars(text("PRAGMA integrity_check")) if one != "ok"]
    loose = con.execute(text("PRAGMA foreign_key_check")).all()
    faults = [f"The file is damaged: {one}." for one in said]
    if loose:
        faults.append(f"{len(loose):,} rows refer to rows that are not there.")
    indexed = con.scalar(text("SELECT count(*) FROM published_words")) or 0
    if indexed != con.scalar(select(func.count()).select_from(published)):
        faults.append("The index of words does not fit what is published.")
    return faults
