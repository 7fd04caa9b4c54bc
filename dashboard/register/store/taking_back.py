"""What an import wrote, taken back entry by entry, as far as nobody has built on it since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, insert, select, update

from dashboard.register.entry import OVER, State, Waiting
from dashboard.register.listed import LeftAlone, TakenBack
from dashboard.register.progress import AT_ONCE, Progress
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import AnyRow, Work, on_many, owned_keys, record_all, require, subject_of
from dashboard.register.store.editing import send_in
from dashboard.register.store.opened import hold_newest
from dashboard.register.store.rows import asset_of, body_of, differing_fields, read_version
from dashboard.register.store.saving import add_version, publish_version
from dashboard.register.store.showing import hide, show
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, list_import_entry, owner
from dashboard.register.taxonomy import Taxonomy

_UNDONE = "import undone"


def take_back(
    work: Work, import_id: int, *, taxonomy: Taxonomy, progress: Progress
) -> tuple[TakenBack, frozenset[int]]:
    """Take back everything that an import wrote and that stands as it left it.

    Parameters
    ----------
    progress
        Told how many entries have been looked at, of how many.

    Returns
    -------
    taken_back, left_alone_keys
        The second are the keys of the entries that stay.
    """
    of_import = select(list_import_entry).where(list_import_entry.c.import_id == import_id)
    rows = work.con.execute(of_import.order_by(list_import_entry.c.asset_key)).all()
    work = on_many(work)
    owned, restoring = owned_keys(work.con, work.actor), replace(work, put_off=[])
    removed, restored, left_alone = list[str](), list[str](), dict[int, LeftAlone]()
    for some in chunked(rows, at_once=AT_ONCE):
        these = asset_table.c.asset_key.in_([one.asset_key for one in some])
        found = {row.asset_key: row for row in hold_newest(work.con, these)}
        built_on = _built_on(work.con, found)
        going = []
        for one in some:
            row, is_added = found[one.asset_key], one.from_version is None
            if row.asset_key in built_on or not _stands(work.con, row, 1 if is_added else one.from_version + 1):
                left_alone[row.asset_key] = LeftAlone(row.asset_id, asset_of(row, row.body).name)
            elif is_added:
                going.append(row)
            else:
                _restore(restoring, row, one.from_version, taxonomy)
                restored.append(row.asset_id)
        _remove(work, going, owned=owned)
        removed += [row.asset_id for row in going]
        progress(len(removed) + len(restored) + len(left_alone), len(rows))
    show(work, restoring.put_off or (), taxonomy=taxonomy)
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


def _remove(work: Work, rows: Sequence[AnyRow], *, owned: Collection[int]) -> None:
    """Take entries off, and let each forget its reference, so that a better list may bring it anew."""
    by_state: dict[State, list[AnyRow]] = {}
    for row in rows:
        by_state.setdefault(_state_after(work, row, owned=owned), []).append(row)
    for state, some in by_state.items():
        versions = [{"asset_key": row.asset_key, "version": row.latest_version + 1} for row in some]
        bodies = [body_of(replace(asset_of(row, row.body), source_ref="")) for row in some]
        work.con.execute(
            insert(asset_version), [{**one, "body": body} for one, body in zip(versions, bodies, strict=True)]
        )
        changed = update(asset_table).where(asset_table.c.asset_key == bindparam("key")).values(
            latest_version=bindparam("version"), source_ref="", state=str(state), waiting=str(Waiting.NOTHING),
            changed_at=work.desk.clock(),
        )  # fmt: skip
        work.con.execute(changed, [{"key": one["asset_key"], "version": one["version"]} for one in versions])
        hide(work, [row.asset_key for row in some])
        record_all(work, _UNDONE, versions)
        record_all(work, str(state), [{"asset_key": row.asset_key} for row in some])


def _state_after(work: Work, row: AnyRow, *, owned: Collection[int]) -> State:
    """Return whether somebody archives an entry, or withdraws it.

    Raises
    ------
    NotAllowedError
        If they may do neither.
    """
    subject = subject_of(work, row, asset=asset_of(row, row.body), owned=owned)
    if may(work.actor, Action.ARCHIVE, subject=subject):
        return State.ARCHIVED
    require(work.actor, Action.WITHDRAW, subject=subject)
    return State.WITHDRAWN


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
