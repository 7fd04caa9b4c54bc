"""What an import wrote, taken back entry by entry, as far as nobody has built on it since."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection, select

from dashboard.register.entry import OVER, State, Waiting
from dashboard.register.listed import LeftAlone, TakenBack
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import AnyRow, Work, record, require, subject_of
from dashboard.register.store.editing import send_in
from dashboard.register.store.rows import differing_fields, read_row, read_version
from dashboard.register.store.saving import add_version, change_row, publish_version
from dashboard.register.store.showing import hide
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import list_import_entry, owner
from dashboard.register.taxonomy import Taxonomy

_UNDONE = "import undone"


def take_back(work: Work, import_id: int, *, taxonomy: Taxonomy) -> tuple[TakenBack, frozenset[int]]:
    """Take back everything that an import wrote and that stands as it left it.

    Returns
    -------
    taken_back, left_alone_keys
        The second are the keys of the entries that stay.
    """
    written = select(list_import_entry, asset_table.c.asset_id).join(
        asset_table, asset_table.c.asset_key == list_import_entry.c.asset_key
    )
    of_import = written.where(list_import_entry.c.import_id == import_id).order_by(list_import_entry.c.asset_key)
    rows = work.con.execute(of_import).all()
    built_on = _built_on(work.con, [row.asset_key for row in rows])
    removed, restored, left_alone = [], [], {}
    for one in rows:
        row = read_row(work.con, one.asset_id, to_change=True)
        is_added = one.from_version is None
        if row.asset_key in built_on or not _stands(work.con, row, 1 if is_added else one.from_version + 1):
            left_alone[row.asset_key] = LeftAlone(row.asset_id, read_version(work.con, row, row.latest_version).name)
        elif is_added:
            _remove(work, row)
            removed.append(row.asset_id)
        else:
            _restore(work, row, one.from_version, taxonomy)
            restored.append(row.asset_id)
    return TakenBack(tuple(removed), tuple(restored), tuple(left_alone.values())), frozenset(left_alone)


def _built_on(con: Connection, keys: Collection[int]) -> frozenset[int]:
    """Return which entries a group looks after, or had others merged into them."""
    found: set[int] = set()
    for some in chunked(sorted(keys)):
        found |= set(con.scalars(select(owner.c.asset_key).where(owner.c.asset_key.in_(some))))
        into = asset_table.c.merged_into_key
        found |= set(con.scalars(select(into).where(into.in_(some))))
    return frozenset(found)


def _stands(con: Connection, row: AnyRow, version: int) -> bool:
    """Return whether an entry says what it said in a version, and was not taken off."""
    if row.state in OVER:
        return False
    if row.latest_version == version:
        return True
    return not differing_fields(read_version(con, row, row.latest_version), read_version(con, row, version))


def _remove(work: Work, row: AnyRow) -> None:
    asset = read_version(work.con, row, row.latest_version)
    subject = subject_of(work, row, asset=asset)
    is_archiver = may(work.actor, Action.ARCHIVE, subject=subject)
    require(work.actor, Action.ARCHIVE if is_archiver else Action.WITHDRAW, subject=subject)
    add_version(work, row, replace(asset, source_ref=""), action=_UNDONE)
    state = State.ARCHIVED if is_archiver else State.WITHDRAWN
    change_row(work, row, state=state, waiting=Waiting.NOTHING)
    hide(work, [row.asset_key])
    record(work, str(state), asset_key=row.asset_key)


def _restore(work: Work, row: AnyRow, base: int, taxonomy: Taxonomy) -> None:
    asset = read_version(work.con, row, base)
    subject = subject_of(work, row, asset=read_version(work.con, row, row.latest_version))
    require(work.actor, Action.EDIT, subject=subject)
    version = add_version(work, row, asset, action="restored", detail={"from_version": base})
    shown = read_version(work.con, row, row.published_version) if row.published_version else None
    if shown is not None and not differing_fields(shown, asset):
        publish_version(work, row, version=version, asset=asset, taxonomy=taxonomy)
    else:
        send_in(work, row, asset=asset, version=version, before=subject, taxonomy=taxonomy)
