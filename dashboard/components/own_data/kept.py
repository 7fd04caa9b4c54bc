"""Figures and recipes of one's own that are kept: listed, put on the map, changed and removed."""

from __future__ import annotations

import streamlit as st

from dashboard.components.kept_work import show_removal
from dashboard.components.links import link_to_find
from dashboard.components.own_data.recipe_making import begin_recipe
from dashboard.components.own_figures import EXCLUSION, SHOW
from dashboard.components.visit import Visit
from dashboard.own.figures import id_of_piece
from dashboard.register.piece import PieceTitle, Sort
from dashboard.words import escape_markdown

HEADINGS = {Sort.OWN_RECIPE: "Recipes that are kept", Sort.OWN_DATA: "Figures that are kept"}


def show_kept_figures(visit: Visit) -> None:
    """List the recipes and the figures that this person may see."""
    for sort, heading in HEADINGS.items():
        titles = visit.register.kept.list(actor=visit.actor, sort=sort)
        if titles:
            st.header(heading)
        for title in titles:
            with st.container(border=True):
                _show_one(visit, title)


def _show_one(visit: Visit, title: PieceTitle) -> None:
    st.markdown(f"**{escape_markdown(title.title)}**")
    st.caption(escape_markdown(f"By {title.owner_name or 'somebody'}, {title.changed_at:%d %B %Y}"))
    key = id_of_piece(title.piece_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_find({SHOW: key}, label="On the map of Find")
        link_to_find({EXCLUSION: key}, label="As digital exclusion on Find")
        if title.may_change:
            if title.sort is Sort.OWN_RECIPE:
                _show_change(visit, title)
            show_removal(visit, title, on_removed=begin_recipe)


def _show_change(visit: Visit, title: PieceTitle) -> None:
    if st.button("Change", key=f"change-{title.piece_id}", help=f"Change {escape_markdown(title.title)}"):
        begin_recipe(visit.register.kept.get(title.piece_id, actor=visit.actor))
        st.rerun()
