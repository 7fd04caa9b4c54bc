"""Save what was typed; whatever comes of it, nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.components.assets.said import say, undo_adding, undo_editing
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.find.map import rerun_fragment
from dashboard.components.links import go_to_asset
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry
from dashboard.register.errors import ConflictError, InvalidEntryError, Problem
from dashboard.register.model import Asset

DECIDE = "Say first whether it is one of the entries shown above, or another."


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is to be saved.

    Parameters
    ----------
    version
        The version that the typing started from; 0 for a new entry.
    problem
        Why there is no place for what was typed of it.
    has_likely
        Whether there is a likely duplicate that nobody has decided on.
    is_sent
        Whether it is sent in; otherwise it is kept as a draft.
    """

    asset: Asset
    version: int
    problem: str = ""
    has_likely: bool = False
    is_sent: bool = True


def save(visit: Visit, boxes: Boxes, draft: Draft) -> None:
    """Save and go to the entry's page; or show the form again with what is wrong, or with what somebody else wrote."""
    problems = _own_problems(draft)
    try:
        if not problems:
            finish(visit, boxes, _write(visit, boxes, draft), before=draft.version)
    except InvalidEntryError as refusal:
        problems = refusal.problems
    except ConflictError as conflict:
        boxes.put("conflict", conflict)
    boxes.put("problems", problems)
    rerun_fragment()


def finish(visit: Visit, boxes: Boxes, entry: Entry, *, before: int) -> None:
    """Empty the form, and go to the page of the entry, which says what happens next and offers to undo."""
    asset_id = entry.asset.asset_id
    rights = visit.register.entries.rights(asset_id, actor=visit.actor)
    undo = undo_editing(entry, before=before) if before else undo_adding(entry, rights)
    say(entry, undo=undo)
    boxes.clear()
    go_to_asset(asset_id)


def _write(visit: Visit, boxes: Boxes, draft: Draft) -> Entry:
    entries = visit.register.entries
    if not draft.version:
        return entries.add(draft.asset, actor=visit.actor, submit=draft.is_sent)
    return entries.edit(
        draft.asset.asset_id,
        draft.asset,
        base_version=draft.version,
        actor=visit.actor,
        why=boxes.get("why") or "",
        submit=draft.is_sent,
    )


def _own_problems(draft: Draft) -> tuple[Problem, ...]:
    problems = [Problem("place", draft.problem)] if draft.problem else []
    problems += [Problem("likely", DECIDE)] if draft.has_likely else []
    return tuple(problems)
