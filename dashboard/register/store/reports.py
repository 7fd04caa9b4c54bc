"""“Something's wrong”: anyone may say so, without signing in, a few times an hour."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from dashboard.register.actor import Actor
from dashboard.register.entry import State
from dashboard.register.errors import InvalidEntryError, NotFoundError, Problem, TooManyError
from dashboard.register.rules.permissions import Action, Subject, may
from dashboard.register.rules.rates import Limit, is_within
from dashboard.register.rules.text import clean_words
from dashboard.register.store.desk import AnyRow, Desk, Work, areas_for_rights, record, require, subject_of
from dashboard.register.store.rows import IS_NEWEST, asset_of, not_found, read_row, read_version
from dashboard.register.store.settings import read_register_settings
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version
from dashboard.register.tables import report as report_table

MOST_CHARACTERS = 2_000
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Report:
    """Something that is said to be wrong with an entry."""

    report_id: int
    asset_id: str
    words: str
    at: datetime


class Reports:
    """What people say is wrong."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def say(self, asset_id: str, *, words: str, sender: str) -> None:
        """Take down that something is wrong with a published entry.

        Parameters
        ----------
        sender
            What tells one sender from another (an address on the network); only a hash of it is kept.

        Raises
        ------
        TooManyError
            If this sender, or everyone about this entry, has said too much of late.
        """
        said = clean_words(words)
        if not 0 < len(said) <= MOST_CHARACTERS:
            message = f"Say what is wrong, in at most {MOST_CHARACTERS:,} characters."
            raise InvalidEntryError((Problem("words", message),))
        now, sender_hash = self._desk.clock(), hashlib.sha256(sender.encode("utf-8", "surrogatepass")).hexdigest()
        with self._desk.database.writing() as con:
            # One at a time for each entry, so that many who write at once do not pass its limit.
            row = read_row(con, asset_id, to_change=True)
            if row.state != State.PUBLISHED:
                raise not_found(asset_id)
            settings = read_register_settings(con)
            recent = select(report_table.c.at).where(report_table.c.at > now - _DAY)
            by_sender = con.scalars(recent.where(report_table.c.sender_hash == sender_hash)).all()
            on_entry = con.scalars(recent.where(report_table.c.asset_key == row.asset_key)).all()
            limits = (
                (Limit(most=settings.reports_per_hour, within=_HOUR), by_sender),
                (Limit(most=settings.reports_per_entry_per_day, within=_DAY), on_entry),
            )
            if not all(is_within(limit, earlier=earlier, now=now) for limit, earlier in limits):
                todo = "Wait an hour, or tell the organisation that looks after this register."
                raise TooManyError("We have had many messages from you, or about this entry.", todo=todo)
            values = {"asset_key": row.asset_key, "words": said, "sender_hash": sender_hash, "at": now, "outcome": ""}
            con.execute(insert(report_table).values(values))
            # Nobody counts what is older than a day, so nobody need know who sent it.
            old = update(report_table).where(report_table.c.sender_hash != "", report_table.c.at <= now - _DAY)
            con.execute(old.values(sender_hash=""))

    def open(self, *, actor: Actor) -> tuple[Report, ...]:
        """Return what nobody has settled yet, oldest first, about the entries that this reviewer reviews."""
        about = select(report_table, asset_table, asset_version.c.body).where(report_table.c.closed_at.is_(None))
        of_entry = about.join(asset_table, asset_table.c.asset_key == report_table.c.asset_key)
        joined = of_entry.join(asset_version, IS_NEWEST)
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            rows = con.execute(joined.order_by(report_table.c.report_id)).all()
            return tuple(_report(row) for row in rows if _is_reviewed(work, row))

    def close(self, report_id: int, *, outcome: str, actor: Actor) -> None:
        """Settle what somebody said, in a few words."""
        with self._desk.database.writing() as con:
            found = select(asset_table.c.asset_id, asset_table.c.asset_key).join(
                report_table, asset_table.c.asset_key == report_table.c.asset_key
            )
            row = con.execute(found.where(report_table.c.report_id == report_id)).one_or_none()
            if row is None:
                raise NotFoundError("There is no such message.", todo="Look at the queue again.")
            work = Work(con, self._desk, actor, clean_words(outcome))
            entry = read_row(con, row.asset_id)
            newest = read_version(con, entry, entry.latest_version)
            require(actor, Action.SEE_REPORTS, subject=subject_of(work, entry, asset=newest))
            closed = update(report_table).where(report_table.c.report_id == report_id)
            con.execute(closed.values(closed_at=self._desk.clock(), outcome=work.why, sender_hash=""))
            record(work, "message settled", asset_key=row.asset_key)


def _is_reviewed(work: Work, row: AnyRow) -> bool:
    areas = areas_for_rights(work, row, asset=asset_of(row, row.body))
    return may(work.actor, Action.SEE_REPORTS, subject=Subject(areas=areas))


def _report(row: AnyRow) -> Report:
    return Report(report_id=row.report_id, asset_id=row.asset_id, words=row.words, at=row.at)
