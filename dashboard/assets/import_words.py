"""What an import would do, in words for a terminal; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.register.exchange.drafts import ImportChoices, RowProblem
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.listed import PastImport, TakenBack
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.taxonomy import Taxonomy

# As many of each are said one by one; the rest are counted.
MOST_SAID = 20
_INDENT = "  "


def choices_lines(sheet: Sheet | None, *, choices: ImportChoices, taxonomy: Taxonomy) -> Iterator[str]:
    """Give the source and kind of a list, and what each of its columns is taken for."""
    yield f"Source: {choices.source or 'none'}"
    kind = taxonomy.name_of("kinds", choices.kind) if choices.kind else "as each row says"
    yield f"Kind: {kind}"
    if sheet is None:
        return
    yield "Columns:"
    for column in sheet.columns:
        field = choices.mapping.get(column)
        taken = field or f'left out (--map "{column}=FIELD" keeps it)'
        yield f"{_INDENT}{column} → {taken}"


def plan_lines(plan: ImportPlan) -> Iterator[str]:
    """Give what a plan would do: the whole in one sentence, then what a person should look at, row by row."""
    yield plan.summary
    yield from _few("To add", [f"row {one.row}: {one.asset.name}" for one in plan.additions], most=MOST_SAID // 4)
    updates = [f"row {one.row}: {one.asset.name} ({', '.join(one.changed)})" for one in plan.updates]
    yield from _few("To update", updates)
    yield from _few("Likely duplicates, which stay out until somebody decides (on the page “Import a list”)", [
        f"row {one.draft.row}: “{one.draft.asset.name}” may be “{one.likely[0].known.asset.name}” "
        f"(id {one.likely[0].known.asset.asset_id}). {' '.join(one.likely[0].reasons)}"
        for one in plan.duplicates
    ])  # fmt: skip
    yield from _few("Said twice", [_problem(one) for one in plan.repeats], most=MOST_SAID // 4)
    yield from _few("To know", [_problem(one) for one in plan.notes])
    yield from _few("Errors", [_problem(one) for one in plan.errors])


def import_words(past: PastImport) -> str:
    """Return what a past import was and did, in one sentence or two."""
    by = f"{past.who}, {past.organisation}" if past.organisation else past.who
    undone = f" Undone on {past.undone_at.astimezone(UK_TIME):%-d %B %Y, %H:%M}." if past.undone_at else ""
    when = f"{past.at.astimezone(UK_TIME):%-d %B %Y, %H:%M}"
    did = f"{past.added:,} added, {past.changed:,} changed."
    return f"“{past.source}”, {when}, by {by}: {did}{undone}"


def taken_back_lines(undone: TakenBack) -> Iterator[str]:
    """Give what undoing an import did: the whole in one sentence, then what stays and why."""
    yield f"The import was undone: {len(undone.removed):,} taken off, {len(undone.restored):,} as before."
    stays = "Changed by somebody since, or looked after by a group, so they stay as they are"
    yield from _few(stays, [f"{one.name} (id {one.asset_id})" for one in undone.left_alone])


def _problem(problem: RowProblem) -> str:
    where = f", column {problem.column}" if problem.column else ""
    return f"row {problem.row}{where}: {problem.reason}"


def _few(heading: str, lines: Sequence[str], *, most: int = MOST_SAID) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading}:"
    yield from (f"{_INDENT}{line}" for line in lines[:most])
    if len(lines) > most:
        yield f"{_INDENT}and {len(lines) - most:,} more"
