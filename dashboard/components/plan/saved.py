"""Plans that are kept: saved under a name, opened by a link, and removed."""

from __future__ import annotations

import streamlit as st

from dashboard.components.kept_work import show_audience_choice, show_removal
from dashboard.components.links import link_to_brief, link_to_plan
from dashboard.components.plan.link import PlanLink
from dashboard.planning.asking import PlanAnswer
from dashboard.planning.state import Plan, plan_body, plan_of_body
from dashboard.planning.words import reached
from dashboard.register.piece import Piece, PieceDraft, Sort
from dashboard.register.rules.permissions import may
from dashboard.register.rules.pieces import action_to_keep
from dashboard.repository import Repository
from dashboard.words import escape_markdown


def show_saving(repository: Repository, link: PlanLink, *, plan: Plan, answer: PlanAnswer) -> None:
    """Show the form that saves the plan, when whoever looks may keep one."""
    st.header("Keep this plan")
    piece = link.piece
    if not may(link.visit.actor, action_to_keep(Sort.PLAN)):
        st.markdown("Partners who have signed in can save a plan and share its link.")
        return
    with st.form("plan_saving"):
        title = st.text_input("Its name", value=piece.title if piece else "", max_chars=200)
        audience = show_audience_choice(piece, key="plan_audience")
        with st.container(horizontal=True):
            is_change = bool(piece and piece.may_change) and st.form_submit_button("Save the changes")
            is_new = st.form_submit_button("Save as a new plan" if piece else "Save the plan", type="primary")
    if is_change or is_new:
        body = plan_body(
            plan,
            newly=answer.newly,
            newly_left_behind=answer.newly_left_behind,
            build_id=repository.build.build_id,
        )
        draft = PieceDraft(
            sort=Sort.PLAN,
            title=title,
            body=body,
            audience=audience,
            piece_id=piece.piece_id if piece and is_change else "",
        )
        version = piece.version if piece and is_change else 0
        saved = link.visit.register.kept.save(draft, actor=link.visit.actor, base_version=version)
        link.open(saved.piece_id)
        st.session_state["plan_said"] = f"Saved as “{saved.title}”. The address of this page is its link."
        st.rerun()
    if words := st.session_state.pop("plan_said", ""):
        st.success(escape_markdown(words))
    if piece:
        link_to_brief({"plan": piece.piece_id}, label="Print it into a brief")


def show_saved_plans(link: PlanLink) -> None:
    """List the plans that this person may see."""
    titles = link.visit.register.kept.list(actor=link.visit.actor, sort=Sort.PLAN)
    if not titles:
        return
    st.header("Plans that are kept")
    for title in titles:
        with st.container(horizontal=True, vertical_alignment="center"):
            link_to_plan({"plan": title.piece_id}, label=title.title)
            by = title.owner_name or "somebody"
            st.caption(escape_markdown(f"{by}, {title.changed_at:%d %B %Y}"))
            if title.may_change:
                show_removal(link.visit, title, on_removed=link.clear)


def show_since_kept(piece: Piece | None, plan: Plan, answer: PlanAnswer) -> None:
    """Say what a kept plan came to when it was kept, when it comes to something else now."""
    if piece is None or plan != plan_of_body(piece.body) or piece.body.get("newly") in (None, answer.newly):
        return
    near, far = (reached(piece.body["newly"].get(limit, 0)) for limit in ("within_800m", "within_1600m"))
    st.info(
        f"When this plan was kept it brought help to {near} within 800 m and {far} within 1,600 m. The register or the "
        "data have changed since."
    )


def describe_piece(piece: Piece) -> str:
    """Return what is said above an opened plan."""
    return f"You are looking at the plan “{piece.title}”, kept by {piece.owner_name or 'somebody'}."
