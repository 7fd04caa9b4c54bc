"""Entries that may be the same as the one that is being typed, shown before anything is saved."""

from __future__ import annotations

import streamlit as st

from dashboard.assets.words import Naming, where_words
from dashboard.components.entry_form.boxes import Boxes
from dashboard.components.links import link_to_asset
from dashboard.components.visit import Visit
from dashboard.register.duplicates.likely import Likely, find_likely
from dashboard.register.model import Asset
from dashboard.register.rules.tidying import tidy_asset
from dashboard.words import escape_markdown


def show_likely(visit: Visit, boxes: Boxes, asset: Asset, *, naming: Naming) -> bool:
    """Show the likely duplicates that nobody has said are another; return whether there is one to decide on."""
    dismissed: tuple[str, ...] = boxes.get("others", ())
    found = find_likely(visit.register, tidy_asset(asset), actor=visit.actor)
    undecided = [one for one in found if one.entry.asset.asset_id not in dismissed]
    if not undecided:
        return False
    with st.container(border=True, key=boxes.key("likely")):
        st.markdown(":material/content_copy: **Is it one of these?** They are here already.")
        for one in undecided:
            _show_one(boxes, one, naming)
    return any(one.is_sure for one in undecided)


def _show_one(boxes: Boxes, likely: Likely, naming: Naming) -> None:
    asset = likely.entry.asset
    where = escape_markdown(where_words(asset, naming=naming))
    st.markdown(f"**{escape_markdown(asset.name)}** · {where}  \n{escape_markdown(' '.join(likely.reasons))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_asset(asset.asset_id, label="It is this one: go to it")
        st.button(
            "No, it is another",
            key=boxes.key(f"other-{asset.asset_id}"),
            on_click=lambda: boxes.put("others", (*boxes.get("others", ()), asset.asset_id)),
        )
