"""Where does it come from? Sources, indicators and recipes of the snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.questions.asking import Questions

CENTROIDS = "lsoa_centroids"


@dataclass(frozen=True)
class Indicator:
    """One indicator, as its source defines it."""

    indicator_id: str
    name: str
    unit: str
    polarity: str
    domain: str
    period: str
    definition: str
    caveat: str
    decimals: int
    source_title: str
    has_values: bool

    @property
    def is_neutral(self) -> bool:
        """Whether neither direction is worse."""
        return self.polarity == "neutral"


@dataclass(frozen=True)
class Recipe:
    """One composite index; its score is the indicator of the same id."""

    recipe_id: str
    name: str
    description: str
    origin: str
    is_default: bool


class ProvenanceQuestions(Questions):
    """Questions about what is loaded."""

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Return every published source, those left out last; columns as in the `source` table."""
        return self.warehouse.frame("sources")

    @cached_property
    def has_centroids(self) -> bool:
        """Return whether population-weighted centroids stand for people, or else a point inside each neighbourhood."""
        loaded = self.sources.loc[self.sources["status"] == "loaded", "source_id"]
        return CENTROIDS in set(loaded)

    @cached_property
    def attributions(self) -> tuple[str, ...]:
        """Return the lines that must be shown with what is loaded, each once."""
        loaded = self.sources.loc[self.sources["status"] == "loaded", "attribution"]
        return tuple(dict.fromkeys(line for line in loaded if line))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Return every indicator by id, in the order of lists."""
        names = Indicator.__dataclass_fields__
        rows = self.warehouse.rows("indicators")
        return {row["indicator_id"]: Indicator(**{name: row[name] for name in names}) for row in rows}

    @cached_property
    def mapped_indicators(self) -> dict[str, Indicator]:
        """Return the indicators that neighbourhoods have values of, which a map can show."""
        return {key: indicator for key, indicator in self.indicators.items() if indicator.has_values}

    @cached_property
    def recipes(self) -> dict[str, Recipe]:
        """Return every composite index by id, the default one first."""
        return {row["recipe_id"]: Recipe(**row) for row in self.warehouse.rows("recipes")}

    @cached_property
    def recipe_inputs(self) -> pd.DataFrame:
        """Return what each composite index is made of; columns as in `recipe_input`, with indicator_name."""
        return self.warehouse.frame("recipe_inputs")
