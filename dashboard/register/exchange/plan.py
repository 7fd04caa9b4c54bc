"""What an import would do, before it does anything: rows to add, to update, likely duplicates, errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.register.duplicates.traits import Traits
from dashboard.register.exchange.drafts import Draft, RowProblem
from dashboard.register.listed import Reference
from dashboard.register.model import Asset


@dataclass(frozen=True)
class KnownEntry:
    """An entry in its newest version, and the number of that version.

    Parameters
    ----------
    is_closed
        Whether it was archived or withdrawn, or is not for this person to see: it is left alone.
    said
        What the row of the list, by whose reference it was found, said last (a digest); empty when nobody knows.
    """

    asset: Asset
    version: int
    is_closed: bool = False
    said: str = ""


@dataclass(frozen=True)
class Compared:
    """What is compared of entries: little, so that a hundred thousand are at hand in seconds."""

    keys: Sequence[int]
    traits: Sequence[Traits]


class Holdings(Protocol):
    """What the register holds already."""

    def of_source(self, source: str) -> Mapping[str, KnownEntry]:
        """Return the entries of which a source speaks, by their reference in it."""

    def of_ids(self, asset_ids: Collection[str]) -> Mapping[str, Sequence[Asset]]:
        """Return published entries by their own ids, each as our exports may say it, to everyone or to this person."""

    def compared(self) -> Compared:
        """Return what is compared of every entry that is not archived or withdrawn."""

    def known(self, keys: Collection[int]) -> Mapping[int, KnownEntry]:
        """Return entries by the keys that `compared` gave them."""


@dataclass(frozen=True, kw_only=True)
class PlannedUpdate:
    """A row that changes an entry.

    Parameters
    ----------
    before, asset
        As it is, and as it would be, with its id.
    version
        The version that the change starts from.
    changed
        The fields that would differ.
    reference
        By which the row is known again.
    """

    row: int
    before: Asset
    asset: Asset
    version: int
    changed: tuple[str, ...]
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicate:
    """An entry that a row may speak of."""

    known: KnownEntry
    probability: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedDuplicate:
    """A row that is not brought in until somebody says whether it is one of these; the likeliest comes first."""

    draft: Draft
    likely: tuple[LikelyDuplicate, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedLink:
    """A row that is an entry, as somebody has said, and changes nothing in it: from now on it is known as that."""

    row: int
    asset_id: str
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class ImportPlan:
    """What an import would do.

    Parameters
    ----------
    updates
        Several rows may change one entry: each begins with what the ones before it leave.
    links
        They are among the unchanged.
    unchanged
        Rows that the register has already, as they are.
    repeats
        Rows that speak of the same thing as an earlier row and were joined to it.
    """

    rows: int
    additions: tuple[Draft, ...] = ()
    updates: tuple[PlannedUpdate, ...] = ()
    duplicates: tuple[PlannedDuplicate, ...] = ()
    links: tuple[PlannedLink, ...] = ()
    unchanged: tuple[int, ...] = ()
    repeats: tuple[RowProblem, ...] = ()
    errors: tuple[RowProblem, ...] = ()
    notes: tuple[RowProblem, ...] = ()

    @property
    def summary(self) -> str:
        """The plan in one sentence."""
        refused = len({problem.row for problem in self.errors})
        return (
            f"{self.rows:,} rows: {len(self.additions):,} to add, {len(self.updates):,} to update, "
            f"{len(self.unchanged):,} unchanged, {len(self.duplicates):,} likely duplicates to decide, "
            f"{len(self.repeats):,} said twice, {refused:,} with errors."
        )

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return len(self.additions) + len(self.updates) + len(self.links)
