"""The past of an entry: field by field, who, when and why, and any version brought back."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import LABELS, Naming, field_words
from dashboard.components.assets.said import say, undo_editing
from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.entry import Entry, State
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.rules.permissions import Action
from dashboard.register.store.history import Happening
from dashboard.words import date, escape_markdown

AT_FIRST = 10
_ACTIONS = {
    "added": "Added",
    "edited": "Changed",
    "restored": "An earlier version was brought back",
    "submitted": "Sent in",
    "published": "Published",
    "returned": "Sent back with a question",
    "confirmed": "Confirmed",
    "withdrawn": "Withdrawn",
    "archived": "Archived",
    "brought back": "Brought back",
    "merged": "Merged with another entry",
    "merge undone": "The merge was undone",
    "merged away": "Merged into another entry",
    "unmerged": "An entry of its own again",
    "told apart": "Said to be another thing than a similar entry",
    "import undone": "The list that brought it was taken back",
    "erased": "Personal data was erased",
    "invited": "A group was invited to look after it",
    "claimed": "A group took it over",
    "message settled": "A message about it was settled",
}


@fragment
def show_history(visit: Visit, entry: Entry, *, naming: Naming, rights: frozenset[Action]) -> None:
    """Show what was done to an entry, newest first, to those who may see it."""
    if Action.SEE_HISTORY not in rights:
        return
    asset_id = entry.asset.asset_id
    past = st.expander("History", icon=":material/history:", key="asset-history", on_change="rerun")
    if not past.open:
        return
    with past:
        happenings = visit.register.history.read(asset_id, actor=visit.actor)
        is_whole = len(happenings) <= AT_FIRST or st.checkbox(f"Show all {len(happenings)}", key="asset-history-all")
        newest = max((one.version or 0 for one in happenings), default=0)
        may_restore = Action.EDIT in rights and entry.state not in (State.ARCHIVED, State.WITHDRAWN)
        for at, happening in enumerate(happenings if is_whole else happenings[:AT_FIRST]):
            _show_happening(happening, naming=naming)
            if may_restore and happening.changes and happening.version and happening.version < newest:
                _show_restoring(visit, asset_id, version=happening.version, newest=newest, key=f"restore-{at}")


def _show_happening(happening: Happening, *, naming: Naming) -> None:
    at = happening.at.astimezone(UK_TIME)
    who = ", ".join(filter(None, (happening.who, happening.organisation)))
    what = _ACTIONS.get(happening.action, happening.action.capitalize())
    number = f" (version {happening.version})" if happening.version else ""
    said = [f"Why: {_one_line(happening.why)}"] if happening.why else []
    said += [
        f"{LABELS.get(one.field, one.field)}: "
        f"{_words(one.field, one.before, naming)} → {_words(one.field, one.after, naming)}"
        for one in happening.changes
    ]
    with st.container(gap=None):
        st.markdown(f"**{escape_markdown(what + number)}** by {escape_markdown(who)}, {date(at)} at {at:%H:%M}")
        if said:
            st.text("\n".join(f"• {line}" for line in said))


def _words(field: str, value: object, naming: Naming) -> str:
    return _one_line(field_words(field, value, naming=naming))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _show_restoring(visit: Visit, asset_id: str, *, version: int, newest: int, key: str) -> None:
    if st.button(f"Bring version {version} back", key=key, icon=":material/restore:"):
        restored = visit.register.history.restore(asset_id, version, actor=visit.actor, newest=newest)
        say(restored, first=f"Version {version} is back.", undo=undo_editing(restored, before=newest))
        st.rerun(scope="app")
