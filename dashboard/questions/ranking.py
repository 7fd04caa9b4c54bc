"""Which places come first? Areas of a level in order, and which of them are left behind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.left_behind import Pillar, count_over, flag_left_behind, priority
from dashboard.questions.asking import Questions
from dashboard.state import BOTH, View
from etl.methods.arrays import BoolArray, FloatArray, IntArray

NEIGHBOURHOOD = "lsoa"


@dataclass(frozen=True)
class LevelValues:
    """An indicator over the areas of a level, in order of feature_id; NaN where there is none."""

    value: FloatArray
    national_rank: FloatArray


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
    areas
        One row per area: position, feature_id, area_code, name, lad_name, icb_name, population, neighbourhoods, value,
        rank, need_rank, need_worst_percent, exclusion_rank, exclusion_worst_percent, is_left_behind and
        people_left_behind (the people of its left-behind neighbourhoods).
    ranked
        How many areas are ranked together, which is what a rank is out of.
    """

    areas: pd.DataFrame
    summary: Summary
    ranked: int

    def row_of(self, area_code: str) -> int | None:
        """Return the row of an area, counted from 0, or None when it is not among these."""
        rows = np.flatnonzero(self.areas["area_code"].to_numpy() == area_code)
        return int(rows[0]) if rows.size else None


class RankingQuestions(Questions):
    """Questions about the order of places."""

    @lru_cache(maxsize=8)  # noqa: B019 - one repository lives as long as its snapshot is open
    def areas_of_level(self, level: str) -> pd.DataFrame:
        """Return the areas of a level in order of feature_id; do not change it."""
        return self.warehouse.frame("areas_of_level", level=level)

    def area_code_of(self, *, level: str, feature_id: int) -> str:
        """Return the code of the area that is drawn with a number."""
        return str(self.areas_of_level(level)["area_code"].iloc[feature_id])

    @lru_cache(maxsize=256)  # noqa: B019
    def values_of_level(self, *, level: str, indicator_id: str) -> LevelValues:
        """Return an indicator over the areas of a level."""
        rows = self.warehouse.frame("values_of_level", level=level, indicator_id=indicator_id)
        size = len(self.areas_of_level(level))
        places = rows["feature_id"].to_numpy()
        return LevelValues(
            value=_spread(rows["value"], places=places, size=size),
            national_rank=_spread(rows["national_rank"], places=places, size=size),
        )

    @lru_cache(maxsize=64)  # noqa: B019
    def areas_within(self, *, area_code: str, level: str) -> BoolArray:
        """Return which areas of a level share a neighbourhood with an area; all of them when no area is named."""
        chosen = np.full(len(self.areas_of_level(level)), fill_value=not area_code)
        if area_code:
            rows = self.warehouse.frame("areas_within", area_code=area_code, level=level)
            chosen[rows["feature_id"].to_numpy()] = True
        return chosen

    def rank_areas(self, view: View) -> Ranking:
        """Return the areas that a view asks for, worst first, and who of them is left behind."""
        return self._rank(view.changed(at="", is_basemap_shown=True))

    @lru_cache(maxsize=12)  # noqa: B019
    def _rank(self, view: View) -> Ranking:
        flags = self._left_behind(view, level=NEIGHBOURHOOD)[2]
        need, exclusion, is_left_behind = self._left_behind(view, level=view.level)
        inside = self.areas_within(area_code=view.within, level=view.level)
        areas = self.areas_of_level(view.level).assign(
            need_rank=need.rank,
            need_worst_percent=need.worst_percent,
            exclusion_rank=exclusion.rank,
            exclusion_worst_percent=exclusion.worst_percent,
            is_left_behind=is_left_behind,
            people_left_behind=self._people_left_behind(flags, level=view.level),
        )
        ordered, ranked = self._order(areas, view=view, priority=priority(need=need, exclusion=exclusion))
        ordered = ordered[inside[ordered["feature_id"].to_numpy()]].reset_index(drop=True)
        ordered.insert(0, "position", np.arange(1, len(ordered) + 1))
        return Ranking(areas=ordered, summary=self._summary(flags, within=view.within), ranked=ranked)

    def _left_behind(self, view: View, *, level: str) -> tuple[Pillar, Pillar, BoolArray]:
        base = self.areas_within(area_code=view.within, level=level) if view.base == "within" else None
        pillars = [
            count_over(self.values_of_level(level=level, indicator_id=indicator_id).national_rank, base=base)
            for indicator_id in (view.need, view.exclusion)
        ]
        need, exclusion = pillars
        flags = flag_left_behind(
            need=need, exclusion=exclusion, need_worst=view.need_worst, exclusion_worst=view.exclusion_worst
        )
        return need, exclusion, flags

    def _order(self, areas: pd.DataFrame, *, view: View, priority: FloatArray) -> tuple[pd.DataFrame, int]:
        if view.show == BOTH:
            ranked = int(np.count_nonzero(~np.isnan(priority)))
            keyed = areas.assign(value=priority, rank=areas["need_rank"])
            order = np.lexsort((np.nan_to_num(-priority, nan=np.inf), ~areas["is_left_behind"].to_numpy()))
            return keyed.iloc[order], ranked
        values = self.values_of_level(level=view.level, indicator_id=view.show)
        is_ranked = ~np.isnan(values.national_rank)
        # A neutral indicator has no worst, so its areas are listed from the highest value down.
        sort_key = np.where(is_ranked, values.national_rank, -values.value)
        order = np.argsort(np.nan_to_num(sort_key, nan=np.inf), kind="stable")
        ranked = int(np.count_nonzero(is_ranked))
        return areas.assign(value=values.value, rank=values.national_rank).iloc[order], ranked

    def _people_left_behind(self, flags: BoolArray, *, level: str) -> IntArray:
        people = np.where(flags, self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy(), 0)
        size = len(self.areas_of_level(level))
        return np.bincount(self._area_of_neighbourhoods(level), weights=people, minlength=size).astype(np.int64)

    @lru_cache(maxsize=8)  # noqa: B019
    def _area_of_neighbourhoods(self, level: str) -> IntArray:
        rows = self.warehouse.frame("area_of_neighbourhoods", level=level)
        return rows["feature_id"].to_numpy().astype(np.int64)

    def _summary(self, flags: BoolArray, *, within: str) -> Summary:
        inside = self.areas_within(area_code=within, level=NEIGHBOURHOOD)
        chosen = flags & inside
        people = self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy()
        return Summary(
            neighbourhoods=int(inside.sum()),
            left_behind=int(chosen.sum()),
            people_left_behind=int(people[chosen].sum()),
        )


def _spread(column: pd.Series[float], *, places: IntArray, size: int) -> FloatArray:
    spread = np.full(size, np.nan)
    spread[places] = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return spread
