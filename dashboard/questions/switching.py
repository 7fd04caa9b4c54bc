"""How have appointments moved from face to face to telephone and video, and where? Every area that is followed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from dashboard.left_behind import count_over
from dashboard.questions.comparison import ComparisonQuestions
from dashboard.questions.places import ENGLAND
from dashboard.questions.views import LEFT_BEHIND
from dashboard.state import View

FACE_TO_FACE = "appointments_face_to_face"
REMOTE = ("appointments_telephone", "appointments_video_online")
# A year evens out the seasons.
MONTHS_AVERAGED = 12


@dataclass(frozen=True)
class Switch:
    """How appointments moved in the areas of a level.

    Parameters
    ----------
    areas
        One row per area: area_code, name, before, after, change (per cent of appointments by telephone, video or
        online; percentage points), need_percent, exclusion_percent (1 = worst), left_behind (share of people).
    first, last
        The months that before and after are means of, in words of the trend (2019-03).
    followed, of
        How many areas of the level are followed, of how many there are.
    """

    areas: pd.DataFrame
    first: tuple[str, str]
    last: tuple[str, str]
    followed: int
    of: int


class SwitchQuestions(ComparisonQuestions):
    """Questions about the switch to telephone and video."""

    @lru_cache(maxsize=8)  # noqa: B019 - one repository lives as long as its snapshot is open
    def trends(self, level: str) -> pd.DataFrame:
        """Return what is followed for every area of a level: area_code, period, indicator_id, value."""
        return self.warehouse.frame("trend_of_level", level=level)

    @lru_cache(maxsize=4)  # noqa: B019
    def switch(self, level: str) -> Switch | None:
        """Return how appointments moved in the areas of a level, against need and exclusion; None without two months.

        Before is the mean of the first twelve months that are loaded, after that of the last twelve; where fewer than
        two years are loaded, of the first and the last half.
        """
        trends = self.trends(level)
        remote = trends[trends["indicator_id"].isin(REMOTE)]
        months = sorted(remote["period"].unique())
        if len(months) < 2:  # noqa: PLR2004 - nothing moves within a month
            return None
        span = min(MONTHS_AVERAGED, len(months) // 2)
        by_month = remote.groupby(["area_code", "period"])["value"].sum().unstack()
        before, after = by_month[months[:span]].mean(axis=1), by_month[months[-span:]].mean(axis=1)
        moved = pd.DataFrame({"before": before, "after": after, "change": after - before}).dropna()
        places = self.areas_of_level(level).set_index("area_code")
        areas = moved.join(places[["name", "population"]]).join(self._standing(level)).reset_index()
        return Switch(
            areas=areas.sort_values(["change", "area_code"], ascending=[False, True], ignore_index=True),
            first=(months[0], months[span - 1]),
            last=(months[-span], months[-1]),
            followed=len(moved),
            of=len(places),
        )

    def england_months(self) -> pd.DataFrame:
        """Return England's appointments month by month: period, indicator_id, name, unit, value."""
        return self.appointments(ENGLAND)

    def _standing(self, level: str) -> pd.DataFrame:
        """Return where each area of a level stands on need and exclusion, by code."""
        view = self.fit_view(View()).view
        percents = {
            name: count_over(self.values_of_level(level=level, indicator_id=key).national_rank, base=None).worst_percent
            for name, key in (("need_percent", view.need), ("exclusion_percent", view.exclusion))
        }
        left_behind = self.values_of_level(level=level, indicator_id=LEFT_BEHIND).value
        codes = self.areas_of_level(level)["area_code"].to_numpy()
        return pd.DataFrame({**percents, "left_behind": left_behind}, index=codes)
