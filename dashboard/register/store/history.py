"""What was done to an entry: field by field, by whom, when and why; and any version brought back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from dashboard.register.actor import Actor
from dashboard.register.entry import Entry
from dashboard.register.errors import WrongStateError
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import Asset
from dashboard.register.rules.permissions import Action, Subject
from dashboard.register.store.desk import AnyRow, Desk, Work, require
from dashboard.register.store.editing import send_in
from dashboard.register.store.opened import open_for_change
from dashboard.register.store.rows import (
    asset_of,
    differing_fields,
    open_to_see,
    read_version,
    seen_by,
    shown_entry,
)
from dashboard.register.store.saving import add_version, prepare
from dashboard.register.store.settings import read_terms
from dashboard.register.tables import asset_version, event, person

_MAKING_A_VERSION = frozenset({"added", "edited", "restored", "merged", "merge undone", "import undone"})


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field, before and after, as JSON values."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing done to an entry; `who` is a name, or “somebody” when it was erased."""

    action: str
    who: str
    organisation: str
    at: datetime
    why: str
    version: int | None
    changes: tuple[FieldChange, ...]


class History:
    """The past of entries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self, asset_id: str, *, actor: Actor) -> tuple[Happening, ...]:
        """Return everything done to an entry, newest first, with what this actor may see of it.

        Raises
        ------
        NotFoundError
            If it is not shown and not theirs to see: its past is no more to be seen than itself.
        NotAllowedError
            If they may not see the history of any entry.
        """
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            row, subject = _open(work, asset_id)
            versions = self._versions(work, row, subject)
            named = select(event, person.c.name, person.c.organisation).outerjoin(
                person, person.c.person_id == event.c.who
            )
            events = con.execute(named.where(event.c.asset_key == row.asset_key).order_by(event.c.event_id.desc()))
            return tuple(_happening(one, versions) for one in events)

    def version(self, asset_id: str, version: int, *, actor: Actor) -> Entry:
        """Return one version of an entry, as this actor sees it."""
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            _open(work, asset_id)
            return shown_entry(work, asset_id, version=version)

    def restore(self, asset_id: str, version: int, *, actor: Actor, why: str = "", newest: int | None = None) -> Entry:
        """Make an earlier version the newest one; it is published, or waits, like any other edit.

        Parameters
        ----------
        newest
            The version that this person believes to be the newest; none to restore over whatever is there.

        Raises
        ------
        WrongStateError
            If somebody else has changed the entry since `newest`.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row, latest, subject = open_for_change(work, asset_id)
            if newest is not None and newest != row.latest_version:
                todo = "Look at its history and choose the version to bring back."
                raise WrongStateError("Somebody else has changed this entry since.", todo=todo)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            earlier = self._restorable(work, row, version, latest, subject)
            wanted = prepare(earlier, desk=self._desk, taxonomy=taxonomy)
            if differing_fields(wanted, latest):
                number = add_version(work, row, wanted, action="restored", detail={"from_version": version})
                send_in(work, row, asset=wanted, version=number, before=subject, taxonomy=taxonomy)
            return shown_entry(work, asset_id)

    @staticmethod
    def _restorable(work: Work, row: AnyRow, version: int, latest: Asset, subject: Subject) -> Asset:
        """Return an earlier version; its exact place only to those who may see it now, else the present place."""
        whole = read_version(work.con, row, version)
        seen = seen_by(work, row, asset=whole, version=version, subject=subject)
        is_hidden = whole.place.precision is not seen.place.precision
        return replace(whole, place=latest.place) if is_hidden else whole

    def _versions(self, work: Work, row: AnyRow, subject: Subject) -> dict[int, Asset]:
        statement = select(asset_version).where(asset_version.c.asset_key == row.asset_key)
        whole = {one.version: asset_of(row, one.body) for one in work.con.execute(statement)}
        return {
            number: seen_by(work, row, asset=asset, version=number, subject=subject, versions=whole)
            for number, asset in whole.items()
        }


def _open(work: Work, asset_id: str) -> tuple[AnyRow, Subject]:
    """Return an entry's row and subject, for somebody who may see the entry and its history."""
    row, _, subject = open_to_see(work, asset_id)
    require(work.actor, Action.SEE_HISTORY, subject=subject)
    return row, subject


def _happening(row: AnyRow, versions: Mapping[int, Asset]) -> Happening:
    makes_version = row.action in _MAKING_A_VERSION and row.version is not None
    changes = _changes(versions.get(row.version - 1), versions[row.version]) if makes_version else ()
    if "before" in row.detail and "after" in row.detail:
        before, after = row.detail["before"], row.detail["after"]
        changes = tuple(FieldChange(field=name, before=before.get(name), after=after[name]) for name in after)
    return Happening(
        action=row.action,
        who=row.name or "somebody",
        organisation=row.organisation or "",
        at=row.at,
        why=row.why,
        version=row.version,
        changes=changes,
    )


def _changes(before: Asset | None, after: Asset) -> tuple[FieldChange, ...]:
    base = before or Asset(name="", kind="")
    was, now = asset_to_json(base), asset_to_json(after)
    return tuple(FieldChange(field=name, before=was[name], after=now[name]) for name in differing_fields(base, after))
