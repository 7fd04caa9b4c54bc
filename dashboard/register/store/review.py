"""What reviewers do: publish, return with a question, archive, bring back; and the queues they work from."""

from __future__ import annotations

from sqlalchemy import select

from dashboard.register.actor import Actor
from dashboard.register.entry import OVER, Entry, State, Waiting
from dashboard.register.errors import ConflictError, WrongStateError
from dashboard.register.rules.permissions import Action, Subject
from dashboard.register.rules.text import clean_words
from dashboard.register.store.desk import AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.rows import differing_fields, read_row, read_version, shown_entry
from dashboard.register.store.saving import change_row, publish_version
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import hide
from dashboard.register.tables import event

# What is on record of an entry that its owner has brought back to where a reviewer had put it.
_TO_ARCHIVE = {"state": str(State.ARCHIVED)}


class Review:
    """The work of a reviewer, everywhere or in the areas of their own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def publish(self, asset_id: str, *, version: int, actor: Actor, why: str = "") -> Entry:
        """Publish the version that the reviewer has looked at.

        Raises
        ------
        ConflictError
            If somebody has changed the entry since.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = self._row_to(work, asset_id, Action.PUBLISH)
            if row.state in OVER:
                raise WrongStateError(f"This entry is {row.state}.", todo="Bring it back first.")
            latest = read_version(con, row, row.latest_version)
            require(actor, Action.PUBLISH, subject=Subject(areas=self._desk.areas_of(latest)))
            if version != row.latest_version:
                looked_at = read_version(con, row, version)
                differing = differing_fields(looked_at, latest)
                raise ConflictError(
                    mine=looked_at, theirs=latest, base=looked_at, version=row.latest_version, differing=differing
                )
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            publish_version(work, row, version=version, asset=latest, taxonomy=taxonomy)
            record(work, "published", asset_key=row.asset_key, version=version)
            return shown_entry(work, asset_id)

    def return_with_question(self, asset_id: str, *, note: str, actor: Actor) -> Entry:
        """Send an entry, or an edit of one, back to whoever sent it in, with a question."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, clean_words(note))
            row = self._row_to(work, asset_id, Action.PUBLISH)
            if row.state == State.SUBMITTED:
                change_row(work, row, state=State.DRAFT, note=work.why)
            elif row.waiting == Waiting.SUBMITTED:
                change_row(work, row, waiting=Waiting.RETURNED, note=work.why)
            else:
                raise WrongStateError("Nothing of this entry waits for review.", todo="Look at the queue again.")
            record(work, "returned", asset_key=row.asset_key, version=row.latest_version)
            return shown_entry(work, asset_id)

    def archive(self, asset_id: str, *, actor: Actor, why: str = "") -> Entry:
        """Take an entry off the map and keep it."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = self._row_to(work, asset_id, Action.ARCHIVE)
            if row.state == State.WITHDRAWN:
                raise WrongStateError(
                    "This entry was withdrawn by its owner.", todo="Only its owner can bring it back."
                )
            change_row(work, row, state=State.ARCHIVED, waiting=Waiting.NOTHING)
            hide(work, [row.asset_key])
            record(work, "archived", asset_key=row.asset_key)
            return shown_entry(work, asset_id)

    def bring_back(self, asset_id: str, *, actor: Actor, why: str = "") -> Entry:
        """Bring an archived entry back (a reviewer), or a withdrawn one (its owner), as it was last published.

        One that a reviewer had archived before its owner withdrew it is archived again: that is the reviewer's to end.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = read_row(con, asset_id, to_change=True)
            actions = {State.ARCHIVED: Action.ARCHIVE, State.WITHDRAWN: Action.WITHDRAW}
            if row.state not in actions or row.merged_into_key is not None:
                todo = "An entry that was merged comes back when the merge is undone."
                raise WrongStateError("This entry is neither archived nor withdrawn.", todo=todo)
            latest = read_version(con, row, row.published_version or row.latest_version)
            require(actor, actions[State(row.state)], subject=subject_of(work, row, asset=latest))
            was_archived = row.state == State.WITHDRAWN and _was_archived(work, row)
            record(work, "brought back", asset_key=row.asset_key, detail=_TO_ARCHIVE if was_archived else None)
            if was_archived:
                change_row(work, row, state=State.ARCHIVED, waiting=Waiting.NOTHING)
            elif row.published_version is None:
                change_row(work, row, state=State.DRAFT, waiting=Waiting.NOTHING)
            else:
                taxonomy = read_terms(con, self._desk.shipped_taxonomy)
                publish_version(work, row, version=row.published_version, asset=latest, taxonomy=taxonomy)
            return shown_entry(work, asset_id)

    @staticmethod
    def _row_to(work: Work, asset_id: str, action: Action) -> AnyRow:
        row = read_row(work.con, asset_id, to_change=True)
        subject = subject_of(work, row, asset=read_version(work.con, row, row.latest_version))
        require(work.actor, action, subject=subject)
        return row


def _was_archived(work: Work, row: AnyRow) -> bool:
    """Return whether an entry that was withdrawn had been archived by a reviewer before."""
    turns = event.c.action.in_(["archived", "brought back", "unmerged"])
    latest = select(event).where(event.c.asset_key == row.asset_key, turns).order_by(event.c.event_id.desc())
    turn = work.con.execute(latest.limit(1)).one_or_none()
    return turn is not None and (turn.action == "archived" or turn.detail == _TO_ARCHIVE)
