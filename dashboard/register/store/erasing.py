"""Erase personal data, from history too: the words go, the record of the change stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, text, update

from dashboard.register.actor import Actor
from dashboard.register.database import Database
from dashboard.register.entry import Entry, State
from dashboard.register.piece import Sharing
from dashboard.register.rules.erasing import ERASED, erasing_pattern
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import CONFIRMED, RIGHTS_SET, AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.erasing_words import erase_from_entry, erase_from_hours, erase_from_stories
from dashboard.register.store.rows import read_row, read_version, shown_entry
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import show
from dashboard.register.tables import asking, event, kept, list_import, owner, person, story
from dashboard.register.tables import asset as asset_table

# What is on record of words that were taken out of an entry, and of a story that was taken back.
ERASED_FROM, STORY_WITHDRAWN = "erased", "story withdrawn"
_VACUUM_TABLES = (
    "asset",
    "asset_version",
    "event",
    "report",
    "published",
    "hours",
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

    def number(self) -> tuple[int, int]:
        """Return two numbers: while they stay the same, nobody has taken back or erased what was shown.

        The second counts the stories whose consent has run out: nothing is done then, only a day has passed.
        """
        taken_out = event.c.action.in_([ERASED_FROM, STORY_WITHDRAWN, str(State.WITHDRAWN)])
        has_ended = (story.c.state == str(State.PUBLISHED)) & (story.c.until < self._desk.today())
        with self._desk.database.reading() as con:
            last = con.scalar(select(func.max(event.c.event_id)).where(taken_out)) or 0
            return last, con.scalar(select(func.count()).select_from(story).where(has_ended)) or 0

    def erase(self, asset_id: str, *, words: Sequence[str], actor: Actor, why: str = "") -> Entry:
        """Remove words (a name, a number, an address) from every version of an entry and from what was said of it.

        So they go from entries that were merged into it, and, when a reviewer or an admin asks for it, from the stories
        about it. A contact that holds any of them goes whole.

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
            every = (row, *_merged_into(con, row))
            for one in every:
                erase_from_entry(con, one, pattern)
            # What somebody has told is theirs: only those who may take all of it back take words out of it.
            if may(actor, Action.END_CONSENT, subject=subject):
                erase_from_stories(con, [one.asset_key for one in every], pattern)
            record(work, ERASED_FROM, asset_key=row.asset_key)
            if row.state == State.PUBLISHED:
                shown = read_version(con, read_row(con, asset_id), row.published_version)
                taxonomy = read_terms(con, self._desk.shipped_taxonomy)
                show(work, [(row.asset_key, row.published_version, shown)], taxonomy=taxonomy)
            erase_from_hours(con, pattern)
            erased = shown_entry(work, asset_id)
        sweep(self._desk.database)
        return erased

    def forget_person(self, person_id: str, *, actor: Actor) -> None:
        """Erase a person: history says “somebody” where it said their name, and their rights and claims are gone.

        Work they kept for themselves goes with them; what they shared stays, without an owner.
        """
        require(actor, Action.SET_RIGHTS)
        with self._desk.database.writing() as con:
            _forget_confirmations(con, person_id)
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


def _merged_into(con: Connection, row: AnyRow) -> list[AnyRow]:
    """Return the entries that were merged into one, and those that had been merged into these."""
    found: list[AnyRow] = []
    wanted = [row.asset_key]
    while wanted:
        merged = con.execute(select(asset_table).where(asset_table.c.merged_into_key.in_(wanted))).all()
        found, wanted = [*found, *merged], [one.asset_key for one in merged]
    return found


def _forget_confirmations(con: Connection, person_id: str) -> None:
    """Take somebody's name away where it stands for who confirmed an entry, because they had no organisation."""
    name = con.scalar(select(person.c.name).where(person.c.person_id == person_id))
    confirmed = select(event).where(event.c.action == CONFIRMED)
    by_them = con.execute(confirmed.where(event.c.who == person_id)).all() if name else ()
    keys = {one.asset_key for one in by_them if one.detail.get("after", {}).get("confirmed_by") == name}
    for key in sorted(keys):
        for one in con.execute(confirmed.where(event.c.asset_key == key)).all():
            detail = {when: _without_name(trust, name) for when, trust in one.detail.items()}
            con.execute(update(event).where(event.c.event_id == one.event_id).values(detail=detail))
        named = (asset_table.c.asset_key == key) & (asset_table.c.confirmed_by == name)
        con.execute(update(asset_table).where(named).values(confirmed_by=""))


def _without_name(trust: dict[str, Any], name: str | None) -> dict[str, Any]:
    return {**trust, "confirmed_by": ""} if trust.get("confirmed_by") == name else trust


def sweep(database: Database) -> None:
    """Overwrite what was erased where the database still keeps it: free pages, the journal, the word index."""
    if database.is_sqlite:
        with database.writing() as con:
            con.execute(text("INSERT INTO published_words (published_words) VALUES ('optimize')"))
        database.run_outside("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        database.run_outside(f"VACUUM {', '.join(_VACUUM_TABLES)}")
