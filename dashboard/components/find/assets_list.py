"""The community assets of the chosen area as a list under the map of the Find page: what the map says, in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.assets.layer import AssetChoice
from dashboard.assets.view import write_asset_view
from dashboard.assets.words import AVAILABILITY, Naming
from dashboard.components.find.assets import choose_assets, chosen_assets
from dashboard.components.links import link_to_asset, link_to_assets
from dashboard.components.visit import Visit, open_visit
from dashboard.own.areas import areas_to_ask
from dashboard.register.entry import Entry
from dashboard.register.query import Query
from dashboard.register.register import uk_today, utc_now
from dashboard.register.rules.freshness import freshness_words
from dashboard.register.taxonomy import Taxonomy
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import count, escape_markdown
from etl.settings import Settings

MOST_LISTED = 100
LIST_HEIGHT_PX = 320
_ROWS = "find-asset-rows"


def show_asset_list(repository: Repository, *, view: View, settings: Settings) -> None:
    """Show the chosen entry, and the assets of the chosen area as a list: what the map says, in words."""
    choice = chosen_assets()
    if not choice.is_shown:
        return
    visit = open_visit(settings)
    taxonomy = visit.register.settings.taxonomy()
    area = repository.area(view.at) or repository.area(view.within)
    areas = areas_to_ask(repository, area.area_code if area else "")
    query = replace(choice.filters.query(now=utc_now()), areas=areas, per_page=MOST_LISTED)
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
    today = uk_today()
    assets, naming = [entry.asset for entry in entries], Naming(taxonomy=taxonomy, area_name=str)
    return pd.DataFrame(
        {
            "Name": [one.name for one in assets],
            "Kind": [naming.terms("kind", (one.kind,)) for one in assets],
            "Offers": [naming.terms("offers", one.offers) for one in assets],
            "How to come to it": [naming.terms("referral", one.referral) for one in assets],
            "Taking people": [AVAILABILITY[one.availability] for one in assets],
            "Checked": [freshness_words(one.trust, today=today) for one in assets],
        }
    )
