"""What is it like there, and why? One area's figures beside its ICB's and England's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from dashboard.joint_ranks import joint_end
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.views import ViewQuestions
from etl.methods.arrays import FloatArray

BINS = 30
# The rare extremes would squeeze everything else into a corner, so both ends gather what lies beyond.
CLIPPED_SHARE_PERCENT = 0.5
MOVED_DOMAINS = ("imd", "income", "employment", "education", "health", "crime", "barriers", "living_environment")


@dataclass(frozen=True)
class Distribution:
    """How the values of a level spread; both ends gather what lies beyond them.

    Parameters
    ----------
    edges, share
        Shape (b + 1,) and (b,): the edges of the bins and the share of areas in each.
    """

    edges: FloatArray
    share: FloatArray


@dataclass(frozen=True)
class Standing:
    """A rank, 1 = worst, what it is out of, and its decile; NaN and 0 where there is no rank."""

    national_rank: float
    ranked: int
    decile: int


class ProfileQuestions(ViewQuestions):
    """Questions about one area."""

    @lru_cache(maxsize=64)  # noqa: B019 - one repository lives as long as its snapshot is open
    def profile(self, area: Area) -> pd.DataFrame:
        """Return an area's figures, one row per indicator that it or England has a value of.

        Columns: those of `Indicator`, value, national_rank, ranked (how many areas of its level are ranked), decile and
        worst_percent (1 = worst; 0 where there is no rank), icb_value and england_value.
        """
        england, system = self.area(ENGLAND), self.area(area.icb_code or "")
        rows = []
        for key, indicator in self.indicators.items():
            figures = {
                **self._figures_in(area, indicator_id=key),
                "icb_value": self._value_in(system, indicator_id=key),
                "england_value": self._value_in(england, indicator_id=key),
            }
            if not (np.isnan(figures["value"]) and np.isnan(figures["england_value"])):
                rows.append({**vars(indicator), **figures})
        frame = pd.DataFrame(rows)
        return frame.assign(decile=_cut(frame, parts=10), worst_percent=_cut(frame, parts=100))

    @lru_cache(maxsize=64)  # noqa: B019
    def joint_ends(self, area: Area) -> dict[str, str]:
        """Return the figures on which an area shares the best or the worst value with many: which end, by indicator."""
        found: dict[str, str] = {}
        profile = self.profile(area)
        for row in profile[profile["national_rank"].notna()].to_dict("records"):
            values = self.values_of_level(level=area.area_type, indicator_id=row["indicator_id"]).value
            tied = int(np.count_nonzero(values == row["value"]))
            if end := joint_end(row["national_rank"], ranked=row["ranked"], tied=tied):
                found[row["indicator_id"]] = end
        return found

    def standing(self, area: Area, *, indicator_id: str) -> Standing:
        """Return where an area stands on an indicator among those of its size; one of somebody's own too."""
        figures = self._figures_in(area, indicator_id=indicator_id)
        ranked = int(figures["ranked"])
        frame = pd.DataFrame([figures])
        return Standing(figures["national_rank"], ranked=ranked, decile=int(_cut(frame, parts=10).iloc[0]))

    @lru_cache(maxsize=512)  # noqa: B019
    def distribution(self, *, level: str, indicator_id: str) -> Distribution | None:
        """Return how an indicator spreads over the areas of a level, or None where too few have a value."""
        value = self.values_of_level(level=level, indicator_id=indicator_id).value
        present = value[~np.isnan(value)]
        if len(np.unique(present)) < 2:  # noqa: PLR2004 - a single value has no spread
            return None
        low, high = np.percentile(present, [CLIPPED_SHARE_PERCENT, 100 - CLIPPED_SHARE_PERCENT])
        if low == high:
            low, high = present.min(), present.max()
        counts, edges = np.histogram(np.clip(present, low, high), bins=BINS, range=(low, high))
        return Distribution(edges=edges, share=counts / present.size)

    def movement(self, area: Area) -> pd.DataFrame:
        """Return deciles of 2019 and 2025: domain, name, decile_2019, decile_2025; where both are known."""
        profile = self.profile(area).set_index("indicator_id")
        deciles, names = profile["decile"].to_dict(), profile["name"].to_dict()
        rows = [
            (domain, names[f"{domain}_2025"], deciles[f"{domain}_2019"], deciles[f"{domain}_2025"])
            for domain in MOVED_DOMAINS
            if deciles.get(f"{domain}_2019") and deciles.get(f"{domain}_2025")
        ]
        return pd.DataFrame(rows, columns=["domain", "name", "decile_2019", "decile_2025"])

    @lru_cache(maxsize=64)  # noqa: B019
    def appointments(self, area_code: str) -> pd.DataFrame:
        """Return what is followed month by month: period, indicator_id, name, unit, value."""
        return self.warehouse.frame("trend_of_area", area_code=area_code)

    def published_assets(self) -> pd.DataFrame:
        """Return every published asset of the snapshot: asset_id, name, kind."""
        return self.warehouse.frame("published_assets")

    def _figures_in(self, area: Area, *, indicator_id: str) -> dict[str, float]:
        if area.area_type == CUSTOM:
            # There is nothing of its size to rank it among.
            mean = self.mean_within(area_code=area.area_code, indicator_id=indicator_id)
            return {"value": mean, "national_rank": float("nan"), "ranked": 0}
        level = self.values_of_level(level=area.area_type, indicator_id=indicator_id)
        place = area.feature_id
        return {"value": level.value[place], "national_rank": level.national_rank[place], "ranked": level.ranked}

    def _value_in(self, area: Area | None, *, indicator_id: str) -> float:
        if area is None:
            return float("nan")
        return float(self.values_of_level(level=area.area_type, indicator_id=indicator_id).value[area.feature_id])


def _cut(frame: pd.DataFrame, *, parts: int) -> pd.Series[int]:
    """Return ceil(parts·rank/N) of each row, 0 where there is no rank.

    `etl.methods.ranking` does the same over one indicator; here every row has an N of its own.
    """
    doubled = (2 * frame["national_rank"]).fillna(0).round().astype(int)
    return -((-parts * doubled) // (2 * frame["ranked"].clip(lower=1)))
