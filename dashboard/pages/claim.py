"""The page that answers “which entry am I invited to look after?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.links import link_to_asset
from dashboard.components.visit import Visit, open_visit
from dashboard.components.visitor import MOST_ENTRIES, sign_in_button
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings

TAKEN = "claim-taken"


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001
    """Show the invitation of the address's token, and redeem it when the person says so."""
    st.title("Look after an entry")
    visit = open_visit(settings)
    token = st.query_params.get("token", "")
    if not settings.is_shared:
        st.info("Here one person has every role, so nobody needs an invitation.")
        return
    if not token:
        _show_taken()
        return
    invited = visit.register.claims.look_up(token)
    if invited is None:
        _refuse(visit)
        return
    st.markdown(f"You are invited to look after **{escape_markdown(invited.name)}**.")
    st.markdown("You can then correct it, keep it up to date, or take it off the map, at any time.")
    if not visit.actor.actor_id:
        st.markdown("Sign in first, so that only you can do that. You come back to this page.")
        sign_in_button(key="claim-sign-in")
    elif st.button("Look after this entry", type="primary"):
        _redeem(visit, token)


def _redeem(visit: Visit, token: str) -> None:
    entry = visit.register.claims.redeem(token, actor=visit.actor)
    st.session_state[TAKEN] = (entry.asset.asset_id, entry.asset.name)
    # The token is of no use any more; out of the address with it.
    del st.query_params["token"]
    st.rerun()


def _refuse(visit: Visit) -> None:
    """Say that a link is of no use any more, and lead whoever may have used it to what they look after."""
    what = "If you have used it" if visit.actor.actor_id else "If it was you who used it, sign in"
    st.error(f"**This link has been used, has expired, or is not whole.** {what}: you look after the entry already. "
             "If not, ask for a new link.", icon=":material/error:")  # fmt: skip
    for entry in visit.register.queues.looked_after(actor=visit.actor)[:MOST_ENTRIES]:
        link_to_asset(entry.asset.asset_id, label=f"You look after {entry.asset.name}")


def _show_taken() -> None:
    taken = st.session_state.get(TAKEN)
    if taken is None:
        st.info("Open the link of your invitation: it brings you here.")
        return
    asset_id, name = taken
    st.success(f"You look after **{escape_markdown(name)}** now.")
    link_to_asset(asset_id, label="Open the entry")
