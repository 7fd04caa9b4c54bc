"""The form by which anyone who may adds an entry or changes one: three things are asked for, the rest is offered."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard.assets.entry_place import Where
from dashboard.assets.entry_typed import asset_of, typed_of
from dashboard.assets.words import LABELS, Naming
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.entry_form.conflict import show_conflict
from dashboard.components.entry_form.likely import show_likely
from dashboard.components.entry_form.more import show_more
from dashboard.components.entry_form.place import show_place_boxes
from dashboard.components.entry_form.saving import Draft, save
from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry, State
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.rules.next_step import next_step
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings

NEW = "new"
WIDTH_PX = 760
EMPTY = Asset(name="", kind="", place=Place(precision=Precision.EXACT))


@dataclass(frozen=True, kw_only=True)
class Began:
    """What the typing started from: the entry as it is now (none for a new one), and the version and asset then."""

    entry: Entry | None
    base: Asset
    version: int


@fragment
def show_form(
    repository: Repository, *, visit: Visit, naming: Naming, settings: Settings, entry: Entry | None = None
) -> None:
    """Show the form, and below it what two people wrote when they changed one entry at once.

    Parameters
    ----------
    entry
        The entry to change, in its newest version; none for a new one.
    """
    boxes = Boxes(f"entry:{entry.asset.asset_id if entry else NEW}|")
    base, version = _begin(boxes, visit, entry)
    began = Began(entry=entry, base=base, version=version)
    with st.container(width=WIDTH_PX):
        _show_boxes(repository, boxes, began, visit=visit, naming=naming, settings=settings)


def _show_boxes(
    repository: Repository, boxes: Boxes, began: Began, *, visit: Visit, naming: Naming, settings: Settings
) -> None:
    entry, base = began.entry, began.base
    if entry and entry.note:
        st.info(escape_markdown(next_step(state=entry.state, waiting=entry.waiting, note=entry.note)))
    where = _show_required(repository, boxes, base=base, naming=naming, settings=settings)
    asset = asset_of(boxes.typed(), base=base, place=where.place)
    has_likely = entry is None and show_likely(visit, boxes, asset, naming=naming)
    boxes.words("description", LABELS["description"], placeholder="A sentence is enough.")
    is_placed = boxes.get("precision") != Precision.NONE
    show_more(repository, boxes, taxonomy=naming.taxonomy, is_placed=is_placed)
    # What is typed in the groups counts too.
    whole = asset_of(boxes.typed(), base=base, place=where.place)
    draft = Draft(asset=whole, version=began.version, problem=where.problem, has_likely=has_likely)
    if boxes.get("conflict"):
        # Where the button was that met it: were it in place of the boxes, a phone would show what is far below it.
        show_conflict(visit, boxes, whole, naming=naming)
        return
    _show_sending(visit, boxes, draft, is_draft=entry is None or entry.state is State.DRAFT)


def _begin(boxes: Boxes, visit: Visit, entry: Entry | None) -> tuple[Asset, int]:
    """Fill the boxes the first time; return the asset that the typing started from and its version, 0 for a new one."""
    if entry is None:
        boxes.fill(typed_of(EMPTY))
        return EMPTY, 0
    known: int | None = boxes.get("version") or _version_in(st.query_params.get("from", ""), newest=entry.version)
    if not boxes.has("name") or known is None:
        boxes.fill(typed_of(entry.asset))
        known = entry.version
    boxes.put("version", known)
    st.query_params["from"] = str(known)
    if known == entry.version:
        return entry.asset, entry.version
    return visit.register.history.version(entry.asset.asset_id, known, actor=visit.actor).asset, known


def _version_in(text: str, *, newest: int) -> int | None:
    """Return the version that an address names, if the entry has it."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= len(str(newest))
    return int(text) if is_number and 0 < int(text) <= newest else None


def _show_required(repository: Repository, boxes: Boxes, *, base: Asset, naming: Naming, settings: Settings) -> Where:
    boxes.line("name", "Name", placeholder="What people nearby call it", is_live=True)
    kinds = naming.taxonomy.names("kinds")
    boxes.one("kind", "Kind", kinds, placeholder="Choose one, or type to search")
    return show_place_boxes(repository, boxes, base=base.place, settings=settings)


def _show_sending(visit: Visit, boxes: Boxes, draft: Draft, *, is_draft: bool) -> None:
    if draft.version:
        boxes.line("why", "Why the change? (optional; kept in its history)")
    boxes.show_all_problems()
    with st.container(horizontal=True, key="entry-send"):
        is_sent = st.button("Save and send in", type="primary", icon=":material/send:", key=boxes.key("send"))
        is_kept = is_draft and st.button("Keep as a draft", icon=":material/edit_note:", key=boxes.key("keep"))
        st.button("Start again", icon=":material/restart_alt:", key=boxes.key("again"), on_click=boxes.clear)
    if is_sent or is_kept:
        save(visit, boxes, replace(draft, is_sent=is_sent))
