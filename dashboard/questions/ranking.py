"""Which places come first? Areas of a level in order, and which of them are left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.left_behind import Pillar, count_over, count_support, flag_left_behind, priority
from dashboard.questions.levels import LevelQuestions
from dashboard.state import BOTH, View
from etl.methods.arrays import BoolArray, ByteArray, FloatArray, IntArray
from etl.methods.ranking import rank_worst_first
from etl.tables.evidence import CERTAINTY_ID

NEIGHBOURHOOD = "lsoa"


@dataclass(frozen=True)
class SupportNow:
    """What can be reached in every neighbourhood, as the register has it at this moment.

    Parameters
    ----------
    group
        The group of assets it is counted of.
    number
        The register's number of change; the same group and number have the same values.
    values
        Shape (n,): access, in order of feature_id.
    """

    group: str
    number: int
    values: FloatArray = field(compare=False, repr=False)


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
        exclusion_rank, exclusion_worst_percent, is_left_behind, people_left_behind (the people of its left-behind
        neighbourhoods) and priority_rank (1 = highest priority); support_rank and support_worst_percent when thin
        support counts.
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

    def rank_areas(self, view: View, *, support: SupportNow | None = None) -> Ranking:
        """Return the areas that a view asks for, worst first, and who of them is left behind.

        Parameters
        ----------
        support
            What thin support is counted from; without it there are two pillars.
        """
        return self._rank(view.changed(at="", is_basemap_shown=True, outline=View().outline), support)

    @lru_cache(maxsize=64)  # noqa: B019 - one repository lives as long as its snapshot is open
    def _rank(self, view: View, support: SupportNow | None) -> Ranking:
        flags = _flag(view, self._pillars(view, support, level=NEIGHBOURHOOD))
        pillars = self._pillars(view, support, level=view.level)
        is_left_behind = _flag(view, pillars)
        weights = (view.need_weight, view.exclusion_weight, view.support_weight)[: len(pillars)]
        order_by = priority(pillars, weights=weights)
        order, value, rank = self._order(view, is_left_behind, priority=order_by)
        inside = self.areas_shown(within=view.within, level=view.level)
        figures: dict[str, NDArray[np.generic]] = {
            "value": value,
            "rank": rank,
            **_figures_of(pillars),
            "is_left_behind": is_left_behind,
            "people_left_behind": self._people_left_behind(flags, level=view.level),
            "priority_rank": rank_worst_first(order_by),
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

    def _pillars(self, view: View, support: SupportNow | None, *, level: str) -> tuple[Pillar, ...]:
        base = self.areas_within(area_code=view.within, level=level) if view.base == "within" else None
        ranked = tuple(
            count_over(self.values_of_level(level=level, indicator_id=indicator_id).national_rank, base=base)
            for indicator_id in (view.need, view.exclusion)
        )
        if support is None:
            return ranked
        return (*ranked, count_support(self._support_of_level(support, level=level), base=base))

    def support_ranks(self, support: SupportNow) -> FloatArray:
        """Return each neighbourhood's rank on thin support in England; equal ones share the worst of their ranks."""
        return count_support(support.values, base=None).rank

    def _support_of_level(self, support: SupportNow, *, level: str) -> FloatArray:
        """Return the mean over people of what can be reached in each area of a level."""
        if level == NEIGHBOURHOOD:
            return support.values
        people = self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy(dtype=np.float64)
        home, size = self.area_of_neighbourhoods(level), len(self.areas_of_level(level))
        reached = np.bincount(home, weights=people * support.values, minlength=size)
        return reached / np.maximum(np.bincount(home, weights=people, minlength=size), 1.0)

    def _order(
        self, view: View, is_left_behind: BoolArray, *, priority: FloatArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        if view.show in {BOTH, CERTAINTY_ID}:
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
        inside = self.areas_shown(within=within, level=NEIGHBOURHOOD)
        chosen = flags & inside
        people = self.areas_of_level(NEIGHBOURHOOD)["population"].to_numpy()
        return Summary(
            neighbourhoods=int(inside.sum()),
            left_behind=int(chosen.sum()),
            people_left_behind=int(people[chosen].sum()),
        )


def _flag(view: View, pillars: tuple[Pillar, ...]) -> BoolArray:
    return flag_left_behind(pillars, worst=(view.need_worst, view.exclusion_worst, view.support_worst)[: len(pillars)])


def _figures_of(pillars: tuple[Pillar, ...]) -> dict[str, NDArray[np.generic]]:
    figures: dict[str, NDArray[np.generic]] = {}
    for name, pillar in zip(("need", "exclusion", "support"), pillars, strict=False):
        figures |= {f"{name}_rank": pillar.rank, f"{name}_worst_percent": pillar.worst_percent}
    return figures
