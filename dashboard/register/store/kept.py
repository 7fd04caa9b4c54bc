"""Pieces of work kept in the register: saved, found, shared with those who may see them, and removed."""

from __future__ import annotations

import secrets
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from dashboard.register.actor import Actor
from dashboard.register.errors import InvalidEntryError, NotFoundError, PieceConflictError, Problem
from dashboard.register.piece import Piece, PieceDraft, PieceTitle, Sharing, Sort
from dashboard.register.rules.permissions import Subject, may
from dashboard.register.rules.pieces import (
    HOUSE_SORTS,
    MOST_PIECES,
    action_to_change,
    action_to_keep,
    action_to_see,
    piece_problems,
    tidy_piece,
)
from dashboard.register.store.desk import AnyRow, Desk, Work, record, require
from dashboard.register.store.erasing import sweep
from dashboard.register.tables import kept, person

AnyPiece = TypeVar("AnyPiece", bound=PieceTitle)

_WITH_OWNER = kept.outerjoin(person, person.c.person_id == kept.c.owner)
_OWNER_NAME = func.coalesce(person.c.name, "").label("owner_name")
_WHOLE = select(kept, _OWNER_NAME).select_from(_WITH_OWNER)
_TITLES = select(*(column for column in kept.c if column.name != "body"), _OWNER_NAME).select_from(_WITH_OWNER)
_NEWEST_FIRST = (kept.c.changed_at.desc(), kept.c.piece_id)


class Kept:
    """Pieces of work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def save(self, draft: PieceDraft, *, actor: Actor, base_version: int = 0) -> Piece:
        """Keep a piece of work: a new one, or a change to the version of it that somebody started from.

        Parameters
        ----------
        base_version
            0 for a new piece; else the version that was read.

        Raises
        ------
        InvalidEntryError
            If it has no name, is too large, or holds what cannot be kept.
        NotAllowedError
            If this person may not keep it, or not change it.
        PieceConflictError
            If somebody else has changed it meanwhile.
        """
        tidied = tidy_piece(draft)
        problems = piece_problems(tidied)
        if problems:
            raise InvalidEntryError(problems)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            row = _row(con, tidied.piece_id, to_change=True) if tidied.piece_id else None
            piece_id = _add(work, tidied) if row is None else _change(work, row, tidied, base_version=base_version)
            return _seen(_row(con, piece_id), actor=actor, kind=Piece)

    def get(self, piece_id: str, *, actor: Actor) -> Piece:
        """Return a piece of work.

        Raises
        ------
        NotFoundError
            If it is not there, or not for this person: both sound the same.
        """
        with self._desk.database.reading() as con:
            row = _row(con, piece_id)
        if row is None or not _is_seen(row, actor):
            raise _not_found()
        return _seen(row, actor=actor, kind=Piece)

    def list(self, *, actor: Actor, sort: Sort | None = None) -> tuple[PieceTitle, ...]:
        """Return what pieces there are that an actor may see, newest first, without their bodies."""
        return self._read(_TITLES, actor=actor, sort=sort, kind=PieceTitle)

    def read_all(self, *, actor: Actor, sort: Sort) -> tuple[Piece, ...]:
        """Return all pieces of one sort that an actor may see, whole, newest first."""
        return self._read(_WHOLE, actor=actor, sort=sort, kind=Piece)

    def remove(self, piece_id: str, *, actor: Actor) -> None:
        """Remove a piece of work for good; only the fact that there was one stays on record."""
        with self._desk.database.writing() as con:
            row = _row(con, piece_id, to_change=True)
            if row is None or not _is_seen(row, actor):
                raise _not_found()
            require(actor, action_to_change(Sort(row.sort)), subject=_subject(row, actor))
            con.execute(delete(kept).where(kept.c.piece_id == piece_id))
            record(Work(con, self._desk, actor), "work removed", detail={"piece_id": piece_id, "sort": row.sort})
        sweep(self._desk.database)

    def _read(
        self, statement: Select[Any], *, actor: Actor, sort: Sort | None, kind: type[AnyPiece]
    ) -> tuple[AnyPiece, ...]:
        if sort is not None:
            statement = statement.where(kept.c.sort == str(sort))
        with self._desk.database.reading() as con:
            rows = con.execute(statement.order_by(*_NEWEST_FIRST)).all()
        return tuple(_seen(row, actor=actor, kind=kind) for row in rows if _is_seen(row, actor))


def _add(work: Work, draft: PieceDraft) -> str:
    require(work.actor, action_to_keep(draft.sort))
    if draft.piece_id and draft.sort not in HOUSE_SORTS:
        # It was there when this person read it, and is not now.
        raise _not_found()
    mine = work.con.scalar(select(func.count()).select_from(kept).where(kept.c.owner == work.actor.actor_id)) or 0
    if mine >= MOST_PIECES:
        message = f"You have {mine:,} pieces of work, and {MOST_PIECES:,} is the most. Remove some first."
        raise InvalidEntryError((Problem("piece_id", message),))
    now, piece_id = work.desk.clock(), draft.piece_id or f"w{secrets.token_hex(6)}"
    mine_to_keep = {"owner": work.actor.actor_id, "organisation": work.actor.organisation, "created_at": now}
    work.con.execute(
        insert(kept).values(piece_id=piece_id, version=1, changed_at=now, **mine_to_keep, **_columns(draft))
    )
    record(work, "work kept", version=1, detail={"piece_id": piece_id, "sort": str(draft.sort)})
    return piece_id


def _change(work: Work, row: AnyRow, draft: PieceDraft, *, base_version: int) -> str:
    if not _is_seen(row, work.actor) or row.sort != draft.sort:
        raise _not_found()
    require(work.actor, action_to_change(draft.sort), subject=_subject(row, work.actor))
    if row.version != base_version:
        raise PieceConflictError(theirs=_seen(row, actor=work.actor, kind=Piece))
    values = {"version": row.version + 1, "changed_at": work.desk.clock(), **_columns(draft)}
    work.con.execute(update(kept).where(kept.c.piece_id == row.piece_id).values(values))
    record(work, "work changed", version=row.version + 1, detail={"piece_id": row.piece_id, "sort": row.sort})
    return str(row.piece_id)


def _columns(draft: PieceDraft) -> dict[str, object]:
    said = {"sort": str(draft.sort), "title": draft.title, "audience": str(draft.audience)}
    return {**said, "body": draft.body}


def _row(con: Connection, piece_id: str, *, to_change: bool = False) -> AnyRow | None:
    statement = _WHOLE.where(kept.c.piece_id == piece_id)
    return con.execute(statement.with_for_update(of=kept) if to_change else statement).one_or_none()


def _subject(row: AnyRow, actor: Actor) -> Subject:
    return Subject(is_owner=bool(actor.actor_id) and row.owner == actor.actor_id)


def _is_seen(row: AnyRow, actor: Actor) -> bool:
    action = action_to_see(Sharing(row.audience))
    return action is None or may(actor, action, subject=_subject(row, actor))


def _seen(row: AnyRow | None, *, actor: Actor, kind: type[AnyPiece]) -> AnyPiece:
    if row is None:
        raise _not_found()
    values = dict(row._mapping)  # noqa: SLF001
    values |= {"sort": Sort(row.sort), "audience": Sharing(row.audience)}
    may_change = may(actor, action_to_change(Sort(row.sort)), subject=_subject(row, actor))
    return kind(**values, may_change=may_change)


def _not_found() -> NotFoundError:
    todo = "It may have been removed, or is kept private by whoever made it: ask them."
    return NotFoundError("There is no such piece of work that you can see.", todo=todo)
