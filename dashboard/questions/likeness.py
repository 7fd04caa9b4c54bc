"""Which neighbourhoods are most like this one? Anywhere in England, by any figures."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.certainty import CertaintyQuestions
from dashboard.questions.places import Area
from etl.methods.similar import find_similar

MOST_SIMILAR = 5


class LikenessQuestions(CertaintyQuestions):
    """Questions about places that are alike."""

    def figures_to_compare(self, *, need: str, recipe_id: str) -> tuple[str, ...]:
        """Return what places are compared by unless a person chooses otherwise: need and what the recipe is made of."""
        inputs = [entry.indicator_id for _, entry in self.followed_recipe(recipe_id).inputs]
        return tuple(dict.fromkeys(key for key in (need, *inputs) if key in self.mapped_indicators))

    @lru_cache(maxsize=64)  # noqa: B019 - one repository lives as long as its snapshot is open
    def similar(self, area: Area, *, indicator_ids: tuple[str, ...]) -> pd.DataFrame:
        """Return the neighbourhoods most like one: the columns of `areas_of_level`, and distance (0 = the same).

        Raises
        ------
        MethodError
            If the neighbourhood has none of the figures.
        """
        values = [self.values_of_level(level="lsoa", indicator_id=key).value for key in indicator_ids]
        found = find_similar(np.column_stack(values), place=area.feature_id, most=MOST_SIMILAR)
        rows = self.areas_of_level("lsoa").iloc[found.places].reset_index(drop=True)
        return rows.assign(distance=found.distance)
