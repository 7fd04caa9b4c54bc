"""The map's side of the server over a loaded demo: tiles, figures, memberships and hover cards."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.stats import rankdata
from starlette.applications import Starlette

from dashboard.api.serving import extra_routes, header_middleware, warm_start
from dashboard.components.maps.places import LAYERS, Layer
from dashboard.map_repository import MapRepository
from dashboard.repository import open_repository
from dashboard.warehouse import Warehouse, open_warehouse
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.web import Client

HIGHEST_ID = 2**31


@pytest.fixture
def snapshot(demo_settings: Settings) -> Path:
    return current_snapshot(demo_settings)


@pytest.fixture
def warehouse(snapshot: Path) -> Warehouse:
    return open_warehouse(snapshot)


@pytest.fixture
def repository(warehouse: Warehouse) -> MapRepository:
    return MapRepository(warehouse)


@pytest.fixture
def client(demo_settings: Settings) -> Client:
    return Client(Starlette(routes=extra_routes(demo_settings), middleware=header_middleware(demo_settings)))


def query(warehouse: Warehouse, sql: str, *values: object) -> list[tuple[object, ...]]:
    return warehouse._connection.cursor().execute(sql, values or None).fetchall()


def test_the_snapshot_knows_its_own_id(repository: MapRepository, snapshot: Path) -> None:
    assert repository.build_id() == snapshot.stem


@pytest.mark.parametrize("layer", LAYERS)
def test_every_level_has_tiles_that_a_browser_may_keep(client: Client, warehouse: Warehouse, layer: Layer) -> None:
    build = open_build(warehouse)
    (z, x, y, mvt), *_ = query(warehouse, "SELECT z, x, y, mvt FROM tile WHERE layer = ? ORDER BY ALL", layer)
    answer = client.get(f"/tiles/{build}/{layer}/{z}/{x}/{y}.mvt")
    assert answer.status_code == 200
    assert answer.content == gzip.decompress(bytes(mvt))  # type: ignore[arg-type]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def open_build(warehouse: Warehouse) -> str:
    return MapRepository(warehouse).build_id()


def test_a_tile_with_nothing_in_it_is_empty(client: Client, warehouse: Warehouse) -> None:
    for place in ("5/0/0", f"5/{HIGHEST_ID}/0"):
        answer = client.get(f"/tiles/{open_build(warehouse)}/lsoa/{place}.mvt")
        assert (answer.status_code, answer.content) == (204, b"")


def test_zooms_are_those_that_tiles_were_built_for(repository: MapRepository, warehouse: Warehouse) -> None:
    zooms = repository.tile_zooms()
    assert set(zooms) == set(LAYERS)
    (low, high), *_ = query(warehouse, "SELECT min(z), max(z) FROM tile WHERE layer = 'lsoa'")
    assert zooms["lsoa"] == (low, high)


def test_figures_are_one_byte_per_area_as_its_rank_says(client: Client, warehouse: Warehouse) -> None:
    answer = client.get(f"/values/{open_build(warehouse)}/lsoa/imd_2025.bin")
    percents = np.frombuffer(answer.content, dtype=np.uint8)
    rows = query(
        warehouse,
        """SELECT feature_id, national_rank, count(national_rank) OVER () AS ranked
        FROM area_value JOIN area USING (area_code) WHERE area_type = 'lsoa' AND indicator_id = 'imd_2025'""",
    )
    assert len(rows) > 100
    for feature_id, rank, ranked in rows:
        assert percents[int(str(feature_id))] == np.ceil(100 * float(str(rank)) / int(str(ranked)))


def test_an_indicator_without_a_worse_direction_goes_from_the_highest_down(tmp_path: Path) -> None:
    path = tmp_path / "small.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE area AS SELECT 'A' || i AS area_code, 'lad' AS area_type, i AS feature_id "
            "FROM range(3) AS numbers(i)"
        )
        connection.execute(
            "CREATE TABLE area_value (area_code VARCHAR, indicator_id VARCHAR, value DOUBLE, national_rank DOUBLE)"
        )
        # The highest is the last, and the middle one has no value.
        connection.execute(
            "INSERT INTO area_value VALUES ('A0', 'by_telephone', 10, NULL), ('A2', 'by_telephone', 90, NULL)"
        )
    percents = MapRepository(Warehouse(path)).worst_percents(layer="lad", indicator_id="by_telephone")
    assert percents.tolist() == [100, 0, 50]


def test_over_an_area_figures_count_among_its_own_and_are_nought_elsewhere(
    client: Client, repository: MapRepository, warehouse: Warehouse
) -> None:
    (code,) = query(warehouse, "SELECT max(area_code) FROM area WHERE area_type = 'lad'")[0]
    answer = client.get(f"/values/{open_build(warehouse)}/lsoa/imd_2025.bin?base={code}")
    percents = np.frombuffer(answer.content, dtype=np.uint8)
    inside = repository.members(layer="lsoa", area_code=str(code)) == 1
    assert 0 < inside.sum() < inside.size
    assert (percents[~inside] == 0).all()
    assert percents[inside].max() == 100
    rows = query(
        warehouse,
        """SELECT feature_id, national_rank FROM area_value JOIN area USING (area_code)
        WHERE area_type = 'lsoa' AND indicator_id = 'imd_2025'""",
    )
    ranks = np.full(percents.size, np.nan)
    for feature_id, rank in rows:
        ranks[int(str(feature_id))] = float(str(rank))
    expected = np.ceil(100 * rankdata(ranks[inside]) / inside.sum())
    assert percents[inside].tolist() == expected.tolist()


def test_members_of_an_area_are_those_that_its_look_up_names(client: Client, warehouse: Warehouse) -> None:
    (code,) = query(warehouse, "SELECT max(area_code) FROM area WHERE area_type = 'lad'")[0]
    expected = query(
        warehouse,
        "SELECT feature_id FROM neighbourhood WHERE lad_code = ? ORDER BY feature_id",
        code,
    )
    answer = client.get(f"/members/{open_build(warehouse)}/lsoa/{code}.bin")
    assert np.flatnonzero(np.frombuffer(answer.content, dtype=np.uint8)).tolist() == [row[0] for row in expected]


def test_every_ward_is_a_member_of_one_district(repository: MapRepository, warehouse: Warehouse) -> None:
    codes = query(warehouse, "SELECT area_code FROM area WHERE area_type = 'lad'")
    total = sum(repository.members(layer="ward", area_code=str(code)) for (code,) in codes)
    assert np.all(total <= 1)
    assert np.mean(total) > 0.9


def test_a_card_names_its_area_and_its_figures_in_the_order_asked(client: Client, warehouse: Warehouse) -> None:
    ids = "digital_exclusion_2025,imd_2025,nonsense"
    answer = client.get(f"/areas/{open_build(warehouse)}/lsoa/0.json?indicators={ids}")
    card = answer.json()
    (code, name), *_ = query(warehouse, "SELECT area_code, name FROM area WHERE area_type = 'lsoa' AND feature_id = 0")
    assert (card["area_code"], card["name"]) == (code, name)
    names = dict(query(warehouse, "SELECT indicator_id, name FROM indicator"))  # type: ignore[arg-type]
    assert [value["name"] for value in card["values"]] == [names["digital_exclusion_2025"], names["imd_2025"]]
    assert all(value["rank"].startswith("rank ") for value in card["values"])


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("tiles/{build}/moon/5/15/10.mvt", "level of areas"),
        ("values/{build}/england/imd_2025.bin", "level of areas"),
        ("values/{build}/lsoa/nonsense.bin", "indicator"),
        ("values/{build}/lsoa/imd_2025.bin?base=E99999999", "area"),
        ("members/{build}/lsoa/E99999999.bin", "area"),
        ("areas/{build}/lsoa/999999999.json", "area"),
        (f"areas/{{build}}/lsoa/{HIGHEST_ID}.json", "area"),
    ],
)
def test_what_is_not_there_is_refused_in_json(client: Client, warehouse: Warehouse, rest: str, what: str) -> None:
    answer = client.get("/" + rest.format(build=open_build(warehouse)))
    assert answer.status_code == 404
    assert answer.json() == {"error": f"There is no such {what}."}


def test_text_in_an_address_is_a_value_and_never_a_statement(client: Client, warehouse: Warehouse) -> None:
    answer = client.get(f"/values/{open_build(warehouse)}/lsoa/x'; DROP TABLE area; --.bin")
    assert answer.status_code == 404
    assert query(warehouse, "SELECT count(*) FROM area") != [(0,)]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_point_is_placed_in_the_area_that_holds_it(
    repository: MapRepository, warehouse: Warehouse, layer: Layer
) -> None:
    rows = query(
        warehouse,
        "SELECT area_code, feature_id, lon, lat FROM area WHERE area_type = ? AND geometry IS NOT NULL LIMIT 25",
        layer,
    )
    assert rows
    for code, feature_id, lon, lat in rows:
        place = repository.area_at(lon=float(str(lon)), lat=float(str(lat)), layer=layer)
        assert place is not None
        assert (place.area_code, place.feature_id) == (code, feature_id)


@pytest.mark.parametrize(("lon", "lat"), [(-30.0, 40.0), (0.0, 0.0), (179.0, 89.9), (400.0, 95.0)])
def test_a_point_off_the_land_is_in_no_area(repository: MapRepository, lon: float, lat: float) -> None:
    assert repository.area_at(lon=lon, lat=lat, layer="lsoa") is None


def test_health_names_the_snapshot_that_is_served(client: Client, snapshot: Path) -> None:
    assert client.get("/health").json() == {"status": "ok", "build_id": snapshot.stem}


def test_the_served_snapshot_is_read_while_the_first_person_is_on_the_way(
    demo_settings: Settings, snapshot: Path
) -> None:
    open_warehouse.cache_clear()
    open_repository.cache_clear()

    async def start() -> None:
        async with warm_start(demo_settings)(None):
            pass

    asyncio.run(start())
    assert open_warehouse.cache_info().currsize == 1
    assert open_warehouse(snapshot).path == snapshot
