"""What waits for somebody: entries and edits for review, stale entries for a check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import or_, select

from dashboard.register.actor import Actor, Role
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.errors import NotAllowedError
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import AnyRow, Desk, Work, owned_keys, subject_of
from dashboard.register.store.plans import has_any
from dashboard.register.store.rows import asset_of, entry_of
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, published

_NEWEST = select(asset_table, asset_version.c.body).join(
    asset_version,
    (asset_version.c.asset_key == asset_table.c.asset_key) & (asset_version.c.version == asset_table.c.latest_version),
)


class Queues:
    """Queues, each cut to what the actor may act on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def to_review(self, *, actor: Actor) -> tuple[Entry, ...]:
        """Return the entries and edits that wait for this reviewer, oldest first."""
        waits = or_(asset_table.c.state == State.SUBMITTED, asset_table.c.waiting == Waiting.SUBMITTED)
        self._require_reviewer(actor)
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            return tuple(self._reviewed(work, con.execute(_NEWEST.where(waits).order_by(asset_table.c.changed_at))))

    def to_check(self, *, actor: Actor, most: int = 200) -> tuple[Entry, ...]:
        """Return published entries whose check is due or that nobody has checked, the longest waiting first."""
        self._require_reviewer(actor)
        due = published.c.next_check_due
        stale = select(published.c.asset_key).where(or_(due < self._desk.today(), due.is_(None)))
        if actor.areas:
            stale = stale.where(has_any("area", tuple(sorted(actor.areas))))
        with self._desk.database.reading() as con:
            keys = con.scalars(stale.order_by(due.nulls_first(), published.c.asset_key).limit(most)).all()
            found = {row.asset_key: row for row in con.execute(_NEWEST.where(asset_table.c.asset_key.in_(keys)))}
            return tuple(self._entry(found[key]) for key in keys)

    def mine(self, *, actor: Actor) -> tuple[Entry, ...]:
        """Return the entries that this person has added, newest first."""
        if not actor.actor_id:
            return ()
        added = _NEWEST.where(asset_table.c.created_by == actor.actor_id).order_by(asset_table.c.changed_at.desc())
        with self._desk.database.reading() as con:
            return tuple(self._entry(row) for row in con.execute(added))

    def looked_after(self, *, actor: Actor) -> tuple[Entry, ...]:
        """Return the entries that this person looks after by an invitation, the last changed first."""
        with self._desk.database.reading() as con:
            keys = owned_keys(con, actor)
            owned = _NEWEST.where(asset_table.c.asset_key.in_(keys)).order_by(asset_table.c.changed_at.desc())
            return tuple(self._entry(row) for row in con.execute(owned))

    def unfinished(self, *, actor: Actor, most: int = 50) -> tuple[Entry, ...]:
        """Return what this person has added and not everyone sees yet, the last changed first.

        Somebody who has brought in a long list has added very much; only what is not finished is read.
        """
        if not actor.actor_id:
            return ()
        is_open = or_(
            asset_table.c.state.in_([State.DRAFT, State.SUBMITTED]), asset_table.c.waiting != str(Waiting.NOTHING)
        )
        added = _NEWEST.where(asset_table.c.created_by == actor.actor_id, is_open)
        with self._desk.database.reading() as con:
            rows = con.execute(added.order_by(asset_table.c.changed_at.desc()).limit(most))
            return tuple(self._entry(row) for row in rows)

    @staticmethod
    def _require_reviewer(actor: Actor) -> None:
        if Role.REVIEWER not in actor.roles:
            raise NotAllowedError(
                "Only reviewers have a queue.", todo="Ask your register's administrator for the role."
            )

    def _reviewed(self, work: Work, rows: Iterable[AnyRow]) -> Iterator[Entry]:
        for row in rows:
            asset = asset_of(row, row.body)
            if may(work.actor, Action.PUBLISH, subject=subject_of(work, row, asset=asset)):
                yield self._entry(row)

    @staticmethod
    def _entry(row: AnyRow) -> Entry:
        return entry_of(row, asset=asset_of(row, row.body), version=row.latest_version)
