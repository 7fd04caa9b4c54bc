"""How a plan is made of drafts: what the register has of them already, and what may be an entry of another list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.register.exchange.drafts import Draft, RowProblem
from dashboard.register.exchange.plan import Holdings, ImportPlan, KnownEntry, PlannedLink, PlannedUpdate
from dashboard.register.exchange.recognising import split_duplicates, split_returned
from dashboard.register.exchange.told import changed_fields, is_of_another, reference_of, with_told
from dashboard.register.progress import Progress, say_nothing
from dashboard.register.rules.licences import join_licences

_CLOSED = "Its entry was archived or withdrawn, or waits for review, and was left alone."


class _Standing:
    """Entries as the rows so far would leave them: a later row begins with what an earlier one has changed."""

    def __init__(self, updates: Sequence[PlannedUpdate] = ()) -> None:
        self._assets = {one.asset.asset_id: one.asset for one in updates}

    def update(self, draft: Draft, *, entry: KnownEntry) -> PlannedUpdate | None:
        """Return the change that a row makes to an entry, or None when it makes none."""
        before = self._assets.get(entry.asset.asset_id, entry.asset)
        merged = with_told(before, brought=draft.asset, told=draft.told)
        if not changed_fields(before, merged):
            return None
        if is_of_another(before, brought=draft.asset):
            merged = replace(merged, licence=join_licences(before.licence, draft.asset.licence))
        self._assets[before.asset_id] = merged
        return PlannedUpdate(
            row=draft.row,
            before=before,
            asset=merged,
            version=entry.version,
            changed=changed_fields(before, merged),
            reference=reference_of(draft),
        )


def make_plan(drafts: Sequence[Draft], *, holdings: Holdings, progress: Progress = say_nothing) -> ImportPlan:
    """Return what bringing in drafts would do; nothing is written."""
    kept, repeats = join_repeats([draft for draft in drafts if not draft.problems])
    sources = {draft.asset.source for draft in kept}
    known = {(source, ref): entry for source in sources for ref, entry in holdings.of_source(source).items()}
    standing = _Standing()
    updates, unchanged, fresh, closed = [], [], [], []
    for draft in kept:
        entry = known.get((draft.asset.source, draft.asset.source_ref))
        if entry is None:
            fresh.append(draft)
        elif entry.is_closed:
            unchanged.append(draft.row)
            closed.append(RowProblem(row=draft.row, column="", reason=_CLOSED))
        elif update := _news(draft, entry=entry, standing=standing):
            updates.append(update)
        else:
            unchanged.append(draft.row)
    returned, fresh = split_returned(fresh, holdings=holdings)
    unchanged += [draft.row for draft in returned]
    additions, duplicates = split_duplicates(fresh, holdings=holdings, progress=progress)
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


def decide(plan: ImportPlan, *, decisions: Mapping[int, str]) -> ImportPlan:
    """Return a plan in which a person has said what likely duplicates are.

    Parameters
    ----------
    decisions
        By row: the id of the entry that the row speaks of, or nothing when it is a thing of its own.
    """
    standing = _Standing(plan.updates)
    additions, updates, links, waiting = list(plan.additions), list(plan.updates), list(plan.links), []
    for duplicate in plan.duplicates:
        draft = duplicate.draft
        decision = decisions.get(draft.row)
        same = next((one.known for one in duplicate.likely if one.known.asset.asset_id == decision), None)
        if same is None:
            (additions.append(draft) if decision == "" else waiting.append(duplicate))
        elif update := standing.update(draft, entry=same):
            updates.append(update)
        else:
            links.append(PlannedLink(row=draft.row, asset_id=same.asset.asset_id, reference=reference_of(draft)))
    linked = tuple(one.row for one in links[len(plan.links) :])
    return replace(plan, additions=tuple(additions), updates=tuple(updates), links=tuple(links),
                   unchanged=(*plan.unchanged, *linked), duplicates=tuple(waiting))  # fmt: skip


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


def _news(draft: Draft, *, entry: KnownEntry, standing: _Standing) -> PlannedUpdate | None:
    """Return what a row says that it has not said before; what became of its entry since is not for the list."""
    if entry.said and entry.said == reference_of(draft).said:
        return None
    return standing.update(draft, entry=entry)
