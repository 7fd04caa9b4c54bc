"""The page that answers “what is there to build on, and can I rely on it?”."""

from __future__ import annotations

import streamlit as st

from dashboard.asset_words import Naming
from dashboard.components.asset_acts import show_acts
from dashboard.components.asset_entry import show_entry_facts, show_entry_head, show_entry_source
from dashboard.components.asset_erasing import show_erasing
from dashboard.components.asset_filters import AssetFilters
from dashboard.components.asset_history import show_history
from dashboard.components.asset_list import show_asset_list
from dashboard.components.asset_mine import show_mine
from dashboard.components.asset_naming import name_things
from dashboard.components.asset_place import show_asset_place
from dashboard.components.asset_report import show_report_form
from dashboard.components.asset_said import show_said
from dashboard.components.asset_stories import show_asset_stories
from dashboard.components.claim_invite import show_invite
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_add, link_to_asset, link_to_assets
from dashboard.components.visit import Visit, open_visit
from dashboard.register.entry import State
from dashboard.register.register import utc_now
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the list, or the one entry that the address names."""
    asked, visit = AssetFilters(), open_visit(settings)
    naming = name_things(repository, visit)
    if asked.asset_id:
        link_to_assets(asked.list_address, label="Back to the list")
        _show_entry(repository, asked.asset_id, visit=visit, naming=naming, settings=settings)
        return
    st.title("Groups and places that help")
    if may(visit.actor, Action.ADD):
        link_to_add({}, label="Add a group or place")
    show_mine(visit)
    show_asset_list(repository, asked, visit=visit, naming=naming, settings=settings)


def _show_entry(repository: Repository, asset_id: str, *, visit: Visit, naming: Naming, settings: Settings) -> None:
    entry, now = visit.register.entries.get(asset_id, actor=visit.actor), utc_now()
    rights = visit.register.entries.rights(asset_id, actor=visit.actor)
    show_said(visit, asset_id)
    show_entry_head(entry, naming=naming, now=now)
    if entry.merged_into:
        link_to_asset(entry.merged_into, label="It was merged with another entry: go there")
    show_acts(visit, entry, rights=rights)
    words, place = st.columns([11, 9], gap="medium")
    with words:
        show_entry_facts(entry, naming=naming, now=now)
        show_entry_source(entry, naming=naming)
    with place:
        show_asset_place(repository, entry.asset, naming=naming, settings=settings)
    show_asset_stories(visit, asset_id)
    if entry.state is State.PUBLISHED:
        show_report_form(visit, asset_id)
    show_invite(visit, entry, settings=settings)
    show_history(visit, entry, naming=naming, rights=rights)
    show_erasing(visit, asset_id, rights=rights)
