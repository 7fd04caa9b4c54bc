"""Recipes of people's own: published figures and figures of their own, weighed together; as the register keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from dashboard.questions.own_figures import OWN_DOMAIN, OwnFigure
from dashboard.questions.provenance import Indicator
from dashboard.register.json_form import Json
from dashboard.register.piece import Piece
from dashboard.repository import Repository
from dashboard.state import USUAL_WEIGHT
from dashboard.words import join
from etl.errors import CommonGroundError
from etl.methods.recipe import Component, Input, Missing, Recipe
from etl.methods.scaling import Scaling

MOST_INGREDIENTS = 12
OWN_SCALINGS: dict[Scaling, str] = {
    "percentile": "Percentiles: by rank, whatever the unit",
    "min_max": "From the least to the greatest value",
    "z_score": "Standard deviations from England's mean",
    "iod_exponential": "By rank, the worst standing out (as the IMD does)",
}
WITHOUT: dict[Missing, str] = {
    "share_weight": "It leaves its weight to the others",
    "no_score": "There is no score there",
}
_CAVEAT = (
    "A recipe made by a partner: what is in it and how much it counts is their judgement. Not for targets, league "
    "tables or decisions about a person."
)


class RecipeOfNothingError(CommonGroundError):
    """A recipe without anything to weigh."""

    exit_code = 2


@dataclass(frozen=True)
class Ingredient:
    """A figure of a recipe, how much it counts, and whether low values are the worse ones."""

    indicator_id: str
    weight: int = USUAL_WEIGHT
    is_reversed: bool = False


@dataclass(frozen=True)
class OwnRecipe:
    """What somebody weighs together, each figure a component of its own.

    Parameters
    ----------
    scaling
        How figures are put on one scale.
    missing
        What becomes of a place that lacks some of them.
    """

    ingredients: tuple[Ingredient, ...] = ()
    scaling: Scaling = "percentile"
    missing: Missing = "share_weight"


def recipe_body(own: OwnRecipe) -> Json:
    """Return a recipe as the register keeps it."""
    return {
        "ingredients": [asdict(one) for one in own.ingredients],
        "scaling": own.scaling,
        "missing": own.missing,
    }


def recipe_of_body(body: Json) -> OwnRecipe:
    """Return the recipe that the register kept."""
    ingredients = tuple(Ingredient(**one) for one in body["ingredients"])
    return OwnRecipe(ingredients, body["scaling"], body["missing"])


def make_recipe(repository: Repository, own: OwnRecipe, *, recipe_id: str, name: str) -> Recipe:
    """Return a recipe as the engine follows it.

    Raises
    ------
    CommonGroundError
        If there is nothing in it, or all weights are zero.
    """
    if not own.ingredients:
        raise RecipeOfNothingError("There is nothing in the recipe.", todo="Choose at least one figure.")
    components = tuple(
        Component(
            one.indicator_id,
            _domain_of(repository, one.indicator_id),
            (Input(one.indicator_id, is_reversed=one.is_reversed),),
            weight=float(one.weight),
            scaling=own.scaling,
        )
        for one in own.ingredients
    )
    return Recipe(recipe_id=recipe_id, name=name, components=components, missing=own.missing)


def figure_of_recipe(
    repository: Repository, piece: Piece, *, indicator_id: str, own: OwnRecipe, parts: Sequence[OwnFigure]
) -> OwnFigure:
    """Return the score of a kept recipe as a figure.

    Parameters
    ----------
    parts
        The figures of people's own that it is made of.
    """
    recipe = make_recipe(repository, own, recipe_id=indicator_id, name=piece.title)
    score = repository.score(recipe).score
    codes = repository.areas_of_level("lsoa")["area_code"]
    modelled = [part.indicator.name for part in parts if part.is_modelled]
    said = f"Modelled in part: {join(modelled)} was shared out over neighbourhoods. " if modelled else ""
    indicator = Indicator(
        indicator_id=indicator_id,
        name=piece.title,
        unit="score",
        polarity="higher_is_worse",
        domain=OWN_DOMAIN,
        period=join(sorted({part.indicator.period for part in parts if part.indicator.period})),
        definition=describe_recipe(repository, own),
        caveat=f"{said}{_CAVEAT}",
        decimals=1,
        source_title=join([part.indicator.name for part in parts]),
        has_values=True,
    )
    return OwnFigure(
        indicator=indicator,
        version=version_of(piece, parts),
        values={str(code): float(value) for code, value in zip(codes, score, strict=True) if not np.isnan(value)},
        totals={},
        is_modelled=bool(modelled),
        recipe=recipe,
    )


def version_of(piece: Piece, parts: Sequence[OwnFigure]) -> tuple[int, ...]:
    """Return what changes whenever a recipe or a figure of people's own in it does."""
    return (piece.version, *(number for part in parts for number in part.version))


def describe_recipe(repository: Repository, own: OwnRecipe) -> str:
    """Return what a recipe is made of, in words."""
    said = [
        f"{name_of(repository, one.indicator_id)} (weight {one.weight}{', lower is worse' if one.is_reversed else ''})"
        for one in own.ingredients
    ]
    return f"Made of {join(said)}."


def name_of(repository: Repository, indicator_id: str) -> str:
    """Return a figure's name; one that is not here is said to be so."""
    return repository.indicators[indicator_id].name if repository.has_figure(indicator_id) else "a figure not loaded"


def _domain_of(repository: Repository, indicator_id: str) -> str:
    return repository.indicators[indicator_id].domain if repository.has_figure(indicator_id) else "Not loaded"
