"""Write the figures into the warehouse, and carry them to every larger area."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.build.figures import Figures
from etl.build.places import Places
from etl.build.rows import insert_rows, number_or_null, read_columns, words_at
from etl.methods.arrays import FloatArray
from etl.methods.ranking import rank_worst_first, ties_of
from etl.methods.summaries import build_membership, shares_in_worst, weighted_means
from etl.sources.spec import Indicator


def store_figures(con: duckdb.DuckDBPyConnection, *, places: Places, figures: Figures) -> None:
    """Fill `indicator`, `indicator_value` and `area_value`."""
    store_indicators(con, figures.indicators)
    row, column = np.nonzero(~np.isnan(figures.values).T)[::-1]
    ids, codes = np.array(figures.ids), places.lsoa
    table = pa.table(
        {
            "lsoa21_code": words_at(codes, row),
            "indicator_id": words_at(ids, column),
            "value": figures.values[row, column],
            "national_rank": number_or_null(figures.ranks[row, column]),
            "decile": pa.array(figures.deciles[row, column].astype(np.int32), mask=figures.deciles[row, column] == 0),
            "origin": words_at(np.array(figures.origins), column),
        }
    )
    insert_rows(con, "indicator_value", table)
    _store_area_values(con, places=places, figures=figures)


def store_indicators(con: duckdb.DuckDBPyConnection, indicators: list[tuple[Indicator, str]]) -> None:
    """Add rows to `indicator`, after those that are there."""
    start = con.execute("SELECT count(*) FROM indicator").fetchall()[0][0]
    rows = [
        (i.indicator_id, i.name, i.unit, i.polarity, i.domain, source, i.period, i.definition, i.caveat, i.decimals, n)
        for n, (i, source) in enumerate(indicators, start=start)
    ]
    con.executemany("INSERT INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _store_area_values(con: duckdb.DuckDBPyConnection, *, places: Places, figures: Figures) -> None:
    areas = read_columns(con.execute("SELECT area_code, area_type FROM area ORDER BY area_code"))
    members = read_columns(con.execute("SELECT area_code, lsoa21_code FROM area_member"))
    area_codes = areas["area_code"].astype(np.str_)
    membership = build_membership(
        area=np.searchsorted(area_codes, members["area_code"].astype(np.str_)),
        lsoa=np.searchsorted(places.lsoa, members["lsoa21_code"].astype(np.str_)),
        shape=(len(area_codes), len(places.lsoa)),
    )
    means = weighted_means(membership=membership, values=figures.values, population=places.population)
    is_lsoa = areas["area_type"] == "lsoa"
    means[is_lsoa] = figures.values
    table = pa.table(
        {
            "area_code": words_at(area_codes, np.tile(np.arange(len(area_codes)), means.shape[1])),
            "indicator_id": words_at(np.array(figures.ids), np.repeat(np.arange(means.shape[1]), len(area_codes))),
            "value": _flat(means),
            "national_rank": _flat(_rank_by_level(means, levels=areas["area_type"], figures=figures)),
            "share_in_worst_decile": _flat(
                shares_in_worst(membership=membership, worst=figures.deciles, threshold_percent=1)
            ),
            "share_in_worst_fifth": _flat(
                shares_in_worst(membership=membership, worst=figures.deciles, threshold_percent=2)
            ),
        }
    )
    insert_rows(con, "area_value", table.filter(table["value"].is_valid()))


def _rank_by_level(means: FloatArray, *, levels: NDArray[np.object_], figures: Figures) -> FloatArray:
    ranks = np.full(means.shape, np.nan)
    ties = [ties_of(column) for column in figures.ranks.T]
    for level in np.unique(levels.astype(np.str_)):
        rows = levels == level
        for column, (indicator, _) in enumerate(figures.indicators):
            mean = means[rows, column]
            ranks[rows, column] = rank_worst_first(mean, polarity=indicator.polarity, ties=ties[column])
        if level == "lsoa":
            ranks[rows] = figures.ranks
    return ranks


def _flat(matrix: FloatArray) -> pa.Array:
    return number_or_null(matrix.T.reshape(-1))
