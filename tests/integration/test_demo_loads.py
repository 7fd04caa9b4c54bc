"""The demo runs through the same loaders as England and keeps the same contract.

That it loads the same way twice is tested where its load is killed (`test_killed_load.py`).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from duckdb_extensions import import_extension

from etl.publish import current_snapshot
from etl.registry import sources
from etl.settings import Settings
from etl.tables import TABLES
from tests.demo_mirror import find, read, read_ages


@pytest.fixture(scope="module")
def demo(demo_settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(current_snapshot(demo_settings)), read_only=True) as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        yield con


@pytest.fixture(scope="module")
def files(demo_settings: Settings) -> Path:
    return demo_settings.demo_dir


def one(con: duckdb.DuckDBPyConnection, sql: str) -> object:
    return con.execute(sql).fetchall()[0][0]


def test_every_source_is_loaded_and_the_snapshot_says_that_its_places_are_made_up(
    demo: duckdb.DuckDBPyConnection,
) -> None:
    loaded = demo.execute("SELECT source_id FROM source WHERE status = 'loaded'").fetchall()
    assert {source.spec.source_id for source in sources(vintage=2024)} <= {row[0] for row in loaded}
    assert one(demo, "SELECT is_demo FROM build") is True


def test_people_are_taken_to_live_at_their_centroids_and_labels_stay_inside(
    demo: duckdb.DuckDBPyConnection, files: Path
) -> None:
    published = read(files, "centroids").set_index("LSOA21CD")
    rows = demo.execute("SELECT lsoa21_code, easting, northing FROM neighbourhood").fetchall()
    used = [code for code, *place in rows if place == published.loc[code, ["x", "y"]].to_list()]
    assert len(used) > 890
    note = str(one(demo, "SELECT note FROM source WHERE source_id = 'lsoa_centroids'"))
    assert (f"{900 - len(used)} of 900 neighbourhoods have none" in note) == (len(used) < 900)
    inside = "count_if(ST_Contains(neighbourhood.geometry, ST_Point(easting, northing)))"
    moved = "count_if(abs(neighbourhood.lon - area.lon) + abs(neighbourhood.lat - area.lat) > 0.001)"
    joined = "neighbourhood JOIN area ON area.area_code = lsoa21_code"
    ((in_count, moved_count),) = demo.execute(f"SELECT {inside}, {moved} FROM {joined}").fetchall()
    assert in_count == 900
    assert 100 < moved_count < 900, "most of them have a middle of people away from the point for labels"


def test_every_indicator_has_a_value_in_every_neighbourhood(demo: duckdb.DuckDBPyConnection) -> None:
    counts = demo.execute("SELECT indicator_id, count(*) FROM indicator_value GROUP BY ALL").fetchall()
    declared = {one.indicator_id for source in sources(vintage=2024) for one in source.spec.indicators}
    trends = {row[0] for row in demo.execute("SELECT DISTINCT indicator_id FROM trend").fetchall()}
    assert {count for _, count in counts} == {900}
    assert declared - trends <= {indicator_id for indicator_id, _ in counts}
    assert len(trends) == 4


@pytest.mark.parametrize(
    ("level", "low", "high"), [("icb", 1, 1), ("sicbl", 2, 2), ("lad", 4, 4), ("ward", 90, 110), ("msoa", 170, 190)]
)
def test_every_level_has_its_areas_with_all_the_people_of_the_census(
    demo: duckdb.DuckDBPyConnection, files: Path, level: str, low: int, high: int
) -> None:
    areas = demo.execute("SELECT population, ST_IsValid(geometry) FROM area WHERE area_type = ?", [level]).fetchall()
    assert low <= len(areas) <= high
    assert sum(people for people, _ in areas) == read_ages(files)["Total"].sum()
    assert all(is_valid for _, is_valid in areas)


def test_left_behind_places_are_of_different_kinds(demo: duckdb.DuckDBPyConnection) -> None:
    places = demo.execute(
        "SELECT lad_code, ruc21_code FROM left_behind JOIN neighbourhood USING (lsoa21_code) WHERE is_left_behind"
    ).fetchall()
    assert 40 <= len(places) <= 160
    assert {lad for lad, _ in places} == {"E06900001", "E06900002", "E07900001", "E07900002"}
    assert {ruc[0] for _, ruc in places} == {"U", "R"}, "some in towns, some in the country"


def test_published_ranks_and_deciles_arrive_as_they_were_written(demo: duckdb.DuckDBPyConnection, files: Path) -> None:
    scores = read(files, "scores_2025").sort_values("LSOA code (2021)")
    rows = demo.execute(
        "SELECT value, national_rank, decile FROM indicator_value WHERE indicator_id = 'imd_2025' ORDER BY lsoa21_code"
    ).fetchall()
    assert rows == [tuple(row) for row in scores.iloc[:, 4:7].itertuples(index=False)]


def test_every_postcode_that_has_a_position_lies_in_the_ward_that_its_own_file_says(
    demo: duckdb.DuckDBPyConnection, files: Path
) -> None:
    with zipfile.ZipFile(find(files, "codepo_gb.zip")) as archive:
        lines = pd.read_csv(io.BytesIO(archive.read("Data/CSV/zh.csv")), header=None)
    said = lines[lines[1] == 10].set_index(0)[9].to_dict()
    query = "SELECT postcode, ward_code FROM postcode LEFT JOIN neighbourhood USING (lsoa21_code)"
    assert dict(demo.execute(query).fetchall()) == said


def test_practices_are_open_placed_and_have_patients(demo: duckdb.DuckDBPyConnection, files: Path) -> None:
    practices = demo.execute("SELECT practice_code, lsoa21_code, registered_patients FROM practice").fetchall()
    listed = read(files, "patients").set_index("CODE")["NUMBER_OF_PATIENTS"]
    assert {code: patients for code, _, patients in practices} == listed.to_dict()
    assert all(lsoa for _, lsoa, _ in practices)


def test_appointments_are_followed_for_30_months_up_to_the_icb(demo: duckdb.DuckDBPyConnection) -> None:
    months = demo.execute("SELECT area_code, indicator_id, count(*) FROM trend GROUP BY ALL").fetchall()
    assert {count for _, _, count in months} == {30}
    assert {"E38900001", "E38900002"} <= {area for area, _, _ in months}
    shares = demo.execute("SELECT sum(value) FROM trend GROUP BY area_code, period").fetchall()
    assert all(abs(total - 100) < 1e-6 for (total,) in shares)


def test_assets_that_have_a_position_are_placed_in_a_neighbourhood(demo: duckdb.DuckDBPyConnection) -> None:
    assets, placed, known = demo.execute("SELECT count(*), count(lon), count(lsoa21_code) FROM asset").fetchall()[0]
    assert 300 <= known <= placed < assets <= 400


def test_a_snapshot_holds_the_tables_of_the_contract_and_no_others(demo: duckdb.DuckDBPyConnection) -> None:
    there = demo.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    assert {name for (name,) in there} == {table.name for table in TABLES}
