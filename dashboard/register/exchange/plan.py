"""What an import would do, before it does anything: rows to add, to update, likely duplicates, errors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

from dashboard.register.duplicates import DuplicateIndex, Match
from dashboard.register.duplicates.traits import Traits
from dashboard.register.exchange.drafts import Draft, RowProblem
from dashboard.register.exchange.told import with_told
from dashboard.register.model import UNVERSIONED_FIELDS, Asset
from etl.garbage import garbage_put_off

# So many rows are looked up between two reports of progress.
_AT_ONCE = 1_000
Progress = Callable[[int, int], None]
_CLOSED = "Its entry was archived or withdrawn, or waits for review, and was left alone."


@dataclass(frozen=True)
class KnownEntry:
    """An entry in its newest version, and the number of that version.

    Parameters
    ----------
    is_closed
        Whether it was archived or withdrawn, or is not for this person to see: it is left alone.
    """

    asset: Asset
    version: int
    is_closed: bool = False


@dataclass(frozen=True)
class Compared:
    """What is compared of entries: little, so that a hundred thousand are at hand in seconds."""

    keys: Sequence[int]
    traits: Sequence[Traits]


class Holdings(Protocol):
    """What the register holds already."""

    def of_source(self, source: str) -> Mapping[str, KnownEntry]:
        """Return the entries that came from a source, by their reference in it."""

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
    """

    row: int
    before: Asset
    asset: Asset
    version: int
    changed: tuple[str, ...]


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
class ImportPlan:
    """What an import would do.

    Parameters
    ----------
    unchanged
        Rows that the register has already, as they are.
    repeats
        Rows that speak of the same thing as an earlier row and were joined to it.
    """

    rows: int
    additions: tuple[Draft, ...] = ()
    updates: tuple[PlannedUpdate, ...] = ()
    duplicates: tuple[PlannedDuplicate, ...] = ()
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


def make_plan(
    drafts: Sequence[Draft], *, holdings: Holdings, progress: Progress = lambda _done, _of: None
) -> ImportPlan:
    """Return what bringing in drafts would do; nothing is written."""
    kept, repeats = join_repeats([draft for draft in drafts if not draft.problems])
    sources = {draft.asset.source for draft in kept}
    known = {(source, ref): entry for source in sources for ref, entry in holdings.of_source(source).items()}
    updates, unchanged, fresh, closed = [], [], [], []
    for draft in kept:
        entry = known.get((draft.asset.source, draft.asset.source_ref))
        update = plan_update(draft, entry=entry) if entry and not entry.is_closed else None
        if entry is None:
            fresh.append(draft)
        elif update:
            updates.append(update)
        else:
            unchanged.append(draft.row)
            closed += [RowProblem(row=draft.row, column="", reason=_CLOSED)] if entry.is_closed else []
    additions, duplicates = _split_duplicates(fresh, holdings=holdings, progress=progress)
    return ImportPlan(
        rows=len(drafts),
        additions=tuple(additions),
        updates=tuple(updates),
        duplicates=tuple(duplicates),
        unchanged=tuple(unchanged),
        repeats=tuple(repeats),
        errors=tuple(problem for draft in drafts for problem in draft.problems),
        notes=(*closed, *(note for draft in drafts for note in draft.notes)),
    )


def plan_update(draft: Draft, *, entry: KnownEntry) -> PlannedUpdate | None:
    """Return the change that a row makes to an entry, or None when it makes none."""
    merged = with_told(entry.asset, brought=draft.asset, told=draft.told)
    changed = tuple(
        one.name
        for one in fields(Asset)
        if one.name not in UNVERSIONED_FIELDS and not _is_same(one.name, merged, entry.asset)
    )
    if not changed:
        return None
    return PlannedUpdate(row=draft.row, before=entry.asset, asset=merged, version=entry.version, changed=changed)


def decide(plan: ImportPlan, *, decisions: Mapping[int, str]) -> ImportPlan:
    """Return a plan in which a person has said what likely duplicates are.

    Parameters
    ----------
    decisions
        By row: the id of the entry that the row speaks of, or nothing when it is a thing of its own.
    """
    additions, updates, unchanged, waiting = list(plan.additions), list(plan.updates), list(plan.unchanged), []
    for duplicate in plan.duplicates:
        row = duplicate.draft.row
        if row not in decisions:
            waiting.append(duplicate)
            continue
        same = next((one.known for one in duplicate.likely if one.known.asset.asset_id == decisions[row]), None)
        update = plan_update(duplicate.draft, entry=same) if same else None
        if same is None:
            additions.append(duplicate.draft)
        elif update:
            updates.append(update)
        else:
            unchanged.append(row)
    return replace(plan, additions=tuple(additions), updates=tuple(updates), unchanged=tuple(unchanged),
                   duplicates=tuple(waiting))  # fmt: skip


def join_repeats(drafts: Sequence[Draft]) -> tuple[list[Draft], list[RowProblem]]:
    """Return drafts with one for each reference, and a note for each row that was joined to an earlier one."""
    first: dict[tuple[str, str], Draft] = {}
    repeats = []
    for draft in drafts:
        asset = draft.asset
        key = (asset.source, asset.source_ref)
        if key not in first:
            first[key] = draft
            continue
        earlier = first[key]
        lines = dict.fromkeys([*earlier.asset.description.split("\n"), *asset.description.split("\n")])
        joined = replace(earlier.asset, description="\n".join(filter(None, lines))[:5_000])
        first[key] = replace(earlier, asset=joined)
        repeats.append(
            RowProblem(row=draft.row, column="", reason=f"It is the same as row {earlier.row}; joined to it.")
        )
    return list(first.values()), repeats


def _split_duplicates(
    fresh: Sequence[Draft], *, holdings: Holdings, progress: Progress
) -> tuple[list[Draft], list[PlannedDuplicate]]:
    with garbage_put_off():
        compared = holdings.compared() if fresh else Compared((), ())
        index = DuplicateIndex.of_traits(compared.traits)
    likely: dict[int, list[tuple[int, Match]]] = {}
    for start in range(0, len(fresh), _AT_ONCE):
        some = fresh[start : start + _AT_ONCE]
        for match in index.find([draft.asset for draft in some]):
            likely.setdefault(start + match.at, []).append((compared.keys[match.other], match))
        progress(start + len(some), len(fresh))
    known = holdings.known({key for found in likely.values() for key, _ in found})
    duplicates = [
        PlannedDuplicate(
            draft=fresh[at],
            likely=tuple(
                LikelyDuplicate(known=known[key], probability=match.probability, reasons=match.reasons)
                for key, match in found
            ),
        )
        for at, found in sorted(likely.items())
    ]
    return [draft for at, draft in enumerate(fresh) if at not in likely], duplicates


def _is_same(name: str, one: Asset, other: Asset) -> bool:
    if name != "place":
        return bool(getattr(one, name) == getattr(other, name))
    # The register adds the LSOA of a place by itself.
    return one.place == other.place or replace(one.place, lsoa21_code=other.place.lsoa21_code) == other.place
