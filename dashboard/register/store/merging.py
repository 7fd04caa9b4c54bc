"""Merge two entries for one thing, and take a merge apart again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import insert, select, update

from dashboard.register.actor import Actor
from dashboard.register.entry import OVER, Entry, State, Waiting
from dashboard.register.errors import ConflictError, NotFoundError, WrongStateError
from dashboard.register.model import VERSIONED_FIELDS, Asset
from dashboard.register.rules.licences import join_licences
from dashboard.register.rules.permissions import Action, Subject
from dashboard.register.store.desk import AnyRow, Desk, Work, record, require, subject_of
from dashboard.register.store.rows import differing_fields, read_row, read_version, shown_entry
from dashboard.register.store.saving import add_version, change_row, prepare, publish_version
from dashboard.register.store.settings import read_terms
from dashboard.register.store.showing import hide
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import merge as merge_table


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A merge that was made.

    Parameters
    ----------
    merge_id
        What undoing it asks for.
    kept
        The entry that stays.
    left_alone
        After undoing: fields that somebody has changed since the merge; they stay as they are.
    """

    merge_id: int
    kept: Entry
    left_alone: tuple[str, ...] = ()


class Merging:
    """Merges, made by a reviewer of both entries."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def merge(
        self, *, kept_id: str, other_id: str, merged: Asset, kept_version: int, actor: Actor, why: str = ""
    ) -> Merged:
        """Publish the merged fields under one entry, and archive the other.

        Parameters
        ----------
        merged
            What the reviewer chose, field by field.
        kept_version
            The newest version of the kept entry that the reviewer looked at.

        Raises
        ------
        ConflictError
            If the kept entry has changed since.
        WrongStateError
            If the two are one, or either is archived or withdrawn.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            # In one order for everyone, so that two reviewers never wait for each other.
            rows = {one: self._open(work, one) for one in sorted({kept_id, other_id})}
            if kept_id == other_id:
                raise WrongStateError("An entry cannot be merged with itself.", todo="Choose two entries.")
            kept, other = rows[kept_id], rows[other_id]
            _refuse_over(kept, other)
            before, away = (read_version(con, row, row.latest_version) for row in (kept, other))
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            after = prepare(_of_kept(merged, before=before, away=away), desk=self._desk, taxonomy=taxonomy)
            require(actor, Action.MERGE, subject=Subject(areas=self._desk.areas_of(after)))
            if kept_version != kept.latest_version:
                differing = differing_fields(after, before)
                version = kept.latest_version
                raise ConflictError(mine=merged, theirs=before, base=before, version=version, differing=differing)
            version = add_version(work, kept, after, action="merged", detail={"other": other_id})
            publish_version(work, kept, version=version, asset=after, taxonomy=taxonomy)
            change_row(work, other, state=State.ARCHIVED, waiting=Waiting.NOTHING, merged_into_key=kept.asset_key)
            hide(work, [other.asset_key])
            record(work, "merged away", asset_key=other.asset_key, detail={"kept": kept_id})
            row = {"kept_key": kept.asset_key, "other_key": other.asset_key, "before_version": version - 1}
            row |= {"after_version": version, "other_state": other.state, "at": self._desk.clock()}
            merge_id = con.scalar(insert(merge_table).values(row).returning(merge_table.c.merge_id))
            return Merged(merge_id=int(merge_id or 0), kept=shown_entry(work, kept_id))

    def undo(self, merge_id: int, *, actor: Actor, why: str = "") -> Merged:
        """Take a merge apart: the other entry is back, and the kept one has its fields of before.

        A field of the kept entry that somebody has changed since the merge stays as it is.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = con.execute(select(merge_table).where(merge_table.c.merge_id == merge_id)).one_or_none()
            if row is None or row.undone_at is not None:
                raise NotFoundError("There is no such merge to undo.", todo="Look at the entry's history.")
            kept, other = (self._open(work, self._id(work, key)) for key in (row.kept_key, row.other_key))
            _refuse_over(kept)
            left_alone = self._undo_kept(work, kept, row)
            self._undo_other(work, other, row)
            done = update(merge_table).where(merge_table.c.merge_id == merge_id)
            con.execute(done.values(undone_at=self._desk.clock()))
            return Merged(merge_id=merge_id, kept=shown_entry(work, kept.asset_id), left_alone=left_alone)

    def _undo_kept(self, work: Work, kept: AnyRow, row: AnyRow) -> tuple[str, ...]:
        numbers = (row.before_version, row.after_version, kept.latest_version)
        before, after, now = (read_version(work.con, kept, number) for number in numbers)
        is_since = {name: getattr(now, name) != getattr(after, name) for name in VERSIONED_FIELDS}
        merged = differing_fields(before, after)
        restored = {name: getattr(before, name) for name in merged if not is_since[name]}
        taxonomy = read_terms(work.con, self._desk.shipped_taxonomy)
        version = add_version(work, kept, replace(now, **restored), action="merge undone")
        publish_version(work, kept, version=version, asset=replace(now, **restored), taxonomy=taxonomy)
        return tuple(name for name in merged if is_since[name])

    def _undo_other(self, work: Work, other: AnyRow, row: AnyRow) -> None:
        # What its owner has withdrawn meanwhile stays withdrawn.
        state = other.state if other.state == State.WITHDRAWN else row.other_state
        change_row(work, other, state=state, merged_into_key=None)
        record(work, "unmerged", asset_key=other.asset_key)
        if state == State.PUBLISHED:
            shown = read_version(work.con, other, other.published_version)
            taxonomy = read_terms(work.con, self._desk.shipped_taxonomy)
            publish_version(work, other, version=other.published_version, asset=shown, taxonomy=taxonomy)

    @staticmethod
    def _open(work: Work, asset_id: str) -> AnyRow:
        row = read_row(work.con, asset_id, to_change=True)
        subject = subject_of(work, row, asset=read_version(work.con, row, row.latest_version))
        require(work.actor, Action.MERGE, subject=subject)
        return row

    @staticmethod
    def _id(work: Work, key: int) -> str:
        return str(work.con.scalar(select(asset_table.c.asset_id).where(asset_table.c.asset_key == key)))


def _refuse_over(*rows: AnyRow) -> None:
    for row in rows:
        if row.state in OVER:
            todo = "Bring it back first; one that was merged comes back when its merge is undone."
            raise WrongStateError(f"“{row.asset_id}” is {row.state}.", todo=todo)


def _of_kept(merged: Asset, *, before: Asset, away: Asset) -> Asset:
    """Return what was chosen as the kept entry says it: of its own list, and with both licences if it takes of both."""
    own = replace(merged, asset_id=before.asset_id, trust=before.trust, source=before.source,
                  source_ref=before.source_ref, licence=before.licence)  # fmt: skip
    is_taken = any(getattr(own, name) == getattr(away, name) for name in differing_fields(before, own))
    return replace(own, licence=join_licences(before.licence, away.licence)) if is_taken else own
