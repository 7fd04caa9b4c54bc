"""How a group comes to look after its own entry: a link that works once, and not for long."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from dashboard.register.actor import Actor
from dashboard.register.entry import Entry
from dashboard.register.errors import NotAllowedError, NotFoundError
from dashboard.register.rules.permissions import Action
from dashboard.register.store.desk import Desk, Work, record, require, subject_of
from dashboard.register.store.rows import read_row, read_version, shown_entry
from dashboard.register.store.settings import read_register_settings
from dashboard.register.store.upsert import insert_missing
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import claim, owner

_TOKEN_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A link's token, shown once: the register keeps only a hash of it."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Invited:
    """The entry that a link is for."""

    asset_id: str
    name: str


class Claims:
    """Claims, invited by a reviewer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def invite(self, asset_id: str, *, actor: Actor, days: int | None = None) -> Invitation:
        """Return a new link's token for whoever looks after an entry; a link that was not used works no longer.

        Parameters
        ----------
        days
            How long it works: as long as an admin has set when nothing is said, and never longer.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            row = read_row(con, asset_id)
            require(
                actor, Action.INVITE, subject=subject_of(work, row, asset=read_version(con, row, row.latest_version))
            )
            most = read_register_settings(con).claim_days
            expires_at = self._desk.clock() + timedelta(days=most if days is None else min(days, most))
            con.execute(delete(claim).where(claim.c.asset_key == row.asset_key, claim.c.used_at.is_(None)))
            con.execute(insert(claim).values(token_hash=_hash(token), asset_key=row.asset_key, expires_at=expires_at))
            record(work, "invited", asset_key=row.asset_key)
        return Invitation(token=token, expires_at=expires_at)

    def look_up(self, token: str) -> Invited | None:
        """Return the entry that a link is for, without using the link; none when it is of no use any more."""
        with self._desk.database.reading() as con:
            key = con.scalar(
                select(claim.c.asset_key).where(
                    claim.c.token_hash == _hash(token),
                    claim.c.used_at.is_(None),
                    claim.c.expires_at > self._desk.clock(),
                )
            )
            if key is None:
                return None
            row = con.execute(select(asset_table).where(asset_table.c.asset_key == key)).one()
            return Invited(asset_id=row.asset_id, name=read_version(con, row, row.latest_version).name)

    def redeem(self, token: str, *, actor: Actor) -> Entry:
        """Make somebody who is signed in the owner of the entry that a link is for.

        Raises
        ------
        NotAllowedError
            If nobody is signed in.
        NotFoundError
            If the link is not known, was used, or has expired: all three sound the same.
        """
        if not actor.actor_id:
            raise NotAllowedError("Sign in to look after this entry.", todo="Then open the link again.")
        now = self._desk.clock()
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            # One statement, so that of two who open the link together only one succeeds.
            unused = update(claim).where(
                claim.c.token_hash == _hash(token), claim.c.used_at.is_(None), claim.c.expires_at > now
            )
            key = con.scalar(unused.values(used_at=now).returning(claim.c.asset_key))
            if key is None:
                todo = "Ask whoever sent it for a new one."
                raise NotFoundError("This link has been used, has expired, or is not whole.", todo=todo)
            insert_missing(con, owner, [{"asset_key": key, "person_id": actor.actor_id, "since": now}])
            record(work, "claimed", asset_key=key)
            asset_id = con.scalar(select(asset_table.c.asset_id).where(asset_table.c.asset_key == key))
            return shown_entry(work, str(asset_id))


def _hash(token: str) -> str:
    """Return what is kept of a token; it is long and random, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
