"""What waits for somebody: entries and edits for review, stale entries for a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from dashboard.register.actor import Actor, Role
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.errors import NotAllowedError
from dashboard.register.store.desk import AnyRow, Desk, owned_keys
from dashboard.register.store.plans import has_any
from dashboard.register.store.rows import NEWEST, asset_of, entry_of
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, event, published, report


class Queues:
    """Queues, each cut to what the actor may act on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def number(self) -> tuple[int, int]:
        """Return two numbers: while they stay the same, and it is the same day, so does every queue."""
        last_done = select(func.max(event.c.event_id)).scalar_subquery()
        last_said = select(func.max(report.c.report_id)).scalar_subquery()
        with self._desk.database.reading() as con:
            done, said = con.execute(select(last_done, last_said)).one()
            return done or 0, said or 0

    def to_review(self, *, actor: Actor, state: State | None = None, most: int | None = None) -> tuple[Entry, ...]:
        """Return the entries and edits that wait for this reviewer, oldest first.

        Parameters
        ----------
        state
            Submitted for new entries only, published for edits only.
        most
            As many as are wanted; all of them when that is not said.
        """
        self._require_reviewer(actor)
        with self._desk.database.reading() as con:
            keys = [key for key, one in self._waiting(con, actor) if state in (None, one)]
            return self._newest(con, keys[:most])

    def count_to_review(self, *, actor: Actor) -> Mapping[State, int]:
        """Return how many entries wait for this reviewer, by their state: submitted ones are new, others edits."""
        self._require_reviewer(actor)
        with self._desk.database.reading() as con:
            return Counter(state for _, state in self._waiting(con, actor))

    def to_check(self, *, actor: Actor, most: int = 200) -> tuple[Entry, ...]:
        """Return published entries whose check is due or that nobody has checked, the longest waiting first."""
        self._require_reviewer(actor)
        due = published.c.next_check_due.nulls_first()
        with self._desk.database.reading() as con:
            keys = con.scalars(self._stale(actor).order_by(due, published.c.asset_key).limit(most))
            return self._newest(con, list(keys))

    def count_to_check(self, *, actor: Actor) -> int:
        """Return how many entries there are whose check is due or that nobody has checked."""
        self._require_reviewer(actor)
        with self._desk.database.reading() as con:
            return con.scalar(select(func.count()).select_from(self._stale(actor).subquery())) or 0

    def mine(self, *, actor: Actor) -> tuple[Entry, ...]:
        """Return the entries that this person has added, newest first."""
        if not actor.actor_id:
            return ()
        added = NEWEST.where(asset_table.c.created_by == actor.actor_id).order_by(asset_table.c.changed_at.desc())
        with self._desk.database.reading() as con:
            return tuple(self._entry(row) for row in con.execute(added))

    def looked_after(self, *, actor: Actor) -> tuple[Entry, ...]:
        """Return the entries that this person looks after by an invitation, the last changed first."""
        with self._desk.database.reading() as con:
            keys = owned_keys(con, actor)
            owned = NEWEST.where(asset_table.c.asset_key.in_(keys)).order_by(asset_table.c.changed_at.desc())
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
        added = NEWEST.where(asset_table.c.created_by == actor.actor_id, is_open)
        with self._desk.database.reading() as con:
            rows = con.execute(added.order_by(asset_table.c.changed_at.desc()).limit(most))
            return tuple(self._entry(row) for row in rows)

    @staticmethod
    def _require_reviewer(actor: Actor) -> None:
        if Role.REVIEWER not in actor.roles:
            raise NotAllowedError(
                "Only reviewers have a queue.", todo="Ask your register's administrator for the role."
            )

    def _waiting(self, con: Connection, actor: Actor) -> Iterator[tuple[int, State]]:
        """Give key and state of each entry that waits for this reviewer, oldest first; very many may wait.

        Where an entry lies is what is published of it, and not an edit of it that nobody has looked at.
        """
        waits = or_(asset_table.c.state == State.SUBMITTED, asset_table.c.waiting == Waiting.SUBMITTED)
        body = asset_version.c.body
        where = (body["place"]["lsoa21_code"].as_string(), body["service_areas"]) if actor.areas else ()
        approved = func.coalesce(asset_table.c.published_version, asset_table.c.latest_version)
        is_approved = (asset_version.c.asset_key == asset_table.c.asset_key) & (asset_version.c.version == approved)
        chosen = select(asset_table.c.asset_key, asset_table.c.state, *where).join(asset_version, is_approved)
        for key, state, *lies in con.execute(
            chosen.where(waits).order_by(asset_table.c.changed_at, asset_table.c.asset_key)
        ):
            if not lies or actor.reviews(self._desk.geography.areas_of(lies[0]) | frozenset(lies[1])):
                yield key, State(state)

    def _stale(self, actor: Actor) -> Select[Any]:
        due = published.c.next_check_due
        stale = select(published.c.asset_key).where(or_(due < self._desk.today(), due.is_(None)))
        return stale.where(has_any("area", tuple(sorted(actor.areas)))) if actor.areas else stale

    def _newest(self, con: Connection, keys: Sequence[int]) -> tuple[Entry, ...]:
        """Return entries in the order of their keys."""
        found = {
            row.asset_key: self._entry(row)
            for some in chunked(keys)
            for row in con.execute(NEWEST.where(asset_table.c.asset_key.in_(some)))
        }
        return tuple(found[key] for key in keys)

    @staticmethod
    def _entry(row: AnyRow) -> Entry:
        return entry_of(row, asset=asset_of(row, row.body), version=row.latest_version)
