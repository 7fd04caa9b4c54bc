"""How edits are saved: conflicts, what the editor could not see, and whether they wait."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from dashboard.register.entry import State, Waiting
from dashboard.register.errors import ConflictError
from dashboard.register.model import Asset
from dashboard.register.rules.permissions import Subject
from dashboard.register.rules.redaction import restore_hidden
from dashboard.register.store.desk import AnyRow, Work
from dashboard.register.store.opened import Opened, open_all_for_change
from dashboard.register.store.rows import differing_fields, read_version, seen_by
from dashboard.register.store.saving import (
    Values,
    add_versions,
    change_row,
    change_rows,
    publish_version,
    require_valid,
    skips_the_queue,
    when_published,
)
from dashboard.register.store.showing import show
from dashboard.register.taxonomy import Taxonomy


class Edit(NamedTuple):
    """An asset as somebody has put it, the same tidied and placed, and the version that they started from."""

    said: Asset
    placed: Asset
    base_version: int


class _Saved(NamedTuple):
    """An edit that changes something: the number of the version it leaves, and what becomes of the entry's row."""

    row: AnyRow
    asset: Asset
    version: int
    values: Values


def edit_entries(
    work: Work,
    edits: Sequence[Edit],
    *,
    submit: bool,
    taxonomy: Taxonomy,
    owned: Collection[int],
) -> list[str]:
    """Save edits, each of another entry and from the version that it started from.

    Parameters
    ----------
    owned
        Keys of the entries that the editor looks after.

    Returns
    -------
    changed_ids
        Of the entries in which something has changed.

    Raises
    ------
    ConflictError
        If an entry has changed since its edit started, and the two differ.
    RegisterError
        If one of them is refused otherwise; then none of them may be kept.
    """
    opened = open_all_for_change(work, [one.said.asset_id for one in edits], owned=owned)
    saved = []
    for edit in edits:
        entry = opened[edit.said.asset_id]
        mine = _judge(work, entry, edit, taxonomy=taxonomy)
        saved += _save(work, entry, mine, submit=submit)
    _write(work, saved, taxonomy=taxonomy)
    return [one.row.asset_id for one in saved]


def send_in(work: Work, row: AnyRow, *, asset: Asset, version: int, before: Subject, taxonomy: Taxonomy) -> None:
    """Publish a version, or let it wait for a reviewer while the last approved one stays."""
    values = _when_sent_in(work, row, asset=asset, version=version, before=before)
    if "published_version" in values:
        publish_version(work, row, version=version, asset=asset, taxonomy=taxonomy)
    else:
        change_row(work, row, **values)


def _judge(work: Work, entry: Opened, edit: Edit, *, taxonomy: Taxonomy) -> Asset:
    """Return what an entry would say after an edit."""
    row, latest, subject = entry
    base_version = edit.base_version
    base = latest if base_version == row.latest_version else read_version(work.con, row, base_version)
    centroid = work.desk.centroid_of(base)
    mine = restore_hidden(edit.placed, base=base, actor=work.actor, subject=subject, centroid=centroid)
    # Only now that what the editor could not see is back: a rough place without it may look like none at all.
    require_valid(mine, desk=work.desk, taxonomy=taxonomy)
    if base_version != row.latest_version and (differing := differing_fields(mine, latest)):
        versions = ((latest, row.latest_version), (base, base_version))
        theirs, started = (seen_by(work, row, asset=one, version=version, subject=subject) for one, version in versions)
        raise ConflictError(
            mine=edit.said, theirs=theirs, base=started, version=row.latest_version, differing=differing
        )
    return mine


def _save(work: Work, entry: Opened, mine: Asset, *, submit: bool) -> list[_Saved]:
    """Return what an edit changes; nothing when it says what is there, unless it sends a draft in."""
    row, latest, subject = entry
    is_draft, is_changed = row.state == State.DRAFT, bool(differing_fields(mine, latest))
    if not is_changed and not (submit and is_draft):
        return []
    asset, version = (mine, int(row.latest_version) + 1) if is_changed else (latest, int(row.latest_version))
    values: Values = {}
    if submit or not is_draft:
        values = _when_sent_in(work, row, asset=asset, version=version, before=subject)
    return [_Saved(row, asset, version, values)]


def _when_sent_in(work: Work, row: AnyRow, *, asset: Asset, version: int, before: Subject) -> Values:
    if skips_the_queue(work, before=before, after=asset, has_waiting_edit=row.waiting != Waiting.NOTHING):
        return when_published(version)
    if row.state == State.PUBLISHED:
        return {"waiting": Waiting.SUBMITTED, "note": ""}
    return {"state": State.SUBMITTED, "note": ""}


def _write(work: Work, saved: Sequence[_Saved], *, taxonomy: Taxonomy) -> None:
    new = [(one.row, one.asset) for one in saved if one.version > one.row.latest_version]
    add_versions(work, new, action="edited")
    change_rows(work, [(one.row, one.values) for one in saved if one.values])
    shown = [(one.row.asset_key, one.version, one.asset) for one in saved if "published_version" in one.values]
    show(work, shown, taxonomy=taxonomy)
