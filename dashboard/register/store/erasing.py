"""Erase personal data, from history too: the words go, the record of the change stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, select, text, update

from dashboard.register.actor import Actor
from dashboard.register.database import Database
from dashboard.register.entry import Entry, State
from dashboard.register.piece import Sharing
from dashboard.register.rules.erasing import ERASED, erasing_pattern, without, without_text
from dashboard.register.rules.permissions import Action
from dashboard.register.store.desk import RIGHTS_SET, AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.rows import read_row, read_version, shown_entry
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import show
from dashboard.register.tables import (
    asking,
    asset_version,
    event,
    kept,
    list_import,
    list_reference,
    owner,
    person,
    report,
    story,
)
from dashboard.register.tables import asset as asset_table

_VACUUM_TABLES = (
    "asset",
    "asset_version",
    "event",
    "report",
    "published",
    "person",
    "asking",
    "owner",
    "story",
    "kept",
    "list_import",
    "list_reference",
)


class Erasing:
    """Erasing what somebody has a right to have erased."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def erase(self, asset_id: str, *, words: Sequence[str], actor: Actor, why: str = "") -> Entry:
        """Remove words (a name, a number, an address) from every version of an entry and from what was said of it.

        So they go from entries that were merged into it. A contact that holds any of them goes whole.

        Raises
        ------
        InvalidEntryError
            If a word is shorter than three characters: far too much would go.
        """
        pattern = erasing_pattern(words)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, pattern.sub(ERASED, why))
            row = read_row(con, asset_id, to_change=True)
            subject = subject_of(work, row, asset=read_version(con, row, row.latest_version))
            require(actor, Action.ERASE, subject=subject)
            for one in (row, *_merged_into(con, row)):
                self._erase_rows(work, one, pattern)
            record(work, "erased", asset_key=row.asset_key)
            if row.state == State.PUBLISHED:
                shown = read_version(con, read_row(con, asset_id), row.published_version)
                taxonomy = read_terms(con, self._desk.shipped_taxonomy)
                show(work, [(row.asset_key, row.published_version, shown)], taxonomy=taxonomy)
            erased = shown_entry(work, asset_id)
        sweep(self._desk.database)
        return erased

    def forget_person(self, person_id: str, *, actor: Actor) -> None:
        """Erase a person: history says “somebody” where it said their name, and their rights and claims are gone.

        Work they kept for themselves goes with them; what they shared stays, without an owner.
        """
        require(actor, Action.SET_RIGHTS)
        with self._desk.database.writing() as con:
            con.execute(delete(person).where(person.c.person_id == person_id))
            con.execute(delete(asking).where(asking.c.person_id == person_id))
            con.execute(delete(owner).where(owner.c.person_id == person_id))
            con.execute(delete(kept).where(kept.c.owner == person_id, kept.c.audience == Sharing.PRIVATE))
            con.execute(update(kept).where(kept.c.owner == person_id).values(owner=""))
            con.execute(update(event).where(event.c.who == person_id).values(who=""))
            con.execute(update(asset_table).where(asset_table.c.created_by == person_id).values(created_by=""))
            con.execute(update(story).where(story.c.author == person_id).values(author=""))
            con.execute(update(list_import).where(list_import.c.who == person_id).values(who=""))
            for one in con.execute(select(event).where(event.c.action == RIGHTS_SET)).all():
                if one.detail.get("person_id") == person_id:
                    con.execute(update(event).where(event.c.event_id == one.event_id).values(detail={}))
            record(Work(con, self._desk, actor), "person forgotten")
        sweep(self._desk.database)

    @staticmethod
    def _erase_rows(work: Work, row: AnyRow, pattern: re.Pattern[str]) -> None:
        con, key = work.con, row.asset_key
        versions = con.execute(select(asset_version).where(asset_version.c.asset_key == key)).all()
        changed = update(asset_version).where(
            asset_version.c.asset_key == key, asset_version.c.version == bindparam("number")
        )
        con.execute(changed, [{"number": one.version, "body": without(one.body, pattern)} for one in versions])
        for one in con.execute(select(event).where(event.c.asset_key == key)).all():
            values = {"why": pattern.sub(ERASED, one.why), "detail": without(one.detail, pattern)}
            con.execute(update(event).where(event.c.event_id == one.event_id).values(**values))
        for one in con.execute(select(report).where(report.c.asset_key == key)).all():
            values = {"words": pattern.sub(ERASED, one.words), "outcome": pattern.sub(ERASED, one.outcome)}
            con.execute(update(report).where(report.c.report_id == one.report_id).values(**values))
        values = {name: pattern.sub(ERASED, getattr(row, name)) for name in ("note", "confirmed_by")}
        values["source_ref"] = without_text("source_ref", row.source_ref, pattern)
        con.execute(update(asset_table).where(asset_table.c.asset_key == key).values(**values))
        references = con.execute(select(list_reference).where(list_reference.c.asset_key == key)).all()
        for one in (one for one in references if pattern.search(one.source_ref)):
            named = (list_reference.c.source == one.source) & (list_reference.c.source_ref == one.source_ref)
            con.execute(delete(list_reference).where(named))


def _merged_into(con: Connection, row: AnyRow) -> list[AnyRow]:
    """Return the entries that were merged into one, and those that had been merged into these."""
    found: list[AnyRow] = []
    wanted = [row.asset_key]
    while wanted:
        merged = con.execute(select(asset_table).where(asset_table.c.merged_into_key.in_(wanted))).all()
        found, wanted = [*found, *merged], [one.asset_key for one in merged]
    return found


def sweep(database: Database) -> None:
    """Overwrite what was erased where the database still keeps it: free pages, the journal, the word index."""
    if database.is_sqlite:
        with database.writing() as con:
            con.execute(text("INSERT INTO published_words (published_words) VALUES ('optimize')"))
        database.run_outside("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        database.run_outside(f"VACUUM {', '.join(_VACUUM_TABLES)}")
