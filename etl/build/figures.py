"""Every indicator's value in every neighbourhood, as published or crosswalked, and ranked."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from etl.build.places import Places
from etl.methods.arrays import ByteArray, FloatArray
from etl.methods.crosswalk import crosswalk_rates
from etl.methods.ranking import decile, rank_worst_first
from etl.sources.spec import Indicator


@dataclass
class Figures:
    """A matrix that grows by columns as figures are read, crosswalked and scored.

    Parameters
    ----------
    indicators
        What each column is, and the source it comes from.
    values, ranks
        Shape (n, m); NaN where there is none. A rank that was published stands; the others are ours.
    deciles
        Shape (n, m), 0 where there is none.
    origins
        How each column came about: published, crosswalked or modelled.
    """

    indicators: list[tuple[Indicator, str]]
    values: FloatArray
    ranks: FloatArray
    deciles: ByteArray
    origins: list[str]

    @property
    def ids(self) -> list[str]:
        """Ids of the columns."""
        return [indicator.indicator_id for indicator, _ in self.indicators]

    def column(self, indicator_id: str) -> int:
        """Return the position of an indicator."""
        return self.ids.index(indicator_id)

    def add(self, indicator: Indicator, values: FloatArray, *, source_id: str, origin: str) -> None:
        """Add a column that nobody has ranked yet."""
        ranks = rank_worst_first(values, polarity=indicator.polarity)
        self.append_ranked(indicator, source_id, origin, values=values, ranks=ranks, deciles=decile(ranks))

    def append_ranked(
        self,
        indicator: Indicator,
        source_id: str,
        origin: str,
        *,
        values: FloatArray,
        ranks: FloatArray,
        deciles: ByteArray,
    ) -> None:
        """Add a column with the ranks and deciles that its publisher gave it."""
        self.indicators.append((indicator, source_id))
        self.origins.append(origin)
        self.values = np.column_stack([self.values, values])
        self.ranks = np.column_stack([self.ranks, ranks])
        self.deciles = np.column_stack([self.deciles, deciles])


def collect_figures(
    con: duckdb.DuckDBPyConnection, *, places: Places, catalogue: list[tuple[Indicator, str]]
) -> Figures:
    """Return the published figures of LSOAs 2021, and those of LSOAs 2011 crosswalked, in the catalogue's order.

    An indicator that no source filled is left out.
    """
    given = con.execute("SELECT * FROM staged_value").df()
    crossed = _crosswalk(con, places=places)
    size = len(places.lsoa)
    figures = Figures([], np.empty((size, 0)), np.empty((size, 0)), np.empty((size, 0), dtype=np.uint8), [])
    by_indicator = {str(key): rows for key, rows in given.groupby("indicator_id", sort=False)}
    for indicator, source_id in catalogue:
        if indicator.indicator_id in by_indicator:
            _add_published(figures, indicator, source_id, by_indicator[indicator.indicator_id], places=places)
        elif indicator.indicator_id in crossed:
            values = crossed[indicator.indicator_id].to_numpy(dtype=np.float64)
            figures.add(indicator, values, source_id=source_id, origin="crosswalked")
    return figures


def _add_published(
    figures: Figures, indicator: Indicator, source_id: str, rows: pd.DataFrame, *, places: Places
) -> None:
    position = np.searchsorted(places.lsoa, rows["lsoa21_code"].to_numpy(dtype=np.str_))
    size = len(places.lsoa)
    values, ranks = np.full(size, np.nan), np.full(size, np.nan)
    values[position] = rows["value"].to_numpy(dtype=np.float64)
    ranks[position] = rows["national_rank"].to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isnan(ranks).all():
        figures.add(indicator, values, source_id=source_id, origin=str(rows["origin"].iloc[0]))
        return
    deciles = np.zeros(size, dtype=np.uint8)
    deciles[position] = rows["decile"].to_numpy(dtype=np.float64, na_value=0).astype(np.uint8)
    figures.append_ranked(indicator, source_id, "published", values=values, ranks=ranks, deciles=deciles)


def _crosswalk(con: duckdb.DuckDBPyConnection, *, places: Places) -> pd.DataFrame:
    long = con.execute("SELECT * FROM staged_value_2011").df()
    pairs = con.execute("SELECT * FROM staged_pair").df()
    if long.empty or pairs.empty:
        return pd.DataFrame(index=places.lsoa)
    people = con.execute("SELECT * FROM staged_population_2011").df().set_index("lsoa11_code")["population"]
    wide = long.pivot_table(index="lsoa11_code", columns="indicator_id", values="value", sort=False)
    crossed = crosswalk_rates(pairs=pairs, values=wide, population=people.astype(np.float64))
    return crossed.reindex(places.lsoa)
