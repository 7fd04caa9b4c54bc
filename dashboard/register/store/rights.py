"""What somebody may do to one entry, asked before the buttons are drawn; every act asks again."""

from __future__ import annotations

from dashboard.register.entry import State
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import Work, subject_of
from dashboard.register.store.rows import not_found, read_row, read_version


def rights_on(work: Work, asset_id: str) -> frozenset[Action]:
    """Return everything that an actor may do to an entry, its state aside; an author may change their own.

    Raises
    ------
    NotFoundError
        If there is none that this actor may see.
    """
    row = read_row(work.con, asset_id)
    subject = subject_of(work, row, asset=read_version(work.con, row, row.latest_version))
    if row.state != State.PUBLISHED and not may(work.actor, Action.SEE_UNPUBLISHED, subject=subject):
        raise not_found(asset_id)
    allowed = {action for action in Action if may(work.actor, action, subject=subject)}
    return frozenset(allowed | ({Action.EDIT} if subject.is_author else set()))
