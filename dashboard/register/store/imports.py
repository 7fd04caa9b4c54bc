"""Bring a whole list in, look back at the lists that were brought in, and take one back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, insert, select, update

from dashboard.register.actor import Actor, Role
from dashboard.register.errors import NotAllowedError, NotFoundError, WrongStateError
from dashboard.register.listed import ImportResult, Listed, PastImport, TakenBack
from dashboard.register.progress import Progress, say_nothing
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.bringing import add_and_edit
from dashboard.register.store.desk import AnyRow, Desk, Work, owned_keys, require
from dashboard.register.store.opened import open_all_for_change
from dashboard.register.store.references import forget_import, remember_added, remember_said
from dashboard.register.store.settings import read_terms
from dashboard.register.store.taking_back import take_back
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import list_import, list_import_entry, person

AnySelect = TypeVar("AnySelect", bound=Select[Any])

_ENTRIES = list_import_entry.c
_COUNTED = (
    select(list_import, person.c.name, person.c.organisation)
    .add_columns(
        func.count(_ENTRIES.asset_key).filter(_ENTRIES.from_version.is_(None)).label("added"),
        func.count(_ENTRIES.from_version).label("changed"),
    )
    .outerjoin(person, person.c.person_id == list_import.c.who)
    .outerjoin(list_import_entry, _ENTRIES.import_id == list_import.c.import_id)
    .group_by(list_import.c.import_id, person.c.person_id)
    .order_by(list_import.c.import_id.desc())
)


class Imports:
    """Lists that were brought in; whoever brought one, reviewers and admins may look back at it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def bring_in(
        self, listed: Listed, *, actor: Actor, why: str = "", progress: Progress = say_nothing
    ) -> ImportResult:
        """Bring a list in, in one transaction: all of it, or none when one entry is refused.

        Parameters
        ----------
        progress
            Told how many entries are written, of how many.

        Raises
        ------
        RegisterError
            If the register refuses any of it, or somebody has brought in the same rows, or changed one of the
            entries, since the list was looked at.
        """
        require(actor, Action.ADD)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            edited = {one.asset_id for one, _ in listed.edits}
            linked = sorted({one for one, _ in listed.known_as} - edited)
            open_all_for_change(work, linked, owned=owned_keys(con, actor))
            adds = [asset for asset, _ in listed.adds]
            added, changed = add_and_edit(work, adds, listed.edits, taxonomy=taxonomy, progress=progress)
            if not (added or changed or listed.known_as):
                return ImportResult()
            row = {"source": listed.source, "who": actor.actor_id, "at": self._desk.clock()}
            import_id = int(con.scalar(insert(list_import).values(row).returning(list_import.c.import_id)) or 0)
            keys = _keys(con, [*added, *changed, *(one for one, _ in listed.known_as)])
            bases = {one.asset_id: version for one, version in listed.edits}
            found = dict.fromkeys(added, None) | {one: bases[one] for one in changed}
            _write_entries(con, import_id, found, keys)
            references = zip(added, listed.adds, strict=True)
            remember_added(con, import_id, [(keys[one], reference) for one, (_, reference) in references])
            remember_said(con, import_id, [(keys[one], reference) for one, reference in listed.known_as])
            return ImportResult(tuple(added), tuple(changed), import_id)

    def past(self, *, actor: Actor, most: int = 20) -> tuple[PastImport, ...]:
        """Return the lists that were brought in and that an actor may look back at, the latest first."""
        if not may(actor, Action.ADD):
            raise NotAllowedError("Only partners bring in lists.", todo="Ask your register's administrator.")
        with self._desk.database.reading() as con:
            return tuple(map(_past, con.execute(_seen_by(actor, _COUNTED).limit(most))))

    def undo(self, import_id: int, *, actor: Actor, why: str = "", progress: Progress = say_nothing) -> TakenBack:
        """Take a list back in one transaction, as far as nobody has built on it since.

        What it added is archived by a reviewer, or withdrawn by whoever brought it while it waits, and forgets its
        reference, so that a better list may bring it anew. What it changed is as it was before.

        Parameters
        ----------
        progress
            Told how many entries have been looked at, of how many.

        Raises
        ------
        NotFoundError
            If there is no such import that this actor may look back at.
        WrongStateError
            If it was undone already.
        NotAllowedError
            If they may not take back one of its entries; then nothing is.
        """
        require(actor, Action.ADD)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            found = select(list_import).where(list_import.c.import_id == import_id).with_for_update()
            row = con.execute(_seen_by(actor, found)).one_or_none()
            if row is None:
                raise NotFoundError("There is no such import that you can see.", todo="Look at the list of imports.")
            if row.undone_at is not None:
                raise WrongStateError("This import has been undone already.", todo="There is nothing left to undo.")
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            taken_back, kept = take_back(work, import_id, taxonomy=taxonomy, progress=progress)
            forget_import(con, import_id, kept=kept)
            done = update(list_import).where(list_import.c.import_id == import_id)
            con.execute(done.values(undone_at=self._desk.clock()))
            return taken_back


def _seen_by(actor: Actor, statement: AnySelect) -> AnySelect:
    """Return a statement cut to the imports that somebody may look back at."""
    sees_all = actor.roles & {Role.REVIEWER, Role.ADMIN}
    return statement if sees_all else statement.where(list_import.c.who == actor.actor_id)


def _keys(con: Connection, asset_ids: Sequence[str]) -> dict[str, int]:
    keys: dict[str, int] = {}
    for some in chunked(asset_ids):
        found = select(asset_table.c.asset_id, asset_table.c.asset_key).where(asset_table.c.asset_id.in_(some))
        keys |= {row.asset_id: row.asset_key for row in con.execute(found)}
    return keys


def _write_entries(
    con: Connection, import_id: int, versions: Mapping[str, int | None], keys: Mapping[str, int]
) -> None:
    """Take down which entries an import wrote, and which version of them it found; none of those it added."""
    rows = [
        {"import_id": import_id, "asset_key": keys[asset_id], "from_version": version}
        for asset_id, version in versions.items()
    ]
    if rows:
        con.execute(insert(list_import_entry), rows)


def _past(row: AnyRow) -> PastImport:
    return PastImport(
        import_id=row.import_id,
        source=row.source,
        who=row.name or "somebody",
        organisation=row.organisation or "",
        at=row.at,
        added=row.added,
        changed=row.changed,
        undone_at=row.undone_at,
    )
