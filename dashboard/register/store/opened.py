"""Entries opened for a change by somebody who may change them, and kept from others until it is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from dashboard.register.entry import OVER
from dashboard.register.errors import WrongStateError
from dashboard.register.model import Asset
from dashboard.register.rules.fields import is_asset_id
from dashboard.register.rules.permissions import Action, Subject
from dashboard.register.store.desk import AnyRow, Work, owned_keys, require, subject_of
from dashboard.register.store.rows import NEWEST, asset_of, not_found, require_seen
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table


class Opened(NamedTuple):
    """An entry's row, its newest version, and what the rules need to know about it and whoever opened it."""

    row: AnyRow
    latest: Asset
    subject: Subject


def open_for_change(work: Work, asset_id: str) -> Opened:
    """Open one entry, for somebody who may edit it.

    Raises
    ------
    NotFoundError, NotAllowedError, WrongStateError
        If it is not for them, or it is archived or withdrawn.
    """
    return open_all_for_change(work, [asset_id], owned=owned_keys(work.con, work.actor))[asset_id]


def open_all_for_change(work: Work, asset_ids: Sequence[str], *, owned: Collection[int]) -> dict[str, Opened]:
    """Open many entries by their ids, for somebody who may edit all of them.

    Parameters
    ----------
    owned
        Keys of the entries that they look after.

    Raises
    ------
    NotFoundError, NotAllowedError, WrongStateError
        If one is not for them, or is archived or withdrawn.
    """
    opened: dict[str, Opened] = {}
    for some in chunked([one for one in asset_ids if is_asset_id(one)]):
        for row in hold_newest(work.con, asset_table.c.asset_id.in_(some)):
            opened[row.asset_id] = _open(work, row, owned)
    missing = next((one for one in asset_ids if one not in opened), None)
    if missing is not None:
        raise not_found(missing)
    return opened


def hold_newest(con: Connection, these: ColumnElement[bool]) -> Sequence[AnyRow]:
    """Return entries with their newest versions, and keep others from changing them until the transaction ends."""
    # First kept, then read: what they become while we wait for somebody else is read too.
    con.execute(select(asset_table.c.asset_key).where(these).order_by(asset_table.c.asset_key).with_for_update()).all()
    return con.execute(NEWEST.where(these)).all()


def _open(work: Work, row: AnyRow, owned: Collection[int]) -> Opened:
    latest = asset_of(row, row.body)
    subject = subject_of(work, row, asset=latest, owned=owned)
    require_seen(work, row, subject=subject)
    if not subject.is_author:
        require(work.actor, Action.EDIT, subject=subject)
    if row.state in OVER:
        raise WrongStateError(f"This entry is {row.state}.", todo="Bring it back before you change it.")
    return Opened(row, latest, subject)
