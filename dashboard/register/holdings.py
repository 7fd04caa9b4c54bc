"""What the register holds already, for whoever brings in a list: as they may see it, in its newest version."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.duplicates.traits import traits_of
from dashboard.register.entry import OVER, State
from dashboard.register.exchange.plan import Compared, KnownEntry
from dashboard.register.model import Asset, Precision
from dashboard.register.rules.permissions import NOTHING, Action, may
from dashboard.register.rules.redaction import redact
from dashboard.register.store.compared import read_compared
from dashboard.register.store.desk import AnyRow, Desk, Work, owned_keys, require, subject_of
from dashboard.register.store.references import holders_of
from dashboard.register.store.rows import NEWEST, SHOWN, asset_of
from dashboard.register.store.upsert import chunked
from dashboard.register.tables import asset as asset_table


class Holdings:
    """Known entries through the eyes of one actor.

    Raises
    ------
    NotAllowedError
        If they may not bring in a list.
    """

    def __init__(self, desk: Desk, *, actor: Actor) -> None:
        require(actor, Action.ADD)
        self._desk, self._actor = desk, actor
        self._sees_contacts = may(actor, Action.SEE_PARTNER_FIELDS)

    def of_source(self, source: str) -> Mapping[str, KnownEntry]:
        """Return the entries of which a source speaks, by their reference in it.

        They came from it, or somebody has said that its row is an entry of another list. Those that were archived or
        withdrawn, and those that this actor may not see, are among them, closed: a list that names one again neither
        brings it back nor adds it twice. What this actor may not see says nothing but its id.
        """
        with self._desk.database.reading() as con:
            owned = owned_keys(con, self._actor)
            work = Work(con, self._desk, self._actor)
            return {
                ref: self._listed(work, row, said, owned=owned, is_merged=is_merged)
                for ref, (row, said, is_merged) in holders_of(con, source).items()
            }

    def of_ids(self, asset_ids: Collection[str]) -> Mapping[str, Sequence[Asset]]:
        """Return published entries by their own ids, each as our exports may say it: to everyone, and to this actor."""
        found: dict[str, Sequence[Asset]] = {}
        with self._desk.database.reading() as con:
            for some in chunked(sorted(asset_ids)):
                for row in con.execute(SHOWN.where(asset_table.c.asset_id.in_(some))):
                    asset = asset_of(row, row.body)
                    centroid = self._desk.centroid_of(asset)
                    found[row.asset_id] = [
                        redact(asset, actor=actor, centroid=centroid) for actor in (THE_PUBLIC, self._actor)
                    ]
        return found

    def compared(self) -> Compared:
        """Return what is compared of every entry that is neither archived nor withdrawn and that this actor may see."""
        with self._desk.database.reading() as con:
            held = read_compared(con, is_sqlite=self._desk.database.is_sqlite)
        plain = {key: traits for key, traits, is_plain in held if is_plain and self._sees_contacts}
        others = [key for key, _, _ in held if key not in plain]
        seen = {key: traits_of(one.asset) for key, one in self.known(others).items() if not one.is_closed}
        found = {key: plain.get(key) or seen.get(key) for key, _, _ in held}
        compared = {key: traits for key, traits in found.items() if traits is not None}
        return Compared(list(compared), list(compared.values()))

    def known(self, keys: Collection[int]) -> Mapping[int, KnownEntry]:
        """Return entries by the keys that `compared` gave them."""
        found: dict[int, KnownEntry] = {}
        with self._desk.database.reading() as con:
            owned = owned_keys(con, self._actor)
            work = Work(con, self._desk, self._actor)
            for some in chunked(sorted(keys)):
                for row in con.execute(NEWEST.where(asset_table.c.asset_key.in_(some))).all():
                    found[row.asset_key] = self._known(work, row, owned=owned)
        return found

    def _listed(self, work: Work, row: AnyRow, said: str, *, owned: Collection[int], is_merged: bool) -> KnownEntry:
        """Return the entry that a row of a list speaks of.

        A reviewer has chosen field by field what the entry says that came of a merge: a list that may be saying
        nothing new does not choose again.
        """
        known = self._known(work, row, owned=owned)
        return replace(known, said=said, is_closed=known.is_closed or (is_merged and not said))

    def _known(self, work: Work, row: AnyRow, *, owned: Collection[int]) -> KnownEntry:
        asset = asset_of(row, row.body)
        is_plain = row.state == State.PUBLISHED and asset.place.precision is not Precision.ROUGH
        if is_plain and self._sees_contacts:
            return KnownEntry(asset, row.latest_version)
        subject = NOTHING if is_plain else subject_of(work, row, asset=asset, owned=owned)
        is_seen = row.state == State.PUBLISHED or may(self._actor, Action.SEE_UNPUBLISHED, subject=subject)
        if not is_seen:
            return KnownEntry(Asset(asset_id=asset.asset_id, name="", kind=""), row.latest_version, is_closed=True)
        shown = redact(asset, actor=self._actor, subject=subject, centroid=self._desk.centroid_of(asset))
        return KnownEntry(shown, row.latest_version, is_closed=row.state in OVER)
