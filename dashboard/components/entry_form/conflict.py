"""Somebody else changed the entry meanwhile: both versions, field by field, for this person to choose from."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.entry_conflict import Choice, Difference, differences, settle
from dashboard.assets.words import LABELS, Naming, field_words
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.entry_form.saving import finish
from dashboard.components.find.map import rerun_fragment
from dashboard.components.visit import Visit
from dashboard.register.errors import ConflictError
from dashboard.register.model import Asset
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.rows import differing_fields
from dashboard.words import escape_markdown

LONGEST = 400


def show_conflict(visit: Visit, boxes: Boxes, mine: Asset, *, naming: Naming) -> None:
    """Show each field that differs, and save what is chosen.

    Parameters
    ----------
    mine
        What stands in the boxes now.
    """
    met: ConflictError = boxes.get("conflict")
    differing = differing_fields(tidy_asset(mine), met.theirs)
    conflict = ConflictError(mine=mine, theirs=met.theirs, base=met.base, version=met.version, differing=differing)
    st.warning(f"**{escape_markdown(conflict.what)}** {escape_markdown(conflict.todo)}", icon=":material/group:")
    found = differences(conflict)
    choices = {one.field: _choose(boxes, one, naming) for one in found}
    undecided = [LABELS[field] for field, choice in choices.items() if choice is None]
    with st.container(horizontal=True):
        if st.button("Save what I chose", type="primary", disabled=bool(undecided), key=boxes.key("settle")):
            _save(visit, boxes, conflict, {field: choice for field, choice in choices.items() if choice})
        st.button("Back to the form", key=boxes.key("back"), on_click=lambda: boxes.drop("conflict"))
    if undecided:
        st.caption(f"Still to choose: {escape_markdown(', '.join(undecided))}.")


def _choose(boxes: Boxes, difference: Difference, naming: Naming) -> Choice | None:
    names = {
        Choice.MINE: f"Yours: {_words(difference.field, difference.mine, naming)}",
        Choice.THEIRS: f"Theirs: {_words(difference.field, difference.theirs, naming)}",
    }
    before = _words(difference.field, difference.before, naming)
    st.radio(
        f"**{LABELS[difference.field]}** (it was: {before})",
        options=list(names),
        index=list(names).index(difference.offered) if difference.offered else None,
        format_func=names.__getitem__,
        key=boxes.key(f"choice-{difference.field}"),
    )
    chosen: Choice | None = boxes.get(f"choice-{difference.field}")
    return chosen


def _save(visit: Visit, boxes: Boxes, conflict: ConflictError, choices: dict[str, Choice]) -> None:
    settled, version = settle(conflict, choices), conflict.version
    asset_id = conflict.theirs.asset_id
    try:
        saved = visit.register.entries.edit(
            asset_id, settled, base_version=version, actor=visit.actor, why=boxes.get("why") or ""
        )
    except ConflictError as again:
        boxes.put("conflict", again)
        rerun_fragment()
    finish(visit, boxes, saved, before=version)


def _words(field: str, value: object, naming: Naming) -> str:
    said = " ".join(field_words(field, value, naming=naming).split())
    return escape_markdown(said if len(said) <= LONGEST else f"{said[:LONGEST]}…")
