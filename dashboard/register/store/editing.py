"""How one edit is saved: rights, conflicts, what the editor could not see, and whether it waits."""

from __future__ import annotations

from dashboard.register.entry import OVER, State, Waiting
from dashboard.register.errors import ConflictError, WrongStateError
from dashboard.register.model import Asset
from dashboard.register.rules.permissions import Action, Subject
from dashboard.register.rules.redaction import restore_hidden
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.desk import AnyRow, Work, require
from dashboard.register.store.rows import differing_fields, open_to_see, read_version, seen_by
from dashboard.register.store.saving import (
    add_version,
    change_row,
    place_assets,
    publish_version,
    require_valid,
    skips_the_queue,
)
from dashboard.register.taxonomy import Taxonomy


def open_for_change(work: Work, asset_id: str) -> tuple[AnyRow, Asset, Subject]:
    """Return an entry's row, newest version and subject, for somebody who may edit it, and keep others waiting.

    Raises
    ------
    NotFoundError, NotAllowedError, WrongStateError
        If it is not for them, or it is archived or withdrawn.
    """
    row, latest, subject = open_to_see(work, asset_id, to_change=True)
    if not subject.is_author:
        require(work.actor, Action.EDIT, subject=subject)
    if row.state in OVER:
        raise WrongStateError(f"This entry is {row.state}.", todo="Bring it back before you change it.")
    return row, latest, subject


def edit_entry(
    work: Work, edited: Asset, *, base_version: int, submit: bool, taxonomy: Taxonomy, is_placed: bool = False
) -> bool:
    """Save an edit, and return whether it changed anything.

    Parameters
    ----------
    is_placed
        Whether it was tidied and placed already, together with others.

    Raises
    ------
    ConflictError
        If the entry has changed since `base_version` and the two differ.
    """
    row, latest, subject = open_for_change(work, edited.asset_id)
    base = latest if base_version == row.latest_version else read_version(work.con, row, base_version)
    centroid = work.desk.centroid_of(base)
    placed = edited if is_placed else place_assets([tidy_asset(edited)], desk=work.desk)[0]
    mine = restore_hidden(placed, base=base, actor=work.actor, subject=subject, centroid=centroid)
    # Only now that what the editor could not see is back: a rough place without it may look like none at all.
    require_valid(mine, desk=work.desk, taxonomy=taxonomy)
    differing = differing_fields(mine, latest)
    if differing and base_version != row.latest_version:
        versions = ((latest, row.latest_version), (base, base_version))
        theirs, started = (seen_by(work, row, asset=one, version=version, subject=subject) for one, version in versions)
        raise ConflictError(mine=edited, theirs=theirs, base=started, version=row.latest_version, differing=differing)
    if not differing:
        return _settle_unchanged(work, row, asset=latest, before=subject, submit=submit, taxonomy=taxonomy)
    version = add_version(work, row, mine, action="edited")
    if submit or row.state != State.DRAFT:
        send_in(work, row, asset=mine, version=version, before=subject, taxonomy=taxonomy)
    return True


def send_in(work: Work, row: AnyRow, *, asset: Asset, version: int, before: Subject, taxonomy: Taxonomy) -> None:
    """Publish a version, or let it wait for a reviewer while the last approved one stays."""
    if skips_the_queue(work, before=before, after=asset, has_waiting_edit=row.waiting != Waiting.NOTHING):
        publish_version(work, row, version=version, asset=asset, taxonomy=taxonomy)
    elif row.state == State.PUBLISHED:
        change_row(work, row, waiting=Waiting.SUBMITTED, note="")
    else:
        change_row(work, row, state=State.SUBMITTED, note="")


def _settle_unchanged(
    work: Work, row: AnyRow, *, asset: Asset, before: Subject, submit: bool, taxonomy: Taxonomy
) -> bool:
    """Send in a draft that was saved again without a change; otherwise do nothing at all."""
    if submit and row.state == State.DRAFT:
        send_in(work, row, asset=asset, version=row.latest_version, before=before, taxonomy=taxonomy)
        return True
    return False
