"""Take a whole list back that was brought in, as far as nobody has built on it since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.register.actor import Actor
from dashboard.register.entry import State, Waiting
from dashboard.register.rules.permissions import Action, may
from dashboard.register.store.desk import AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.editing import send_in
from dashboard.register.store.rows import differing_fields, read_row, read_version
from dashboard.register.store.saving import add_version, change_row, publish_version
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import hide
from dashboard.register.taxonomy import Taxonomy

_OVER = (State.ARCHIVED, State.WITHDRAWN)
_UNDONE = "import undone"


@dataclass(frozen=True)
class TakenBack:
    """What undoing an import did.

    Parameters
    ----------
    removed, restored, left_alone
        Ids: entries no longer shown; entries as they were before; entries that somebody has changed since.
    """

    removed: tuple[str, ...]
    restored: tuple[str, ...]
    left_alone: tuple[str, ...]


class Imports:
    """Lists that were brought in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def undo(
        self, *, added: Sequence[str], changed: Sequence[tuple[str, int]], actor: Actor, why: str = ""
    ) -> TakenBack:
        """Take an import back in one transaction.

        What it added is archived by a reviewer, or withdrawn by whoever brought it while it waits, and forgets its
        reference, so that a better list may bring it anew.

        Parameters
        ----------
        changed
            Each an id, and the version that the import's edit started from.

        Raises
        ------
        NotAllowedError
            If they may not take back one of them; then nothing is.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            removed = {one: self._remove(work, one) for one in added}
            restored = {one: self._restore(work, one, base, taxonomy) for one, base in changed}
            both = {**removed, **restored}
            return TakenBack(
                removed=tuple(one for one, is_done in removed.items() if is_done),
                restored=tuple(one for one, is_done in restored.items() if is_done),
                left_alone=tuple(one for one, is_done in both.items() if not is_done),
            )

    @staticmethod
    def _remove(work: Work, asset_id: str) -> bool:
        row = read_row(work.con, asset_id, to_change=True)
        if row.latest_version != 1 or row.state in _OVER:
            return False
        asset = read_version(work.con, row, 1)
        subject = subject_of(work, row, asset=asset)
        is_archiver = may(work.actor, Action.ARCHIVE, subject=subject)
        require(work.actor, Action.ARCHIVE if is_archiver else Action.WITHDRAW, subject=subject)
        add_version(work, row, replace(asset, source_ref=""), action=_UNDONE)
        state = State.ARCHIVED if is_archiver else State.WITHDRAWN
        change_row(work, row, state=state, waiting=Waiting.NOTHING)
        hide(work, [row.asset_key])
        record(work, str(state), asset_key=row.asset_key)
        return True

    @staticmethod
    def _restore(work: Work, asset_id: str, base: int, taxonomy: Taxonomy) -> bool:
        row: AnyRow = read_row(work.con, asset_id, to_change=True)
        if row.latest_version != base + 1 or row.state in _OVER:
            return False
        asset = read_version(work.con, row, base)
        subject = subject_of(work, row, asset=read_version(work.con, row, row.latest_version))
        require(work.actor, Action.EDIT, subject=subject)
        version = add_version(work, row, asset, action="restored", detail={"from_version": base})
        shown = read_version(work.con, row, row.published_version) if row.published_version else None
        if shown is not None and not differing_fields(shown, asset):
            publish_version(work, row, version=version, asset=asset, taxonomy=taxonomy)
        else:
            send_in(work, row, asset=asset, version=version, before=subject, taxonomy=taxonomy)
        return True
