"""Figures of people's own in links, in lists of choices, and on an area's page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.links import link_to_find
from dashboard.components.visit import open_visit
from dashboard.own_figures import id_of_piece, learn_own_figure
from dashboard.questions.own_figures import OWN_DOMAIN, is_own_figure
from dashboard.questions.places import ENGLAND, Area
from dashboard.register.piece import Sort
from dashboard.repository import Repository
from dashboard.words import escape_markdown, value
from etl.errors import CommonGroundError
from etl.methods.disclosure import HIDDEN_WORDS
from etl.settings import Settings

MOST_LISTED = 10
SHOW = "show"


def own_figure_names(settings: Settings) -> dict[str, str]:
    """Return the own figures that whoever looks may choose, newest first: names by id."""
    visit = open_visit(settings)
    titles = visit.register.kept.list(actor=visit.actor, sort=Sort.OWN_DATA)
    return {id_of_piece(one.piece_id): f"{OWN_DOMAIN}: {one.title}" for one in titles}


def open_own_figures(repository: Repository, settings: Settings) -> None:
    """Take in the own figure that the address names; one that this person may not see is taken out of it."""
    asked = str(st.query_params.get(SHOW, ""))
    if not is_own_figure(asked):
        return
    visit = open_visit(settings)
    try:
        learn_own_figure(repository, visit.register, indicator_id=asked, actor=visit.actor)
    except CommonGroundError:
        del st.query_params[SHOW]
        st.warning("The link names a figure that is not there any more, or that is not shared with you.")


def show_own_figures(repository: Repository, area: Area, *, settings: Settings) -> None:
    """Show the own figures of an area, beside England's, to whoever may see them."""
    visit = open_visit(settings)
    titles = visit.register.kept.list(actor=visit.actor, sort=Sort.OWN_DATA)[:MOST_LISTED]
    if not titles:
        return
    st.header(OWN_DOMAIN)
    figures = [
        learn_own_figure(repository, visit.register, indicator_id=id_of_piece(one.piece_id), actor=visit.actor)
        for one in titles
    ]
    rows = []
    for figure in figures:
        indicator = figure.indicator
        here, england = (
            repository.own_value(indicator.indicator_id, area_code=code) for code in (area.area_code, ENGLAND)
        )
        words = [value(number, unit=indicator.unit, decimals=indicator.decimals) for number in (here, england)]
        is_hidden = area.area_code in figure.hidden
        here_words = HIDDEN_WORDS if is_hidden else words[0]
        rows.append((indicator.name, here_words, words[1], indicator.unit, indicator.period))
    headings = ["Figure", "Here", "Where it was given, all together", "Unit", "Period"]
    st.dataframe(pd.DataFrame(rows, columns=headings), hide_index=True, alt="Figures of our own")
    for figure in figures:
        said = f"{figure.indicator.name}: {figure.indicator.caveat} {figure.indicator.definition}"
        st.caption(escape_markdown(said))
    link_to_find({SHOW: figures[0].indicator.indicator_id}, label=f"{figures[0].indicator.name} on the map of Find")
