"""One entry's page, part by part: what it is, what may be done with it, and what is behind it."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming
from dashboard.components.assets.acts import show_acts
from dashboard.components.assets.entry import show_entry_facts, show_entry_head, show_entry_source
from dashboard.components.assets.erasing import show_erasing
from dashboard.components.assets.history import show_history
from dashboard.components.assets.place import show_asset_place
from dashboard.components.assets.report import show_report_form
from dashboard.components.assets.said import show_said
from dashboard.components.assets.stories import show_asset_stories
from dashboard.components.links import link_to_asset
from dashboard.components.people.claim_invite import show_invite
from dashboard.components.visit import Visit
from dashboard.register.entry import State
from dashboard.register.register import utc_now
from dashboard.repository import Repository
from etl.settings import Settings


def show_one(repository: Repository, asset_id: str, *, visit: Visit, naming: Naming, settings: Settings) -> None:
    """Show the entry as it is published, or in its newest version to those who may see it before that.

    Raises
    ------
    NotFoundError
        If there is none that this person may see.
    """
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
