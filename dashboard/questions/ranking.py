"""Which places come first? Areas of a level in order, and which of them are left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.left_behind import Pillar, count_over, flag_left_behind, priority
from dashboard.questions.levels import LevelQuestions
from dashboard.state import BOTH, View
from etl.methods.arrays import BoolArray, ByteArray, FloatArray, IntArray

NEIGHBOURHOOD = "lsoa"


@dataclass(frozen=True)
class Summary:
    """How many neighbourhoods are looked at and how many of them are left behind, with their people."""

    neighbourhoods: int
    left_behind: int
    people_left_behind: int


@dataclass(frozen=True)
class Ranking:
    """The areas of a view, worst first.

    Parameters
    ----------
    order
        Shape (k,): the feature_id of each area listed, worst first.
    figures
        By name, over all areas of the level in order of feature_id: value, rank, need_rank, need_worst_percent,
        exclusion_rank, exclusion_worst_percent, is_left_behind and people_left_behind (the people of its left-behind
        neighbourhoods).
    places
        All areas of the level in order of feature_id, as `LevelQuestions.areas_of_level` gives them.
    """

    order: IntArray
    figures: Mapping[str, NDArray[np.generic]]
    places: pd.DataFrame
    summary: Summary

    def __len__(self) -> int:
        return len(self.order)

    def rows(self, first: int = 0, last: int | None = None) -> pd.DataFrame:
        """Return a stretch of the list, counted from 0: position, the columns of `places`, and the figures."""
        chosen = self.order[first:last]
        rows = self.places.iloc[chosen].reset_index(drop=True)
        rows.insert(0, "position", np.arange(first + 1, first + 1 + len(chosen)))
        return rows.assign(**{name: figure[chosen] for name, figure in self.figures.items()})

    def row_of(self, feature_id: int) -> int | None:
        """Return where an area stands in the list, counted from 0, or None when it is not among these."""
        rows = np.flatnonzero(self.order == feature_id)
        return int(rows[0]) if rows.size else None


class RankingQuestions(LevelQuestions):
    """Questions about the order of places."""

    def rank_areas(self, view: View) -> Ranking:
        """Return the areas that a view asks for, worst first, and who of them is left behind."""
        return self._rank(view.changed(at="", is_basemap_shown=True))

    @lru_cache(maxsize=64)  # noqa: B019 - one repository lives as long as its snapshot is open
    def _rank(self, view: View) -> Ranking:
        flags = self._left_behind(view, level=NEIGHBOURHOOD)[2]
        need, exclusion, is_left_behind = self._left_behind(view, level=view.level)
        order, value, rank = self._order(view, is_left_behind, priority=priority(need=need, exclusion=exclusion))
        inside = self.areas_within(area_code=view.within, level=view.level)
        figures: dict[str, NDArray[np.generic]] = {
            "value": value,
            "rank": rank,
            "need_rank": need.rank,
            "need_worst_percent": need.worst_percent,
            "exclusion_rank": exclusion.rank,
            "exclusion_worst_percent": exclusion.worst_percent,
            "is_left_behind": is_left_behind,
            "people_left_behind": self._people_left_behind(flags, level=view.level),
        }
        return Ranking(
            order=order[inside[order]],
            figures=figures,
            places=self.areas_of_level(view.level),
            summary=self._summary(flags, within=view.within),
        )

    def worst_within(self, view: View, *, indicator_id: str) -> ByteArray:
        """Return the worst-per-cent of an indicator counted among the areas inside the one a view is narrowed to."""
        values = self.values_of_level(level=view.level, indicator_id=indicator_id)
        is_ranked = ~np.isnan(values.national_rank)
        inside = self.areas_within(area_code=view.within, level=view.level)
        return count_over(np.where(is_ranked, values.national_rank, -values.value), base=inside).worst_percent

    def _left_behind(self, view: View, *, level: str) -> tuple[Pillar, Pillar, BoolArray]:
        base = self.areas_within(area_code=view.within, level=level) if view.base == "within" else None
        need, exclusion = (
            count_over(self.values_of_level(level=level, indicator_id=indicator_id).national_rank, base=base)
            for indicator_id in (view.need, view.exclusion)
        )
        flags = flag_left_behind(
            need=need, exclusion=exclusion, need_worst=view.need_worst, exclusion_worst=view.exclusion_worst
        )
        return need, exclusion, flags

    def _order(
        self, view: View, is_left_behind: BoolArray, *, priority: FloatArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        if view.show == BOTH:
            order = np.lexsort((np.nan_to_num(-priority, nan=np.inf), ~is_left_behind))
            return order, priority, np.full(len(priority), np.nan)
        values = self.values_of_level(level=view.level, indicator_id=view.show)
        # A neutral indicator has no worst, so its areas are listed from the highest value down.
        is_ranked = ~np.isnan(values.national_rank)
        sort_key = np.where(is_ranked, values.national_rank, -values.value)
        order = np.argsort(np.nan_to_num(sort_key, nan=np.inf), kind="stable")
        return order, values.value, values.national_rank

    def _people_left_behind(self, flags: BoolArray, *, level: str) -> IntArray:
        people = np.where(flags, self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy(), 0)
        size = len(self.areas_of_level(level))
        return np.bincount(self.area_of_neighbourhoods(level), weights=people, minlength=size).astype(np.int64)

    def _summary(self, flags: BoolArray, *, within: str) -> Summary:
        inside = self.areas_within(area_code=within, level=NEIGHBOURHOOD)
        chosen = flags & inside
        people = self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy()
        return Summary(
            neighbourhoods=int(inside.sum()),
            left_behind=int(chosen.sum()),
            people_left_behind=int(people[chosen].sum()),
        )
