"""Areas of one's own: saved under a name, listed, opened, changed and removed."""

from __future__ import annotations

import streamlit as st

from dashboard.components.kept_work import show_audience_choice, show_removal
from dashboard.components.links import link_to_area, link_to_brief, link_to_compare, link_to_find, link_to_plan
from dashboard.components.my_places.draft import Draft, begin_anew
from dashboard.components.visit import Visit
from dashboard.own.areas import CODES, code_of_piece
from dashboard.register.errors import RegisterError
from dashboard.register.piece import PieceDraft, PieceTitle, Sort
from dashboard.register.rules.permissions import may
from dashboard.register.rules.pieces import action_to_keep
from dashboard.words import escape_markdown

_SAID = "own_area_said"


def show_keeping(draft: Draft, visit: Visit) -> None:
    """Show the form that keeps the area, for whoever may keep one."""
    if words := st.session_state.pop(_SAID, ""):
        st.success(escape_markdown(words))
    if not draft.codes:
        return
    if not may(visit.actor, action_to_keep(Sort.CUSTOM_AREA)):
        st.markdown("Partners who have signed in can keep an area and share its link.")
        return
    with st.form("own_area_keeping"):
        kept = draft.piece
        title = st.text_input(
            "Its name", value=kept.title if kept else "", max_chars=200, placeholder="Riverside team, North PCN…"
        )
        audience = show_audience_choice(kept, key="own_area_audience")
        is_saved = st.form_submit_button("Save the changes" if kept else "Save this area", type="primary")
    if is_saved:
        _save(draft, visit, piece=PieceDraft(
            sort=Sort.CUSTOM_AREA,
            title=title,
            body={CODES: sorted(draft.codes), "notes": list(draft.notes)},
            audience=audience,
            piece_id=kept.piece_id if kept else "",
        ))  # fmt: skip


def _save(draft: Draft, visit: Visit, *, piece: PieceDraft) -> None:
    try:
        saved = visit.register.kept.save(
            piece, actor=visit.actor, base_version=draft.piece.version if draft.piece else 0
        )
    except RegisterError as refusal:
        st.error(escape_markdown(f"{refusal.what} {refusal.todo}"))
        return
    begin_anew()
    st.session_state[_SAID] = f"“{saved.title}” is kept. Find it below, and under “Show only” on Find."
    st.rerun()


def show_own_areas(visit: Visit) -> None:
    """List the areas that this person may see, with links to what can be asked of them."""
    titles = visit.register.kept.list(actor=visit.actor, sort=Sort.CUSTOM_AREA)
    if not titles:
        return
    st.header("Areas that are kept")
    for title in titles:
        with st.container(border=True):
            _show_one(visit, title)


def _show_one(visit: Visit, title: PieceTitle) -> None:
    area_code = code_of_piece(title.piece_id)
    st.markdown(f"**{escape_markdown(title.title)}**")
    st.caption(escape_markdown(f"Kept by {title.owner_name or 'somebody'}, {title.changed_at:%d %B %Y}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_area(area_code, label=f"All about {title.title}")
        link_to_find({"within": area_code}, label="On the map of Find")
        link_to_compare({"areas": area_code}, label="Compare it")
        link_to_plan({"within": area_code}, label="What if")
        link_to_brief({"area": area_code}, label="Make a brief")
        if title.may_change:
            if st.button("Change", key=f"change-{title.piece_id}", help=f"Change {escape_markdown(title.title)}"):
                _open(visit, title)
            show_removal(visit, title, on_removed=begin_anew)


def _open(visit: Visit, title: PieceTitle) -> None:
    piece = visit.register.kept.get(title.piece_id, actor=visit.actor)
    codes = dict.fromkeys(str(code) for code in piece.body.get(CODES, ()))
    begin_anew(Draft(codes=codes, piece=piece))
    st.rerun()
