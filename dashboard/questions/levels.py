"""All areas and all their values, level by level, kept in memory: every other question is a look-up in these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from dashboard.questions.own_areas import OwnAreaQuestions
from etl.methods.arrays import BoolArray, FloatArray, IntArray
from etl.methods.ranking import worst_percent

# What a build says for its area when no one area of ours was loaded.
WHOLE, LISTED = "england", "list"


@dataclass(frozen=True)
class LevelValues:
    """An indicator over the areas of a level, in order of feature_id; NaN where there is none."""

    value: FloatArray
    national_rank: FloatArray

    @cached_property
    def ranked(self) -> int:
        """How many areas are ranked, which is what a rank is out of."""
        return int(np.count_nonzero(~np.isnan(self.national_rank)))


@dataclass(frozen=True)
class Matrix:
    """Every indicator over the areas of a level; shape (indicators, areas)."""

    rows: dict[str, int]
    value: FloatArray
    national_rank: FloatArray


class LevelQuestions(OwnAreaQuestions):
    """Questions about whole levels."""

    @cached_property
    def areas(self) -> pd.DataFrame:
        """Return every area of any level, by code; do not change it."""
        return self.warehouse.frame("areas").set_index("area_code", drop=False)

    @lru_cache(maxsize=8)  # noqa: B019 - one repository lives as long as its snapshot is open
    def areas_of_level(self, level: str) -> pd.DataFrame:
        """Return the areas of a level in order of feature_id; do not change it."""
        return self.areas[(self.areas["area_type"] == level).to_numpy()].reset_index(drop=True)

    def area_code_of(self, *, level: str, feature_id: int) -> str:
        """Return the code of the area that is drawn with a number."""
        return str(self.areas_of_level(level)["area_code"].iloc[feature_id])

    def values_of_level(self, *, level: str, indicator_id: str) -> LevelValues:
        """Return an indicator over the areas of a level."""
        matrix = self._matrix(level)
        row = matrix.rows[indicator_id]
        return LevelValues(value=matrix.value[row], national_rank=matrix.national_rank[row])

    @lru_cache(maxsize=64)  # noqa: B019
    def areas_within(self, *, area_code: str, level: str) -> BoolArray:
        """Return which areas of a level share a neighbourhood with an area; all of them when no area is named."""
        chosen = np.full(len(self.areas_of_level(level)), fill_value=not area_code)
        if area_code:
            chosen[self.area_of_neighbourhoods(level)[self._is_part_of(area_code)]] = True
        return chosen

    def areas_shown(self, *, within: str, level: str) -> BoolArray:
        """Return which areas of a level are listed: those within an area, or all that are drawn when none is named.

        A snapshot that was loaded for one ICB has the figures of all England and the boundaries of that ICB.
        """
        if within:
            return self.areas_within(area_code=within, level=level)
        is_drawn: BoolArray = self.areas_of_level(level)["west"].notna().to_numpy()
        return is_drawn

    @property
    def everywhere(self) -> str:
        """What all that is drawn is called, as a choice: all of England, or of the area that was loaded."""
        return "All that was loaded" if self.build.area == LISTED else f"All of {self.build.area_name}"

    def _is_part_of(self, area_code: str) -> BoolArray:
        """Return which neighbourhoods an area is made of, in order of feature_id; none for one that is not here."""
        if own := self.own_areas.get(area_code):
            return self.areas_of_level("lsoa")["area_code"].isin(own.lsoa21_codes).to_numpy()
        if area_code not in self.areas.index:
            return np.zeros(len(self.areas_of_level("lsoa")), dtype=np.bool_)
        known = self.areas.loc[area_code].to_dict()
        is_part: BoolArray = self.area_of_neighbourhoods(str(known["area_type"])) == known["feature_id"]
        return is_part

    def mean_within(self, *, area_code: str, indicator_id: str) -> float:
        """Return the population-weighted mean over an area's neighbourhoods that have a value, as the build does."""
        inside = self.areas_within(area_code=area_code, level="lsoa")
        value = self.values_of_level(level="lsoa", indicator_id=indicator_id).value[inside]
        people = self.areas_of_level("lsoa")["population"].to_numpy()[inside]
        is_known = ~np.isnan(value)
        total = people[is_known].sum()
        return float((value[is_known] * people[is_known]).sum() / total) if total else float("nan")

    def share_in_worst(self, *, area_code: str, indicator_id: str, percent: int = 20) -> float:
        """Return the share of an area's people whose neighbourhood is in England's worst X%; NaN without any rank."""
        inside = self.areas_within(area_code=area_code, level="lsoa")
        rank = self.values_of_level(level="lsoa", indicator_id=indicator_id).national_rank
        people = np.where(inside & ~np.isnan(rank), self.areas_of_level("lsoa")["population"].to_numpy(), 0)
        is_worst = worst_percent(rank) <= percent
        return float(people[is_worst].sum() / people.sum()) if people.sum() else float("nan")

    @lru_cache(maxsize=8)  # noqa: B019
    def area_of_neighbourhoods(self, level: str) -> IntArray:
        """Return the feature_id of the area of a level that each neighbourhood is in, in order of feature_id."""
        rows = self.warehouse.frame("area_of_neighbourhoods", level=level)
        return rows["feature_id"].to_numpy().astype(np.int64)

    @lru_cache(maxsize=8)  # noqa: B019
    def _matrix(self, level: str) -> Matrix:
        found = self.warehouse.frame("values_of_level", level=level)
        names = [row["indicator_id"] for row in self.warehouse.rows("indicator_ids")]
        shape = (len(names), len(self.areas_of_level(level)))
        value, national_rank = np.full(shape, np.nan), np.full(shape, np.nan)
        at = (found["number"].to_numpy(), found["feature_id"].to_numpy())
        value[at] = found["value"].to_numpy()
        national_rank[at] = found["national_rank"].to_numpy(dtype=np.float64, na_value=np.nan)
        return Matrix(rows={name: i for i, name in enumerate(names)}, value=value, national_rank=national_rank)
