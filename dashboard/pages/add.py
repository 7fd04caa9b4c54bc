"""The page by which somebody puts a group or place on the map, or keeps its entry true."""

from __future__ import annotations

import streamlit as st

from dashboard.components.assets.filters import AssetFilters
from dashboard.components.assets.naming import name_things
from dashboard.components.entry_form.form import show_form
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_asset, link_to_assets
from dashboard.components.visit import open_visit
from dashboard.register.errors import NotAllowedError
from dashboard.register.rules.permissions import Action, may
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show the form, empty or with the entry that the address names."""
    visit, asset_id = open_visit(settings), AssetFilters().asset_id
    naming = name_things(repository, visit)
    if asset_id:
        entry = visit.register.entries.get(asset_id, actor=visit.actor, newest=True)
        if Action.EDIT not in visit.register.entries.rights(asset_id, actor=visit.actor):
            raise NotAllowedError("You may not change this entry.", todo="Sign in as somebody who may.")
        link_to_asset(asset_id, label="Back to the entry")
        st.title(f"Change “{escape_markdown(entry.asset.name)}”")
        show_form(repository, visit=visit, naming=naming, settings=settings, entry=entry)
        return
    link_to_assets({}, label="Back to the list")
    st.title("Add a group or place")
    if not may(visit.actor, Action.ADD):
        st.info("Sign in to add a group or place. Anyone may say what is wrong with an entry without signing in.")
        return
    st.markdown("A name, a kind and a place are enough. Nobody has to be a charity to be listed.")
    show_form(repository, visit=visit, naming=naming, settings=settings)
