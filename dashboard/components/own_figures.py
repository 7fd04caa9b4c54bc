"""Figures of people's own in links, in lists of choices, and on an area's page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import pandas as pd
import streamlit as st

from dashboard.components.links import link_to_find
from dashboard.components.visit import Visit, open_visit
from dashboard.own.figures import id_of_piece, learn_own_figure
from dashboard.questions.own_figures import OWN_DOMAIN, OwnFigure, is_own_figure
from dashboard.questions.places import ENGLAND, Area
from dashboard.register.piece import Sort
from dashboard.repository import Repository
from dashboard.state import PARAMETERS
from dashboard.words import escape_markdown, value
from etl.errors import CommonGroundError
from etl.methods.disclosure import HIDDEN_WORDS
from etl.settings import Settings

MOST_LISTED = 10
SHOW, NEED, EXCLUSION = (PARAMETERS[part] for part in ("show", "need", "exclusion"))
_SORTS = {Sort.OWN_RECIPE: "Recipes of our own", Sort.OWN_DATA: OWN_DOMAIN}


def own_figure_names(settings: Settings) -> dict[str, str]:
    """Return the own recipes and figures that whoever looks may choose, newest first: names by id."""
    visit = open_visit(settings)
    return names_of_sort(visit, Sort.OWN_RECIPE) | names_of_sort(visit, Sort.OWN_DATA)


def names_of_sort(visit: Visit, sort: Sort) -> dict[str, str]:
    """Return the own recipes, or the own figures, that this person may choose: names by id."""
    titles = visit.register.kept.list(actor=visit.actor, sort=sort)
    return {id_of_piece(one.piece_id): f"{_SORTS[sort]}: {one.title}" for one in titles}


def open_own_figures(repository: Repository, settings: Settings) -> None:
    """Take in the own figures that the address names; those that this person may not see are taken out of it."""
    visit = open_visit(settings)
    for part in (SHOW, NEED, EXCLUSION):
        asked = str(st.query_params.get(part, ""))
        if not is_own_figure(asked):
            continue
        try:
            learn_own_figure(repository, visit.register, indicator_id=asked, actor=visit.actor)
        except CommonGroundError:
            del st.query_params[part]
            st.warning("The link names a figure that is not there any more, or that is not shared with you.")


def learn_own_figures(repository: Repository, settings: Settings) -> tuple[OwnFigure, ...]:
    """Take in the newest recipes and figures that whoever looks may see, and return them.

    A recipe with something in it that this person may not see is left out.
    """
    visit = open_visit(settings)
    learnt = []
    for key in list(own_figure_names(settings))[:MOST_LISTED]:
        with suppress(CommonGroundError):
            learnt.append(learn_own_figure(repository, visit.register, indicator_id=key, actor=visit.actor))
    return tuple(learnt)


def show_own_figures(repository: Repository, area: Area, *, settings: Settings) -> None:
    """Show the own figures of an area, beside England's, to whoever may see them."""
    figures = learn_own_figures(repository, settings)
    if not figures:
        return
    st.header(OWN_DOMAIN)
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
    say_what_they_are(figures)
    link_to_find({SHOW: figures[0].indicator.indicator_id}, label=f"{figures[0].indicator.name} on the map of Find")


def say_what_they_are(figures: Sequence[OwnFigure]) -> None:
    """Say of each figure what it is, whether it is modelled, and what it must not be used for."""
    for figure in figures:
        indicator = figure.indicator
        st.caption(escape_markdown(f"{indicator.name}: {indicator.caveat} {indicator.definition}"))
