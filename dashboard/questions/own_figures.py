"""Figures of people's own: beside the published ones, for whoever may see them, and in no list of everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import get_args

import numpy as np
import pandas as pd

from dashboard.questions.levels import LevelValues
from dashboard.questions.places import PlaceQuestions
from dashboard.questions.provenance import Indicator, ProvenanceQuestions
from etl.methods.arrays import FloatArray
from etl.methods.ranking import Polarity, rank_worst_first
from etl.methods.recipe import Component, Input, Recipe
from etl.methods.scoring import Scores, score_recipe

OWN_ID = "own_"
PER_PEOPLE = 1_000
OWN_DOMAIN = "Figures of our own"
# Districts and larger: their counts need not be rounded.
LEVELS_WITH_TOTALS = ("england", "icb", "sicbl", "lad")


@dataclass(frozen=True)
class OwnFigure:
    """A figure that somebody brought, or the score of a recipe that somebody made.

    Parameters
    ----------
    version
        Of the piece of work, and of every figure that a recipe's score is made of.
    values
        By code of neighbourhood.
    totals
        Counts of larger areas by code; empty for rates and scores.
    hidden
        Neighbourhoods and larger areas whose small number is not kept.
    is_modelled
        Whether it, or part of it, was shared out over neighbourhoods and not counted in them.
    recipe
        What a score is made of; none for a figure that was brought.
    """

    indicator: Indicator
    version: tuple[int, ...]
    values: dict[str, float] = field(hash=False)
    totals: dict[str, float] = field(hash=False)
    hidden: frozenset[str] = frozenset()
    is_modelled: bool = False
    recipe: Recipe | None = field(default=None, hash=False)

    @property
    def followed(self) -> Recipe:
        """The recipe of a score; a figure that was brought is a recipe of itself alone, on the scale of percentiles."""
        if self.recipe is not None:
            return self.recipe
        indicator = self.indicator
        itself = Input(indicator.indicator_id, is_reversed=indicator.polarity == "higher_is_better")
        only = Component(indicator.indicator_id, indicator.domain, (itself,))
        return Recipe(recipe_id=indicator.indicator_id, name=indicator.name, components=(only,))


class KnownIndicators(dict[str, Indicator]):
    """Indicators by id; figures of people's own are found by their id and are in no list."""

    def __init__(self, published: dict[str, Indicator], own: dict[str, OwnFigure]) -> None:
        super().__init__(published)
        self._own = own

    def __missing__(self, key: str) -> Indicator:
        """Return a figure of somebody's own."""
        return self._own[key].indicator


def is_own_figure(indicator_id: str) -> bool:
    """Return whether an id is that of a figure of somebody's own."""
    return indicator_id.startswith(OWN_ID)


class OwnFigureQuestions(PlaceQuestions, ProvenanceQuestions):
    """The own figures that this repository has been told of; whoever tells it has seen to it who may see them."""

    @cached_property
    def own_figures(self) -> dict[str, OwnFigure]:
        """Return the own figures that are known, by id."""
        return {}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Return every published indicator by id, in the order of lists; an own one is found by its id alone."""
        return KnownIndicators(super().indicators, self.own_figures)

    def learn_figure(self, figure: OwnFigure) -> None:
        """Take a figure in, or what it has become."""
        key = figure.indicator.indicator_id
        if self.own_figures.get(key) != figure:
            self.own_figures[key] = figure
            self.forget_answers()

    def values_of_level(self, *, level: str, indicator_id: str) -> LevelValues:
        """Return an indicator over the areas of a level: a published one, or one of somebody's own."""
        figure = self.own_figures.get(indicator_id)
        if figure is None:
            return super().values_of_level(level=level, indicator_id=indicator_id)
        value = self._own_values(figure, level=level)
        polarity = next(known for known in get_args(Polarity) if known == figure.indicator.polarity)
        return LevelValues(value=value, national_rank=rank_worst_first(value, polarity=polarity))

    def has_figure(self, indicator_id: str) -> bool:
        """Return whether neighbourhoods have values of an indicator, published or somebody's own."""
        return indicator_id in self.mapped_indicators or indicator_id in self.own_figures

    @lru_cache(maxsize=8)  # noqa: B019 - one repository lives as long as its snapshot is open
    def score(self, recipe: Recipe) -> Scores:
        """Return what a recipe says of every neighbourhood, in order of feature_id; all of England sets the scales."""
        ids, values = self.inputs_of(recipe)
        return score_recipe(recipe, values=values, indicator_ids=ids)

    def inputs_of(self, recipe: Recipe) -> tuple[list[str], FloatArray]:
        """Return the inputs of a recipe that are here, and their values in neighbourhoods, shape (N, inputs)."""
        ids = [entry.indicator_id for _, entry in recipe.inputs if self.has_figure(entry.indicator_id)]
        values = np.full((len(self.areas_of_level("lsoa")), len(ids)), np.nan)
        for column, key in enumerate(ids):
            values[:, column] = self.values_of_level(level="lsoa", indicator_id=key).value
        return ids, values

    def own_value(self, indicator_id: str, *, area_code: str) -> float:
        """Return an own figure in one area of any size, an own area too; NaN where there is none."""
        area = self.area(area_code)
        if area is None:
            return float("nan")
        if area_code in self.own_areas:
            return self.mean_within(area_code=area_code, indicator_id=indicator_id)
        return float(self.values_of_level(level=area.area_type, indicator_id=indicator_id).value[area.feature_id])

    def practices(self) -> pd.DataFrame:
        """Return every open GP practice: practice_code, name, easting, northing, registered_patients."""
        return self.warehouse.frame("practices")

    def registered_patients(self) -> pd.DataFrame | None:
        """Return where each practice's patients live: practice_code, feature_id, patients; None when not loaded."""
        rows = self.warehouse.frame("registered_patients")
        return rows if len(rows) else None

    @cached_property
    def changed_pairs(self) -> pd.DataFrame:
        """Return the LSOAs of 2011 that have changed, and what they became; lsoa11_population is their people."""
        return self.warehouse.frame("lsoa_pairs")

    def lsoas_of_postcodes(self, postcodes: Sequence[str]) -> dict[str, int]:
        """Return the feature_id of the neighbourhood that each known postcode lies in."""
        rows = self.warehouse.frame("points_of_postcodes", postcodes=list(postcodes)).dropna(subset="lsoa21_code")
        places = self.areas.loc[rows["lsoa21_code"], "feature_id"].to_numpy()
        return {str(code): int(place) for code, place in zip(rows["postcode"], places, strict=True)}

    def _own_values(self, figure: OwnFigure, *, level: str) -> FloatArray:
        """Return a figure over the areas of a level: counts over the people of the neighbourhoods it was given for."""
        places = self.areas_of_level("lsoa")
        values = np.asarray(places["area_code"].map(figure.values), dtype=np.float64)
        if level == "lsoa":
            return values
        areas, home = self.areas_of_level(level), self.area_of_neighbourhoods(level)
        population = np.asarray(places["population"], dtype=np.float64)
        is_known = ~np.isnan(values)
        has_totals = bool(figure.totals) and level in LEVELS_WITH_TOTALS
        is_given = is_known | np.asarray(places["area_code"].isin(figure.hidden)) if has_totals else is_known
        people = np.bincount(home, weights=population * is_given, minlength=len(areas))
        sums = np.bincount(home, weights=np.nan_to_num(values) * population, minlength=len(areas)).astype(np.float64)
        if has_totals:
            sums = PER_PEOPLE * np.asarray(areas["area_code"].map(figure.totals), dtype=np.float64)
        return np.where(people > 0, sums / np.where(people > 0, people, 1.0), np.nan)
