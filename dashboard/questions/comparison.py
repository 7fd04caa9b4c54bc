"""How do areas stand side by side? Their figures, and the official summaries of deprivation, for areas of any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import pandas as pd
from scipy import sparse

from dashboard.questions.own_figures import OwnFigure
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.profile import ProfileQuestions
from etl.methods.deprivation_summary import summarise_deprivation

IMD = "imd_2025"
# One row per figure and area; a figure whose small number is not kept is hidden there.
FIGURE_COLUMNS = (
    "indicator_id", "name", "unit", "decimals", "polarity", "value", "area_code", "area", "is_hidden",
)  # fmt: skip


class ComparisonQuestions(ProfileQuestions):
    """Questions about several areas at once."""

    def compared(self, area_codes: Sequence[str]) -> tuple[Area, ...]:
        """Return areas to stand side by side: those that are asked for and here, the ICB of the first, and England."""
        asked = [area for area in map(self.area, area_codes) if area]
        first = asked[0].icb_code if asked else None
        around = [self.area(code) for code in (first, ENGLAND) if code and code not in area_codes]
        return (*asked, *(area for area in around if area))

    def side_by_side(self, areas: Sequence[Area], *, domain: str) -> pd.DataFrame:
        """Return the figures of a domain in each area; the columns are those of `FIGURE_COLUMNS`."""
        frames = []
        for area in areas:
            profile = self.profile(area)
            rows = profile.loc[profile["domain"] == domain]
            frames.append(rows.assign(area_code=area.area_code, area=area.name, is_hidden=False))
        rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
        return rows.reindex(columns=list(FIGURE_COLUMNS))

    def own_side_by_side(self, areas: Sequence[Area], *, figures: Sequence[OwnFigure]) -> pd.DataFrame:
        """Return figures of people's own in each area; columns as of `side_by_side`."""
        rows = [
            {
                **asdict(figure.indicator),
                "value": self.own_value(figure.indicator.indicator_id, area_code=area.area_code),
                "area_code": area.area_code,
                "area": area.name,
                "is_hidden": area.area_code in figure.hidden,
            }
            for area in areas
            for figure in figures
        ]
        return pd.DataFrame(rows).reindex(columns=list(FIGURE_COLUMNS))

    @property
    def has_summaries(self) -> bool:
        """Return whether the index that the summaries are made of is loaded."""
        return IMD in self.mapped_indicators

    def deprivation_summaries(self, areas: Sequence[Area]) -> pd.DataFrame:
        """Return the summaries of Files 10 to 14 of the Indices of Deprivation, one row per area in order.

        Columns: average_score, average_rank (1 = worst), proportion, extent, local_concentration. People are those of
        the Census 2021; the published files use estimates of mid-2022.
        """
        inside = [self.areas_within(area_code=area.area_code, level="lsoa") for area in areas]
        imd = self.values_of_level(level="lsoa", indicator_id=IMD)
        answer = summarise_deprivation(
            membership=sparse.csr_array(np.array(inside, dtype=np.float64)),
            score=imd.value,
            ranks=imd.national_rank,
            population=self.areas_of_level("lsoa")["population"].to_numpy(dtype=np.float64),
        )
        return pd.DataFrame(
            {
                "average_score": answer.average_score,
                "average_rank": answer.average_rank,
                "proportion": answer.proportion,
                "extent": answer.extent,
                "local_concentration": answer.local_concentration,
            },
            index=[area.area_code for area in areas],
        )
