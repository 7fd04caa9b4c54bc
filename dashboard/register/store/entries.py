"""Add, read and edit entries; confirm them; take them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from dashboard.register.actor import Actor
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.errors import WrongStateError
from dashboard.register.json_form import plain
from dashboard.register.model import Asset
from dashboard.register.rules.freshness import confirm_trust
from dashboard.register.rules.permissions import Action, may
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.bringing import add_and_edit
from dashboard.register.store.desk import CONFIRMED, Desk, Work, owned_keys, record, require, subject_of
from dashboard.register.store.editing import Edit, edit_entries, send_in
from dashboard.register.store.opened import open_for_change
from dashboard.register.store.rights import rights_on
from dashboard.register.store.rows import open_to_see, read_row, read_version, shown_entry
from dashboard.register.store.saving import add_entries, change_row, place_assets, prepare
from dashboard.register.store.settings import read_register_settings, read_terms
from dashboard.register.store.showing import hide, show


class Entries:
    """Entries, one at a time or a batch in one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(self, asset: Asset, *, actor: Actor, why: str = "", submit: bool = True) -> Entry:
        """Add an entry: published at once, sent in for review, or kept as a draft.

        Raises
        ------
        NotAllowedError, InvalidEntryError
            If they may not, or the entry breaks a rule.
        """
        require(actor, Action.ADD)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            made = [prepare(asset, desk=self._desk, taxonomy=taxonomy)]
            (asset_id,) = add_entries(work, made, taxonomy=taxonomy, submit=submit)
            return shown_entry(work, asset_id)

    def bring_in(
        self, adds: Sequence[Asset], *, actor: Actor, edits: Sequence[tuple[Asset, int]] = (), why: str = ""
    ) -> tuple[list[str], list[str]]:
        """Add and edit many in one transaction: all of them, or none when one is refused.

        Parameters
        ----------
        edits
            Each an asset with its id, and the version that the edit started from.

        Returns
        -------
        added_ids, changed_ids
            An edit that changes nothing is not among the changed.
        """
        require(actor, Action.ADD)
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            return add_and_edit(work, adds, edits, taxonomy=taxonomy)

    def get(self, asset_id: str, *, actor: Actor, newest: bool = False) -> Entry:
        """Return an entry as published, or with `newest` as last edited, for those who may edit it.

        Raises
        ------
        NotFoundError
            If there is none that this actor may see.
        """
        with self._desk.database.reading() as con:
            work = Work(con, self._desk, actor)
            row, _, subject = open_to_see(work, asset_id)
            shows_newest = row.published_version is None or (newest and may(actor, Action.EDIT, subject=subject))
            return shown_entry(work, asset_id, version=None if shows_newest else row.published_version)

    def rights(self, asset_id: str, *, actor: Actor) -> frozenset[Action]:
        """Return what an actor may do to an entry that they may see."""
        with self._desk.database.reading() as con:
            return rights_on(Work(con, self._desk, actor), asset_id)

    def edit(
        self, asset_id: str, asset: Asset, *, base_version: int, actor: Actor, why: str = "", submit: bool = True
    ) -> Entry:
        """Save an edit that started from a version.

        Raises
        ------
        ConflictError
            If somebody else has changed the entry since; it holds both versions, and nothing is written.
        NotAllowedError, NotFoundError, WrongStateError, InvalidEntryError
            If they may not, it is not there, it is archived or withdrawn, or the edit breaks a rule.
        """
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            said = replace(asset, asset_id=asset_id)
            (placed,) = place_assets([tidy_asset(said)], desk=self._desk)
            edits, owned = [Edit(said, placed, base_version)], owned_keys(con, actor)
            edit_entries(work, edits, submit=submit, taxonomy=taxonomy, owned=owned)
            return shown_entry(work, asset_id)

    def submit(self, asset_id: str, *, actor: Actor) -> Entry:
        """Send a draft in; a reviewer's or a trusted contributor's is published at once."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor)
            row, latest, subject = open_for_change(work, asset_id)
            if row.state != State.DRAFT and row.waiting != Waiting.RETURNED:
                raise WrongStateError("This entry is not a draft.", todo="There is nothing to send in.")
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            send_in(work, row, asset=latest, version=row.latest_version, before=subject, taxonomy=taxonomy)
            record(work, "submitted", asset_key=row.asset_key, version=row.latest_version)
            return shown_entry(work, asset_id)

    def confirm(self, asset_id: str, *, actor: Actor, why: str = "") -> Entry:
        """Confirm, in the name of the actor's organisation, that an entry is right today."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row, latest, subject = open_for_change(work, asset_id)
            require(actor, Action.CONFIRM, subject=subject)
            if row.state != State.PUBLISHED:
                raise WrongStateError("Only a published entry can be confirmed.", todo="Publish it first.")
            every = read_register_settings(con).check_every_days
            trust = confirm_trust(on=self._desk.today(), by=actor.organisation or actor.name, check_every_days=every)
            detail = {"before": plain(asdict(latest.trust)), "after": plain(asdict(trust))}
            change_row(work, row, **asdict(trust))
            record(work, CONFIRMED, asset_key=row.asset_key, detail=detail)
            shown = read_version(con, read_row(con, asset_id), row.published_version)
            taxonomy = read_terms(con, self._desk.shipped_taxonomy)
            show(work, [(row.asset_key, row.published_version, shown)], taxonomy=taxonomy)
            return shown_entry(work, asset_id, version=row.published_version)

    def withdraw(self, asset_id: str, *, actor: Actor, why: str = "") -> Entry:
        """Take an entry back; its owner may at any time, and whoever added it until it is published."""
        with self._desk.database.writing() as con:
            work = Work(con, self._desk, actor, why)
            row = read_row(con, asset_id, to_change=True)
            latest = read_version(con, row, row.latest_version)
            require(actor, Action.WITHDRAW, subject=subject_of(work, row, asset=latest))
            change_row(work, row, state=State.WITHDRAWN, waiting=Waiting.NOTHING)
            hide(work, [row.asset_key])
            record(work, "withdrawn", asset_key=row.asset_key)
            return shown_entry(work, asset_id)
