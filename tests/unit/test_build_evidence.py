from __future__ import annotations

import warnings
from importlib import import_module

import duckdb
import numpy as np
import pytest
import shapely

from etl.build.clusters import LARGE, name_cluster, store_clusters
from etl.build.shapes import Level, Shapes
from etl.geometry import touching_pairs
from etl.tables import TABLES
from etl.tables.evidence import CLUSTER, NEIGHBOUR
from etl.tables.scores import LEFT_BEHIND


def make_grid(columns: int, rows: int) -> list[shapely.Geometry]:
    """Return squares of one kilometre, column by column."""
    return [
        shapely.box(1000 * x, 1000 * y, 1000 * x + 1000, 1000 * y + 1000) for x in range(columns) for y in range(rows)
    ]


def test_areas_that_share_a_border_or_a_corner_touch_as_in_libpysal() -> None:
    squares = [*make_grid(4, 3), shapely.box(9e5, 9e5, 9.1e5, 9.1e5)]
    ours = touching_pairs(np.array(squares))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        queen = import_module("libpysal.weights").Queen.from_iterable(squares)
    theirs = {(one, other) for one, others in queen.neighbors.items() for other in others if one < other}
    assert {tuple(pair) for pair in ours.tolist()} == theirs
    assert ours.tolist() == sorted(ours.tolist())


def test_nothing_touches_where_there_is_nothing() -> None:
    assert touching_pairs(np.array([], dtype=object)).shape == (0, 2)


@pytest.mark.parametrize(
    ("places", "name"),
    [
        ([("Moss Side West", "Manchester", 2, 3400)], "Moss Side West, Manchester"),
        (
            [("Hill", "Alton", 2, 900), ("Dale", "Burton", 1, 700), ("Lea", "Alton", 1, 300)],
            "Hill and Lea, Alton and Burton",
        ),
        ([("Hill", "Alton", 1, 950), ("Dale", "Burton", 1, 50)], "Hill, Alton"),
        ([("Hill", "Alton", LARGE, 30_000), ("Dale", "Burton", 5, 9_000)], "Alton and Burton"),
        (
            [(f"Hill {i}", f"District {i}", 20, 1000 - i) for i in range(5)],
            "District 0, District 1 and District 2",
        ),
    ],
)
def test_a_cluster_is_called_by_where_its_people_live(places: list[tuple[str, str, int, int]], name: str) -> None:
    assert name_cluster(places) == name


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for table in TABLES:
        if table in (CLUSTER, NEIGHBOUR, LEFT_BEHIND):
            con.execute(table.ddl())
    con.execute("CREATE TABLE area AS SELECT 'E06' AS area_code, 'Alton' AS name")
    return con


def store(con: duckdb.DuckDBPyConnection, priorities: list[float], squares: list[shapely.Geometry]) -> None:
    codes = np.array([f"E01{i:03d}" for i in range(len(squares))])
    for code, priority in zip(codes, priorities, strict=False):
        con.execute("INSERT INTO left_behind VALUES (?, 50, 50, false, ?)", [str(code), priority])
    con.execute(
        "CREATE TABLE neighbourhood AS SELECT unnest(?) AS lsoa21_code, 'Hill' AS local_name, 'E06' AS lad_code, "
        "1000 AS population",
        [codes.tolist()],
    )
    level = Level(codes=codes, geometries=np.array(squares), boxes=np.zeros((len(codes), 4)))
    store_clusters(con, shapes=Shapes(levels={"lsoa": level}, points=np.zeros((len(codes), 2))))


def test_high_places_side_by_side_make_a_named_cluster_and_an_island_has_no_result(
    con: duckdb.DuckDBPyConnection,
) -> None:
    squares = [*make_grid(12, 12), shapely.box(9e5, 9e5, 9.1e5, 9.1e5)]
    noise = np.random.default_rng(1).uniform(0, 20, len(squares))
    high = [i for i in range(144) if i // 12 < 3 and i % 12 < 3]
    noise[high] += 70
    store(con, noise.tolist(), squares)
    found = con.execute("SELECT DISTINCT cluster_id, cluster_name FROM cluster WHERE kind = 'high_high'").fetchall()
    assert found == [(1, "Hill, Alton")]
    members = {row[0] for row in con.execute("SELECT lsoa21_code FROM cluster WHERE cluster_id = 1").fetchall()}
    assert members
    assert members <= {f"E01{i:03d}" for i in high}
    island = con.execute("SELECT kind, local_moran, p_value, cluster_id FROM cluster WHERE lsoa21_code = 'E01144'")
    assert island.fetchall() == [("island", None, None, None)]
    assert con.execute("SELECT count(*) FROM neighbour WHERE lsoa21_code = 'E01144'").fetchall() == [(0,)]


def test_neighbours_are_told_both_ways_round_even_where_nothing_can_be_compared(con: duckdb.DuckDBPyConnection) -> None:
    store(con, [10.0, 20.0], make_grid(3, 1))
    rows = con.execute("SELECT * FROM neighbour").fetchall()
    assert rows == [("E01000", "E01001"), ("E01001", "E01000"), ("E01001", "E01002"), ("E01002", "E01001")]
    assert con.execute("SELECT count(*) FROM cluster").fetchall() == [(0,)]
