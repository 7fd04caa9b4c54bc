"""What is a composite score made of, anywhere? The points of every neighbourhood, kept in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.own_figures import OwnFigureQuestions
from dashboard.questions.places import Area
from etl.methods.arrays import FloatArray
from etl.methods.recipe import Recipe

INPUT_COLUMNS = ("component_id", "component_name", "indicator_id", "indicator_name", "england_median")


@dataclass(frozen=True)
class Points:
    """The points that each input adds to a score.

    Parameters
    ----------
    inputs
        One row per input: component_id, component_name, indicator_id, indicator_name, england_median.
    points
        Shape (inputs, neighbourhoods), in order of feature_id; NaN where an input is missing.
    """

    inputs: pd.DataFrame
    points: FloatArray


class ContributionQuestions(OwnFigureQuestions):
    """Questions about what scores are made of."""

    @lru_cache(maxsize=256)  # noqa: B019 - one repository lives as long as its snapshot is open
    def contributions(self, *, area_code: str, recipe_id: str) -> pd.DataFrame:
        """Return what an area's score is made of beside England's median, the largest excess first.

        A larger area's points are the mean over its people. Columns: component_id, component_name, indicator_id,
        indicator_name, contribution, england_median, excess.
        """
        known = self.points_of_recipe(recipe_id)
        area = self.area(area_code)
        points = self._mean_points(area, known=known) if area else np.full(len(known.inputs), np.nan)
        frame = known.inputs.assign(contribution=points, excess=points - known.inputs["england_median"])
        found = frame[frame["contribution"].notna()]
        return found.sort_values(["excess", "indicator_id"], ascending=[False, True], ignore_index=True)

    @lru_cache(maxsize=8)  # noqa: B019
    def points_of_recipe(self, recipe_id: str) -> Points:
        """Return the points of every neighbourhood's score: of a published recipe, or of somebody's own."""
        if own := self.own_figures.get(recipe_id):
            return self._points_of_own(own.followed)
        inputs = self.warehouse.frame("inputs_with_medians", recipe_id=recipe_id)
        rows = self.warehouse.frame("contributions_of_recipe", recipe_id=recipe_id)
        points = np.full((len(inputs), len(self.areas_of_level("lsoa"))), np.nan)
        for i, part in enumerate(inputs.to_dict("records")):
            is_part = (rows["component_id"] == part["component_id"]) & (rows["indicator_id"] == part["indicator_id"])
            points[i, rows.loc[is_part, "feature_id"].to_numpy()] = rows.loc[is_part, "contribution"].to_numpy()
        return Points(inputs=inputs, points=points)

    def _mean_points(self, area: Area, *, known: Points) -> FloatArray:
        if area.area_type == "lsoa":
            return known.points[:, area.feature_id]
        inside = self.areas_within(area_code=area.area_code, level="lsoa")
        points = known.points[:, inside]
        people = self.areas_of_level("lsoa")["population"].to_numpy()[inside]
        weights = np.where(np.isnan(points), 0, people)
        total = weights.sum(axis=1)
        weighted = (np.nan_to_num(points) * weights).sum(axis=1)
        mean: FloatArray = np.divide(weighted, total, out=np.full(len(total), np.nan), where=total > 0)
        return mean

    def _points_of_own(self, recipe: Recipe) -> Points:
        scores = self.score(recipe)
        rows = [
            {
                "component_id": component.component_id,
                "component_name": component.name,
                "indicator_id": entry.indicator_id,
                "indicator_name": self.indicators[entry.indicator_id].name,
                "england_median": np.nanmedian(points),
            }
            for (component, entry), points in zip(recipe.inputs, scores.contributions.T, strict=True)
            if not np.isnan(points).all()
        ]
        is_there = ~np.isnan(scores.contributions).all(axis=0)
        return Points(inputs=pd.DataFrame(rows, columns=list(INPUT_COLUMNS)), points=scores.contributions.T[is_there])
