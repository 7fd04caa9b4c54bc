"""The list of entries: each with what a person must know to choose, twenty at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from dashboard.assets.hours_words import open_now_words
from dashboard.assets.view import PER_PAGE, AssetView, write_asset_view
from dashboard.assets.words import AVAILABILITY, Naming, where_words
from dashboard.components.assets.downloads import show_asset_downloads
from dashboard.components.assets.embed_snippet import show_embed_snippet, show_who_may_share
from dashboard.components.assets.filters import AssetFilters, count_chosen, show_asset_filters, show_asset_search
from dashboard.components.frame import fragment
from dashboard.components.links import link_to_asset
from dashboard.components.own_areas import open_own_areas, own_places
from dashboard.components.visit import Visit
from dashboard.own.areas import areas_to_ask, is_for_everyone
from dashboard.questions.own_areas import is_own_code
from dashboard.register.entry import Entry
from dashboard.register.model import Availability
from dashboard.register.query import Page
from dashboard.register.register import utc_now
from dashboard.register.rules.freshness import Freshness, freshness_of, freshness_words
from dashboard.register.rules.hours import UK_TIME
from dashboard.repository import Repository
from dashboard.words import count, escape_markdown
from etl.settings import Settings


@fragment
def show_asset_list(
    repository: Repository, filters: AssetFilters, *, visit: Visit, naming: Naming, settings: Settings
) -> None:
    """Show the search box, the filters and what they find; only this part is shown anew at each choice."""
    open_own_areas(repository, settings)
    view, now = filters.view, utc_now()
    filters.remember()
    show_asset_search(filters, view=view)
    chosen = count_chosen(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover(f"Filters ({chosen} in use)" if chosen else "Filters", icon=":material/tune:"):
            own = own_places(settings)
            show_asset_filters(repository, filters, view=view, taxonomy=naming.taxonomy, own=own)
        if chosen or view.text:
            st.button("Show everything", on_click=filters.clear, icon=":material/restart_alt:")
    query = replace(view.query(now=now), areas=areas_to_ask(repository, view.area))
    found = visit.register.finding.find(query, actor=visit.actor)
    _show_count(found, view=view)
    for entry in found.entries:
        _show_row(entry, naming=naming, now=now)
    _show_pages(filters, view=view, total=found.total)
    show_asset_downloads(visit, query)
    if is_own_code(view.area) and not is_for_everyone(visit.register, area_code=view.area):
        # Whoever visits another site has not signed in, and would see nothing.
        show_who_may_share()
    else:
        show_embed_snippet(write_asset_view(view), settings)


def _show_count(found: Page, *, view: AssetView) -> None:
    if found.total:
        first = (view.page - 1) * PER_PAGE + 1
        last = first + len(found.entries) - 1
        which = f", {count(first)} to {count(last)} shown" if found.total > PER_PAGE and found.entries else ""
        st.markdown(f"**{count(found.total)} {'entry' if found.total == 1 else 'entries'}**{which}")
        if not found.entries:
            st.info("There are not that many pages. Go back to an earlier one.")
    elif view == AssetView(page=view.page):
        st.info("Nothing has been added yet. Be the first: add a group or place that you know.")
    else:
        st.info("Nothing fits. Take a filter away, use fewer words, or add what is missing.")


def _show_row(entry: Entry, *, naming: Naming, now: datetime) -> None:
    asset = entry.asset
    with st.container(border=True, gap="xsmall"):
        link_to_asset(asset.asset_id, label=asset.name)
        kind = naming.taxonomy.name_of("kinds", asset.kind)
        st.markdown(escape_markdown(f"{kind} · {where_words(asset, naming=naming)}"))
        said = [AVAILABILITY[asset.availability]] if asset.availability is not Availability.UNKNOWN else []
        said += [words] if (words := open_now_words(asset.opening_hours, moment=now).removesuffix(".")) else []
        if said:
            st.markdown(escape_markdown(" · ".join(said)))
        show_freshness(entry, today=now.astimezone(UK_TIME).date())


def show_freshness(entry: Entry, *, today: date) -> None:
    """Show in words how far an entry can be relied on, with a mark where it is stale."""
    words = escape_markdown(freshness_words(entry.asset.trust, today=today))
    is_fresh = freshness_of(entry.asset.trust, today=today) is Freshness.FRESH
    st.caption(words if is_fresh else f":material/schedule: {words}")


def _show_pages(filters: AssetFilters, *, view: AssetView, total: int) -> None:
    pages = math.ceil(total / PER_PAGE)
    if pages < 2 and view.page == 1:  # noqa: PLR2004
        return
    key = f"asset-page-{hash((view.changed(page=1), pages))}"

    def turn() -> None:
        filters.change(page=st.session_state[key])

    st.pagination(max(pages, 1), default=min(view.page, max(pages, 1)), key=key, on_change=turn, max_visible_pages=5)
