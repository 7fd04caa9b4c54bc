"""What a list brings to the register, and what became of it, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard.register.model import Asset


@dataclass(frozen=True)
class Reference:
    """By what a row of a list is known again.

    Parameters
    ----------
    source, ref
        The name of the list, and the row's id in it.
    said
        A digest of what the row says: a row that comes again and says the same changes nothing, whatever somebody has
        made of its entry since.
    """

    source: str
    ref: str
    said: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What a list brings.

    Parameters
    ----------
    source
        The name of the list.
    adds
        Assets to add, each with the reference of its row.
    edits
        Each an asset with its id, and the version that the edit started from; one for each entry.
    known_as
        References of rows that speak of an entry that is there already, each with the entry's id.
    """

    source: str
    adds: Sequence[tuple[Asset, Reference]] = ()
    edits: Sequence[tuple[Asset, int]] = ()
    known_as: Sequence[tuple[str, Reference]] = ()


@dataclass(frozen=True)
class ImportResult:
    """What an import did; without a number when it did nothing."""

    added_ids: tuple[str, ...] = ()
    changed_ids: tuple[str, ...] = ()
    import_id: int = 0


@dataclass(frozen=True, kw_only=True)
class PastImport:
    """A list that was brought in.

    Parameters
    ----------
    who, organisation
        Of whoever brought it; “somebody” when they were forgotten.
    added, changed
        How many entries.
    undone_at
        When it was taken back; none while it stands.
    """

    import_id: int
    source: str
    who: str
    organisation: str
    at: datetime
    added: int
    changed: int
    undone_at: datetime | None


@dataclass(frozen=True)
class LeftAlone:
    """An entry that stays as it is although the import that wrote it was undone: somebody has changed it since."""

    asset_id: str
    name: str


@dataclass(frozen=True)
class TakenBack:
    """What undoing an import did.

    Parameters
    ----------
    removed, restored
        Ids: entries no longer shown, and entries that are as they were before.
    left_alone
        Entries that somebody has changed since.
    """

    removed: tuple[str, ...]
    restored: tuple[str, ...]
    left_alone: tuple[LeftAlone, ...]
