"""Figures of people's own, from the register into the questions: whoever may see one may ask about it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.own.data_cells import Geography
from dashboard.own.data_placing import MODELLED, Placed
from dashboard.own.data_reading import Measure
from dashboard.own.recipes import figure_of_recipe, recipe_of_body, version_of
from dashboard.questions.own_figures import OWN_DOMAIN, OWN_ID, OwnFigure, is_own_figure
from dashboard.questions.provenance import Indicator
from dashboard.register.actor import Actor
from dashboard.register.json_form import Json
from dashboard.register.piece import Piece, Sort
from dashboard.register.register import Register
from dashboard.repository import Repository
from etl.errors import CommonGroundError
from etl.methods.disclosure import HIDDEN_WORDS

_UNITS: dict[Measure, str] = {"count": "for 1,000 people", "percent": "percent", "rate": "as given"}
_MODELLED = "Modelled: it was shared out over neighbourhoods and was not counted in them. "
_HIDDEN = f"Counts of {HIDDEN_WORDS.removeprefix('fewer than ')} or more are rounded to 5; smaller ones are not shown. "
_CAVEAT = (
    "Brought by a partner, and not checked by anybody else. Not for targets, league tables or decisions about a person."
)


@dataclass(frozen=True)
class Described:
    """What whoever brings a figure says of it."""

    name: str
    period: str
    source: str
    polarity: str
    geography: Geography
    measure: Measure


def figure_body(said: Described, placed: Placed, *, codes: list[str]) -> Json:
    """Return a figure as the register keeps it: protected already, so that no small number is kept at all."""
    is_known = ~np.isnan(placed.value)
    values = {code: round(float(placed.value[place]), 6) for place, code in enumerate(codes) if is_known[place]}
    return {
        "period": said.period,
        "source": said.source,
        "polarity": said.polarity,
        "geography": said.geography,
        "measure": said.measure,
        "origin": placed.origin,
        "values": values,
        "hidden": list(placed.hidden),
        "totals": placed.totals,
        "notes": list(placed.notes),
    }


def figure_of_piece(piece: Piece) -> OwnFigure:
    """Return the figure that a piece of work is."""
    body = piece.body
    measure: Measure = body["measure"]
    caveat = f"{_MODELLED if body['origin'] == MODELLED else ''}{_HIDDEN if measure == 'count' else ''}{_CAVEAT}"
    indicator = Indicator(
        indicator_id=id_of_piece(piece.piece_id),
        name=piece.title,
        unit=_UNITS[measure],
        polarity=body["polarity"],
        domain=OWN_DOMAIN,
        period=body["period"],
        definition=" ".join(body["notes"]),
        caveat=caveat,
        decimals=1,
        source_title=body["source"],
        has_values=True,
    )
    return OwnFigure(
        indicator=indicator,
        version=(piece.version,),
        values={str(code): float(value) for code, value in body["values"].items()},
        totals={str(code): float(value) for code, value in body["totals"].items()},
        hidden=frozenset(body["hidden"]),
        is_modelled=body["origin"] == MODELLED,
    )


def id_of_piece(piece_id: str) -> str:
    """Return the indicator id of a piece of work."""
    return f"{OWN_ID}{piece_id}"


def learn_own_figure(repository: Repository, register: Register, *, indicator_id: str, actor: Actor) -> OwnFigure:
    """Let questions be asked of a figure, or of the score of a recipe, of somebody's own.

    Raises
    ------
    NotFoundError
        If there is no such figure, or not for this person: both sound the same. So it is with a recipe when this
        person may not see all that is in it.
    """
    piece = register.kept.get(indicator_id.removeprefix(OWN_ID), actor=actor)
    if piece.sort is Sort.OWN_RECIPE:
        return _learn_recipe(repository, register, piece, actor=actor)
    return _learn_brought(repository, piece)


def _learn_brought(repository: Repository, piece: Piece) -> OwnFigure:
    if piece.sort is not Sort.OWN_DATA:
        raise CommonGroundError("That link is not of a figure.", todo="Open it from the page it was made on.")
    figure = figure_of_piece(piece)
    repository.learn_figure(figure)
    return figure


def _learn_recipe(repository: Repository, register: Register, piece: Piece, *, actor: Actor) -> OwnFigure:
    own = recipe_of_body(piece.body)
    ids = [one.indicator_id for one in own.ingredients if is_own_figure(one.indicator_id)]
    parts = [_learn_brought(repository, register.kept.get(key.removeprefix(OWN_ID), actor=actor)) for key in ids]
    key = id_of_piece(piece.piece_id)
    known = repository.own_figures.get(key)
    if known is None or known.version != version_of(piece, parts):
        known = figure_of_recipe(repository, piece, indicator_id=key, own=own, parts=parts)
        repository.learn_figure(known)
    return known
