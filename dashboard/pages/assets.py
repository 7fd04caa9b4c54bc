"""The page that answers “what is there to build on, and can I rely on it?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.filters import AssetFilters
from dashboard.components.assets.listing import show_asset_list
from dashboard.components.assets.mine import show_mine
from dashboard.components.assets.naming import name_things
from dashboard.components.assets.one import show_one
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_add, link_to_assets
from dashboard.components.visit import open_visit
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the list, or the one entry that the address names."""
    asked, visit = AssetFilters(), open_visit(settings)
    naming = name_things(repository, visit)
    if asked.asset_id:
        link_to_assets(asked.list_address, label="Back to the list")
        show_one(repository, asked.asset_id, visit=visit, naming=naming, settings=settings)
        return
    st.title("Groups and places that help")
    if may(visit.actor, Action.ADD):
        link_to_add({}, label="Add a group or place")
    show_mine(visit)
    show_asset_list(repository, asked, visit=visit, naming=naming, settings=settings)
