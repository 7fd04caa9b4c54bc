"""Asking to be given rights: how an admin comes to know who somebody with a new sign-in is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from dashboard.register.actor import Actor
from dashboard.register.errors import InvalidEntryError, NotAllowedError, Problem, TooManyError
from dashboard.register.rules.permissions import Action
from dashboard.register.rules.reach import is_email
from dashboard.register.rules.text import clean_line
from dashboard.register.store.desk import Desk, require
from dashboard.register.store.upsert import put
from dashboard.register.tables import asking

MOST_WAITING = 1_000
_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Somebody who asks to be given rights.

    Parameters
    ----------
    email
        As their sign-in says; seen by admins only, and forgotten when they have answered.
    organisation
        As they say themselves: nobody has checked it.
    """

    person_id: str
    name: str
    email: str
    organisation: str
    asked_at: datetime


class AskingDesk:
    """Those who ask for rights, until an admin has answered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self, *, organisation: str, email: str, actor: Actor) -> None:
        """Ask for rights, or ask again in other words; anyone who is signed in and has none may.

        Raises
        ------
        NotAllowedError
            If nobody is signed in.
        InvalidEntryError
            If no organisation is named, or its name is too long.
        TooManyError
            If too many wait already.
        """
        if not actor.actor_id:
            raise NotAllowedError("Sign in to ask for rights.", todo="Then ask again.")
        named = clean_line(organisation)
        if not 0 < len(named) <= _LONGEST_NAME:
            message = f"Say which organisation or group you are from, in at most {_LONGEST_NAME} characters."
            raise InvalidEntryError((Problem("organisation", message),))
        row = {
            "person_id": actor.actor_id,
            "name": clean_line(actor.name)[:_LONGEST_NAME],
            "email": email if is_email(email) else "",
            "organisation": named,
            "asked_at": self._desk.clock(),
        }
        with self._desk.database.writing() as con:
            if (con.scalar(select(func.count()).select_from(asking)) or 0) >= MOST_WAITING:
                todo = "Ask the administrator of this register in another way."
                raise TooManyError("Too many people are waiting for rights already.", todo=todo)
            put(con, asking, row)

    def has_asked(self, *, actor: Actor) -> bool:
        """Return whether somebody waits for an answer."""
        with self._desk.database.reading() as con:
            return bool(con.scalar(select(func.count()).where(asking.c.person_id == actor.actor_id)))

    def everyone(self, *, actor: Actor) -> tuple[Asking, ...]:
        """Return everybody who asks, the first to ask first; an admin may see them."""
        require(actor, Action.SET_RIGHTS)
        with self._desk.database.reading() as con:
            rows = con.execute(select(asking).order_by(asking.c.asked_at, asking.c.person_id)).all()
        return tuple(Asking(**row._mapping) for row in rows)  # noqa: SLF001

    def decline(self, person_id: str, *, actor: Actor) -> None:
        """Forget that somebody asked; an admin may."""
        require(actor, Action.SET_RIGHTS)
        with self._desk.database.writing() as con:
            con.execute(delete(asking).where(asking.c.person_id == person_id))
