"""Need by digital exclusion in three classes each. Who is in which cell, and what stands in the way there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dashboard.questions.contributions import ContributionQuestions
from dashboard.questions.levels import LevelQuestions
from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.segments import NO_BARRIER, Segments, dominant_barrier, segment_places

NO_BARRIER_NAME = "None stands out"


@dataclass(frozen=True)
class Barriers:
    """The barrier that stands out in each neighbourhood, in order of feature_id.

    Parameters
    ----------
    names
        Components of the score by id, in words, in the order that `of` counts them.
    of
        Shape (n,): position in `names`; -1 where none stands out.
    """

    names: dict[str, str]
    of: IntArray

    def name_of(self, position: int) -> str:
        """Return a barrier in words."""
        return NO_BARRIER_NAME if position == NO_BARRIER else list(self.names.values())[position]

    def is_one(self, component_id: str) -> BoolArray:
        """Return where a component is the main barrier, shape (n,); everywhere when none is named."""
        if component_id not in self.names:
            return np.ones(len(self.of), dtype=np.bool_)
        is_it: BoolArray = self.of == list(self.names).index(component_id)
        return is_it


class SegmentQuestions(ContributionQuestions, LevelQuestions):
    """Questions about the matrix of need by digital exclusion; classes are thirds of England."""

    @lru_cache(maxsize=32)  # noqa: B019 - one repository lives as long as its snapshot is open
    def segments(self, *, need: str, recipe_id: str, within: str) -> Segments:
        """Return the cell of every neighbourhood that is shown: those of an area, or all when none is named."""
        inside = self.areas_shown(within=within, level="lsoa")
        whole = segment_places(
            need_ranks=self.values_of_level(level="lsoa", indicator_id=need).national_rank,
            exclusion_ranks=self.values_of_level(level="lsoa", indicator_id=recipe_id).national_rank,
            population=self._people(),
        )
        cell = np.where(inside, whole.cell, -1)
        counted = cell >= 0
        people = np.bincount(cell[counted], weights=self._people()[counted], minlength=9).astype(np.float64)
        return Segments(cell=cell, places=np.bincount(cell[counted], minlength=9), people=people)

    @lru_cache(maxsize=8)  # noqa: B019
    def barriers(self, recipe_id: str) -> Barriers:
        """Return the component that pushes each neighbourhood's score furthest above England's middle."""
        known = self.points_of_recipe(recipe_id)
        names = dict(zip(known.inputs["component_id"], known.inputs["component_name"], strict=True))
        parts = known.inputs["component_id"].to_numpy()
        points = np.column_stack([_add_up(known.points[parts == component_id]) for component_id in names])
        middle = np.array([np.nanmedian(column) if (~np.isnan(column)).any() else np.inf for column in points.T])
        return Barriers(names=names, of=dominant_barrier(points, reference=middle))

    def _people(self) -> FloatArray:
        return self.areas_of_level("lsoa")["population"].to_numpy(dtype=np.float64)


def _add_up(points: FloatArray) -> FloatArray:
    """Return the points of a component, NaN where it has no input."""
    return np.where(np.isnan(points).all(axis=0), np.nan, np.nansum(points, axis=0))
