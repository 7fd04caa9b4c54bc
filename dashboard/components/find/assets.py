"""Community assets on the Find page: the switch and its filters, and what the map is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard.assets.layer import NAMES, AssetChoice, read_asset_choice, write_asset_choice
from dashboard.assets.live import live_table
from dashboard.components.address import put_address_right, write_address
from dashboard.components.assets.filters import FRESHNESS, choose_some
from dashboard.components.maps.view import AssetLayer
from dashboard.components.visit import open_visit
from dashboard.register.taxonomy import FACET_OF_FIELD
from etl.settings import Settings

_FACETS = {
    "kinds": ("kind", "Kind"),
    "offers": ("offers", "What it offers"),
    "referral": ("referral", "How to come to it"),
}


def chosen_assets() -> AssetChoice:
    """Return what the address asks of the asset layer."""
    put_address_right()
    return read_asset_choice(st.query_params)


def choose_assets(choice: AssetChoice) -> None:
    """Change the asset layer, and so the address; parameters of others stay."""
    others = {name: text for name, text in st.query_params.items() if name not in NAMES}
    write_address({**others, **write_asset_choice(choice)})


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
            _choose_some(choice, part=part, label=label, names=taxonomy.names(FACET_OF_FIELD[field]))
        checked = {str(one): words for one, words in FRESHNESS.items()}
        _choose_some(choice, part="freshness", label="When it was checked", names=checked)
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


def _choose_some(choice: AssetChoice, *, part: str, label: str, names: dict[str, str]) -> None:
    chosen = getattr(choice.filters, part)
    choose_some(label, names=names, chosen=chosen, key=_key(part), on_change=_follow(part))


def _follow(part: str) -> Callable[[], None]:
    """Return what a filter does when it is changed."""

    def change() -> None:
        value = st.session_state[_key(part)]
        choose_assets(chosen_assets().changed(**{part: tuple(value) if isinstance(value, list) else value}))

    return change


def _key(part: str) -> str:
    return f"find-asset-{part}"
