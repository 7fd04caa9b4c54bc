"""What a story is about: an area no smaller than its teller agreed to, an entry, or both."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.entry_form.kept import Kept
from dashboard.components.visit import Visit
from dashboard.register.errors import NotFoundError
from dashboard.register.query import Query
from dashboard.register.story import Story
from dashboard.repository import Repository
from dashboard.words import escape_markdown

_MOST_FOUND = 20


def choose_about(
    repository: Repository, visit: Visit, boxes: Kept, known: Story | None, naming: Naming
) -> tuple[str, str]:
    """Return the area and the entry that the story is about."""
    left, right = st.columns(2)
    with left:
        typed = _ask(boxes, "place", "Place it is about (a name or a postcode)")
        areas = {known.area_code: naming.area_name(known.area_code)} if known and known.area_code else {}
        if typed:
            areas |= {place.area_code: place.label for place in repository.find_places(typed).places}
        area = _choose(boxes, "Area", areas, typed=typed,
                       help="No smaller than the teller agreed to: a district or a ward may be enough.")  # fmt: skip
        boxes.show_problems("area_code")
    with right:
        typed = _ask(boxes, "group", "Group or place it is about (its name)")
        asset = _choose(boxes, "Entry", _entries(visit, known, typed), typed=typed)
    return area, asset


def _ask(boxes: Kept, field: str, label: str) -> str:
    return (st.text_input(label, key=boxes.key(field), max_chars=200, persist_state="session") or "").strip()


def _choose(boxes: Kept, label: str, found: dict[str, str], *, typed: str, help: str | None = None) -> str:  # noqa: A002 - what Streamlit calls it
    """Return what is chosen of what was found; nothing is asked before anything was looked for."""
    if not found:
        if typed:
            st.warning(f"Nothing called “{escape_markdown(typed)}” is known here. Try another name.")
        return ""
    return (
        st.selectbox(
            label,
            options=["", *found],
            format_func=lambda one: found.get(one, "None"),
            key=boxes.key(f"{label}-{typed}"),
            index=1,
            help=help,
            persist_state="session",
        )
        or ""
    )


def _entries(visit: Visit, known: Story | None, typed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if known and known.asset_id:
        found[known.asset_id] = _name_of(visit, known.asset_id)
    if typed:
        page = visit.register.finding.find(Query(text=typed, per_page=_MOST_FOUND), actor=visit.actor)
        found |= {entry.asset.asset_id: entry.asset.name for entry in page.entries}
    return found


def _name_of(visit: Visit, asset_id: str) -> str:
    try:
        return visit.register.entries.get(asset_id, actor=visit.actor).asset.name
    except NotFoundError:
        return "The entry it was about, which is not shown any more"
