"""What somebody may do to one entry, asked before the buttons are drawn; every act asks again."""

from __future__ import annotations

from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import Work
from dashboard.register.store.rows import open_to_see


def rights_on(work: Work, asset_id: str) -> frozenset[Action]:
    """Return everything that an actor may do to an entry, its state aside; an author may change their own.

    Raises
    ------
    NotFoundError
        If there is none that this actor may see.
    """
    _, _, subject = open_to_see(work, asset_id)
    allowed = {action for action in Action if may(work.actor, action, subject=subject)}
    return frozenset(allowed | ({Action.EDIT} if subject.is_author else set()))
