"""The references by which rows of lists are known again: who holds them now, remembered, and forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.register.errors import WrongStateError
from dashboard.register.listed import Reference
from dashboard.register.store.desk import AnyRow
from dashboard.register.store.rows import NEWEST
from dashboard.register.store.upsert import chunked, insert_or_set
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import list_reference


def holders_of(con: Connection, source: str) -> dict[str, tuple[AnyRow, str, bool]]:
    """Return, by reference, the entry that a row of a list speaks of, in its newest version.

    An entry that was merged away has handed its references on to the one that was kept.

    Returns
    -------
    holders
        The row of the entry, what the list said of it last (empty when that is not known), and whether the reference
        came to it by a merge.
    """
    said = select(list_reference.c.source_ref, list_reference.c.asset_key, list_reference.c.said)
    linked = {
        row.source_ref: (row.asset_key, row.said) for row in con.execute(said.where(list_reference.c.source == source))
    }
    own = NEWEST.where(asset_table.c.source == source, asset_table.c.source_ref != "")
    rows = {row.asset_key: row for row in con.execute(own.order_by(asset_table.c.asset_key))}
    told = {row.source_ref: (key, "") for key, row in rows.items()} | linked
    _read_missing(con, rows, (key for key, _ in told.values()))
    return {ref: (_last(rows, key), said, rows[key].merged_into_key is not None) for ref, (key, said) in told.items()}


def remember_added(con: Connection, import_id: int, added: Sequence[tuple[int, Reference]]) -> None:
    """Remember the references of entries that an import has added, each with the entry's key.

    Raises
    ------
    WrongStateError
        If another import has brought one of these rows in the meantime.
    """
    try:
        if added:
            con.execute(insert(list_reference), [_row(import_id, key, one) for key, one in added])
    except IntegrityError as error:
        what = "Somebody else has brought in rows of this list just now. Nothing was written."
        raise WrongStateError(what, todo="Check the list again to see how things stand.") from error


def remember_said(con: Connection, import_id: int, said: Sequence[tuple[int, Reference]]) -> None:
    """Remember what rows say of entries that are there already; a reference that is known keeps its entry."""
    rows = [_row(import_id, key, one) for key, one in said]
    insert_or_set(con, list_reference, rows, changing=("said", "last_import_id"))


def forget_import(con: Connection, import_id: int, *, kept: Collection[int]) -> None:
    """Forget the references that an import has brought, and what it said, but of the entries that stay as they are."""
    first, last = list_reference.c.first_import_id, list_reference.c.last_import_id
    for some in chunked(sorted(kept)):
        staying = update(list_reference).where(
            list_reference.c.asset_key.in_(some), or_(first == import_id, last == import_id)
        )
        con.execute(staying.values(first_import_id=None, last_import_id=None))
    con.execute(delete(list_reference).where(first == import_id))
    con.execute(update(list_reference).where(last == import_id).values(said="", last_import_id=None))


def _row(import_id: int, key: int, one: Reference) -> dict[str, object]:
    by = {"first_import_id": import_id, "last_import_id": import_id}
    return {"source": one.source, "source_ref": one.ref, "asset_key": key, "said": one.said, **by}


def _read_missing(con: Connection, rows: dict[int, AnyRow], wanted: Iterable[int]) -> None:
    """Read the entries that are not there yet, and those into which they were merged."""
    missing = {*wanted, *_merged_into(rows)} - rows.keys()
    while missing:
        for some in chunked(sorted(missing)):
            rows |= {row.asset_key: row for row in con.execute(NEWEST.where(asset_table.c.asset_key.in_(some)))}
        missing = _merged_into(rows) - rows.keys()


def _merged_into(rows: Mapping[int, AnyRow]) -> set[int]:
    return {row.merged_into_key for row in rows.values() if row.merged_into_key is not None}


def _last(rows: Mapping[int, AnyRow], key: int) -> AnyRow:
    """Return the entry that stayed after all merges."""
    row = rows[key]
    return row if row.merged_into_key is None else _last(rows, row.merged_into_key)
