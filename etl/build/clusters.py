"""Where neighbourhoods of high priority lie side by side, and what such a cluster is called."""

from __future__ import annotations

from itertools import groupby

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl import geometry
from etl.build.places import Codes
from etl.build.rows import insert_rows, number_or_null, read_columns, words_at
from etl.build.shapes import Shapes
from etl.methods.arrays import IntArray
from etl.methods.clusters import HIGH_HIGH, HIGH_LOW, LOW_HIGH, LOW_LOW, LocalMoran, group_neighbours, local_moran
from etl.statements import run_statement

KINDS = {HIGH_HIGH: "high_high", LOW_LOW: "low_low", HIGH_LOW: "high_low", LOW_HIGH: "low_high"}
FEWEST_TO_COMPARE = 10
# A cluster this large, in neighbourhoods, is called by its districts, a smaller one by its neighbourhoods' names.
LARGE = 30
MOST_NAMES = 3
LEAST_SHARE_TO_NAME = 0.1


def store_clusters(con: duckdb.DuckDBPyConnection, *, shapes: Shapes) -> None:
    """Fill `neighbour` with who touches whom, and `cluster` with how each place stands among its neighbours."""
    codes = shapes.lsoa.codes
    pairs = geometry.touching_pairs(shapes.lsoa.geometries)
    _store_neighbours(con, codes=codes, pairs=pairs)
    ranked = read_columns(con.execute("SELECT lsoa21_code, priority FROM left_behind ORDER BY lsoa21_code"))
    known = np.intersect1d(ranked["lsoa21_code"].astype(np.str_), codes, return_indices=True)
    row, priority = known[2], ranked["priority"][known[1]]
    if len(row) < FEWEST_TO_COMPARE or np.ptp(priority) == 0:
        return
    # Neighbours are counted among the places that have a priority.
    position = np.full(len(codes), -1)
    position[row] = np.arange(len(row))
    inside = position[pairs]
    among = inside[(inside >= 0).all(axis=1)]
    moran = local_moran(priority, pairs=among)
    is_significant = moran.is_significant()
    groups = group_neighbours(is_significant & (moran.quadrant == HIGH_HIGH), pairs=among)
    kinds = _kinds(moran, is_significant=is_significant)
    _store_clusters(con, codes=codes[row], moran=moran, kinds=kinds, groups=groups)


def _store_neighbours(con: duckdb.DuckDBPyConnection, *, codes: Codes, pairs: IntArray) -> None:
    both = np.vstack([pairs, pairs[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    columns = {"lsoa21_code": words_at(codes, both[:, 0]), "neighbour_code": words_at(codes, both[:, 1])}
    insert_rows(con, "neighbour", pa.table(columns))


def _kinds(moran: LocalMoran, *, is_significant: NDArray[np.bool_]) -> NDArray[np.str_]:
    named = [moran.quadrant == quadrant for quadrant in KINDS]
    kinds = np.select(named, list(KINDS.values()), default="island")
    return np.where(is_significant | (moran.quadrant == 0), kinds, "not_significant")


def _store_clusters(
    con: duckdb.DuckDBPyConnection, *, codes: Codes, moran: LocalMoran, kinds: NDArray[np.str_], groups: IntArray
) -> None:
    member = pa.table({"lsoa21_code": words_at(codes, np.flatnonzero(groups >= 0)), "number": groups[groups >= 0]})
    con.register("member", member)
    rows = run_statement(con, "cluster_places").fetchall()
    con.unregister("member")
    names = {number: name_cluster([row[1:] for row in part]) for number, part in groupby(rows, key=lambda row: row[0])}
    # They come with most people first, so their order is their number.
    cluster_id = {number: place for place, number in enumerate(names, start=1)}
    table = pa.table(
        {
            "lsoa21_code": pa.array(codes.tolist(), pa.string()),
            "kind": pa.array(kinds.tolist(), pa.string()),
            "local_moran": number_or_null(moran.statistic),
            "p_value": number_or_null(moran.p_value),
            "cluster_id": pa.array([cluster_id.get(number) for number in groups.tolist()], pa.int32()),
            "cluster_name": pa.array([names.get(number) for number in groups.tolist()], pa.string()),
        }
    )
    insert_rows(con, "cluster", table)


def name_cluster(places: list[tuple[str, str, int, int]]) -> str:
    """Return where a cluster is, in words: its neighbourhoods and district, or its districts when it is large.

    Parameters
    ----------
    places
        Local name, district, neighbourhoods and people; most people first.
    """
    people: dict[str, int] = {}
    for _, district, _, living in places:
        people[district] = people.get(district, 0) + living
    total = sum(people.values())
    districts = sorted(people, key=lambda name: (-people[name], name))
    weighty = [name for name in districts if people[name] >= LEAST_SHARE_TO_NAME * total][:MOST_NAMES]
    if sum(place[2] for place in places) > LARGE:
        return _join(weighty)
    local = list(dict.fromkeys(name for name, district, _, _ in places if district == districts[0]))[: MOST_NAMES - 1]
    return f"{_join(local)}, {_join(weighty)}"


def _join(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
