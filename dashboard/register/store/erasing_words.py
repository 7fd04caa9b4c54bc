"""Take words out of everything that the register keeps of one entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from dashboard.register.rules.erasing import ERASED, without, without_text
from dashboard.register.store.desk import AnyRow
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import (
    asset_version,
    event,
    hours,
    list_import,
    list_import_entry,
    list_reference,
    published,
    report,
    story,
)

Words = re.Pattern[str]


def erase_from_entry(con: Connection, row: AnyRow, words: Words) -> None:
    """Take words out of every version of an entry, and of everything that was done to it, said of it or brought it."""
    key = row.asset_key
    versions = con.execute(select(asset_version).where(asset_version.c.asset_key == key)).all()
    changed = update(asset_version).where(
        asset_version.c.asset_key == key, asset_version.c.version == bindparam("number")
    )
    con.execute(changed, [{"number": one.version, "body": without(one.body, words)} for one in versions])
    for one in con.execute(select(event).where(event.c.asset_key == key)).all():
        values: dict[str, Any] = {"why": words.sub(ERASED, one.why), "detail": without(one.detail, words)}
        con.execute(update(event).where(event.c.event_id == one.event_id).values(**values))
    for one in con.execute(select(report).where(report.c.asset_key == key)).all():
        values = {"words": words.sub(ERASED, one.words), "outcome": words.sub(ERASED, one.outcome)}
        con.execute(update(report).where(report.c.report_id == one.report_id).values(**values))
    values = {name: words.sub(ERASED, getattr(row, name)) for name in ("note", "confirmed_by", "source")}
    values["source_ref"] = without_text("source_ref", row.source_ref, words)
    con.execute(update(asset_table).where(asset_table.c.asset_key == key).values(**values))
    _erase_from_lists(con, key, words)


def erase_from_stories(con: Connection, keys: Sequence[int], words: Words) -> None:
    """Take words out of the stories about entries, and out of what reviewers have asked of them."""
    for one in con.execute(select(story).where(story.c.asset_key.in_(keys), story.c.body.is_not(None))).all():
        values = {"body": without(one.body, words), "note": words.sub(ERASED, one.note)}
        con.execute(update(story).where(story.c.story_key == one.story_key).values(**values))
        for done in con.execute(select(event).where(event.c.story_key == one.story_key)).all():
            why = words.sub(ERASED, done.why)
            con.execute(update(event).where(event.c.event_id == done.event_id).values(why=why))


def erase_from_hours(con: Connection, words: Words) -> None:
    """Take words out of the texts of opening hours that no published entry has any more.

    Their rows stay, because whoever has read them knows them by their number.
    """
    in_use = select(published.c.hours_id).where(published.c.hours_id.is_not(None))
    for one in con.execute(select(hours).where(hours.c.hours_id.not_in(in_use))).all():
        if words.search(one.osm):
            left = f'off "{ERASED} {one.hours_id}"'
            con.execute(update(hours).where(hours.c.hours_id == one.hours_id).values(osm=left))


def _erase_from_lists(con: Connection, key: int, words: Words) -> None:
    """Take words out of the names of the lists that brought an entry, and forget what names it by them."""
    for one in con.execute(select(list_reference).where(list_reference.c.asset_key == key)).all():
        if words.search(one.source) or words.search(one.source_ref):
            named = (list_reference.c.source == one.source) & (list_reference.c.source_ref == one.source_ref)
            con.execute(delete(list_reference).where(named))
    wrote = select(list_import_entry.c.import_id).where(list_import_entry.c.asset_key == key)
    for one in con.execute(select(list_import).where(list_import.c.import_id.in_(wrote))).all():
        source = words.sub(ERASED, one.source)
        con.execute(update(list_import).where(list_import.c.import_id == one.import_id).values(source=source))
