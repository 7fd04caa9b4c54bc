"""Community assets on the Find page: the switch and its filters, what the map is told, and the same as a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.asset_layer import NAMES, AssetChoice, read_asset_choice, write_asset_choice
from dashboard.asset_view import write_asset_view
from dashboard.asset_words import AVAILABILITY
from dashboard.components.asset_filters import FRESHNESS
from dashboard.components.links import link_to_asset, link_to_assets
from dashboard.components.maps.view import AssetLayer
from dashboard.components.visit import Visit, open_visit
from dashboard.live_assets import live_table
from dashboard.register.entry import Entry
from dashboard.register.query import Query
from dashboard.register.register import utc_now
from dashboard.register.rules.freshness import freshness_words
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown
from etl.settings import Settings

MOST_LISTED = 100
LIST_HEIGHT_PX = 320
_ROWS = "find-asset-rows"
_FACETS = {
    "kinds": ("kind", "Kind"),
    "offers": ("offers", "What it offers"),
    "referral": ("referral", "How to come to it"),
}


def chosen_assets() -> AssetChoice:
    """Return what the address asks of the asset layer."""
    return read_asset_choice(st.query_params)


def choose_assets(choice: AssetChoice) -> None:
    """Change the asset layer, and so the address; parameters of others stay."""
    others = {name: text for name, text in st.query_params.items() if name not in NAMES}
    st.query_params.from_dict({**others, **write_asset_choice(choice)})


def show_asset_switch() -> None:
    """Show the switch of the asset layer."""
    st.session_state["find-assets"] = chosen_assets().is_shown
    st.toggle(
        "Community assets",
        key="find-assets",
        on_change=lambda: choose_assets(replace(chosen_assets(), is_shown=st.session_state["find-assets"])),
        help="Draws the groups and places of the register over the areas: what is there to build on.",
    )


def show_asset_filters(settings: Settings) -> None:
    """Show which assets are drawn; what is chosen twice in one box means either, and all boxes must fit."""
    choice = chosen_assets()
    if not choice.is_shown:
        return
    taxonomy = open_visit(settings).register.settings.taxonomy()
    with st.popover("Which assets", icon=":material/filter_alt:"):
        for part, (field, label) in _FACETS.items():
            names = {term.term_id: term.name for term in taxonomy.choices(FACET_OF_FIELD[field])}
            _choose_some(choice, part=part, label=label, names=names)
        _choose_some(
            choice,
            part="freshness",
            label="When it was checked",
            names={str(one): words for one, words in FRESHNESS.items()},
        )
        st.session_state[_key("is_open_now")] = choice.filters.is_open_now
        st.checkbox("Open now", key=_key("is_open_now"), on_change=_follow("is_open_now"))


def asset_layer(settings: Settings) -> AssetLayer | None:
    """Return what the map is told of the register as it is at this moment; None while no asset is drawn."""
    choice = chosen_assets()
    if not choice.is_shown:
        return None
    table = live_table(open_visit(settings).register)
    return AssetLayer(number=table.number, filters=choice.asked, selected_key=table.key_of(choice.asset_id))


def pick_asset(settings: Settings, *, key: int) -> bool:
    """Choose the entry that was clicked on the map; return whether that is news."""
    choice, table = chosen_assets(), live_table(open_visit(settings).register)
    row = table.row_of(key)
    if row is None or table.asset_id[row] == choice.asset_id:
        return False
    choose_assets(replace(choice, asset_id=str(table.asset_id[row])))
    return True


def show_asset_list(repository: Repository, *, view: View, settings: Settings) -> None:
    """Show the chosen entry, and the assets of the chosen area as a list: what the map says, in words."""
    choice = chosen_assets()
    if not choice.is_shown:
        return
    visit = open_visit(settings)
    taxonomy = visit.register.settings.taxonomy()
    area = repository.area(view.at) or repository.area(view.within)
    query = replace(choice.filters.query(now=utc_now()), areas=(area.area_code,) if area else (), per_page=MOST_LISTED)
    where = area.name if area else repository.build.area_name
    with st.expander(f"Community assets in {escape_markdown(where)}, as a list", expanded=bool(choice.asset_id)):
        _show_rows(visit, query, choice=choice, taxonomy=taxonomy)
        asked = replace(choice.filters, area=area.area_code if area else "")
        link_to_assets(write_asset_view(asked), label="Open this list on the Assets page")


def _show_rows(visit: Visit, query: Query, *, choice: AssetChoice, taxonomy: Taxonomy) -> None:
    found = visit.register.finding.find(query, actor=visit.actor)
    if not found.total:
        st.info("None that fit are in the register yet. Take a filter away, choose another area, or add one.")
        return
    more = f" The first {MOST_LISTED} are listed." if found.total > MOST_LISTED else ""
    st.caption(f"{count(found.total)} in the register that lie here or serve it.{more} Choose a row to see its entry.")
    ids = [entry.asset.asset_id for entry in found.entries]
    chosen = [ids.index(choice.asset_id)] if choice.asset_id in ids else []
    st.session_state[_ROWS] = {"selection": {"rows": chosen, "columns": [], "cells": []}}

    def choose() -> None:
        picked = st.session_state[_ROWS]["selection"]["rows"]
        choose_assets(replace(chosen_assets(), asset_id=ids[picked[0]] if picked else ""))

    st.dataframe(
        describe_assets(found.entries, taxonomy=taxonomy),
        key=_ROWS,
        hide_index=True,
        height="content" if len(ids) < 8 else LIST_HEIGHT_PX,  # noqa: PLR2004 - as many rows as fit
        on_select=choose,
        selection_mode="single-row",
        alt="Community assets by name",
    )
    if chosen:
        link_to_asset(choice.asset_id, label=f"Open the entry of {found.entries[chosen[0]].asset.name}")


def describe_assets(entries: tuple[Entry, ...], *, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return entries under headings that a person reads."""
    today = utc_now().astimezone(UK_TIME).date()
    assets = [entry.asset for entry in entries]

    def words(facet: str, ids: tuple[str, ...]) -> str:
        return ", ".join(taxonomy.name_of(facet, one) for one in ids)

    return pd.DataFrame(
        {
            "Name": [one.name for one in assets],
            "Kind": [taxonomy.name_of("kinds", one.kind) for one in assets],
            "Offers": [words("offers", one.offers) for one in assets],
            "How to come to it": [words("referral", one.referral) for one in assets],
            "Taking people": [AVAILABILITY[one.availability] for one in assets],
            "Checked": [freshness_words(one.trust, today=today) for one in assets],
        }
    )


def _choose_some(choice: AssetChoice, *, part: str, label: str, names: dict[str, str]) -> None:
    st.session_state[_key(part)] = [one for one in getattr(choice.filters, part) if one in names]
    st.multiselect(
        label,
        options=list(names),
        format_func=names.__getitem__,
        key=_key(part),
        on_change=_follow(part),
        placeholder="Any",
        select_all=False,
    )


def _follow(part: str) -> Callable[[], None]:
    """Return what a filter does when it is changed."""

    def change() -> None:
        value = st.session_state[_key(part)]
        choose_assets(chosen_assets().changed(**{part: tuple(value) if isinstance(value, list) else value}))

    return change


def _key(part: str) -> str:
    return f"find-asset-{part}"
