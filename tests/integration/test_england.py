"""The whole load on the real data of England: every count, total and invariant that can be known beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
import shapely
from duckdb_extensions import import_extension

from etl.methods.imd import combine_domains
from etl.publish import LoadRequest, current_snapshot, load
from etl.settings import Settings, read_settings
from etl.tables import TABLES, Table

pytestmark = pytest.mark.england

NEIGHBOURHOODS = 33_755
DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "living_environment")


def open_read_only(settings: Settings) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(current_snapshot(settings)), read_only=True)
    import_extension("spatial", con=con)
    con.execute("LOAD spatial")
    return con


@pytest.fixture(scope="module")
def england(england_settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_read_only(england_settings) as con:
        yield con


def one(con: duckdb.DuckDBPyConnection, sql: str) -> object:
    return con.execute(sql).fetchall()[0][0]


@pytest.mark.parametrize(
    ("level", "areas"),
    [
        ("england", 1),
        ("icb", 42),
        ("sicbl", 106),
        ("lad", 296),
        ("ward", 6_784),
        ("msoa", 6_856),
        ("lsoa", NEIGHBOURHOODS),
    ],
)
def test_every_area_of_a_level_is_there(england: duckdb.DuckDBPyConnection, level: str, areas: int) -> None:
    assert one(england, f"SELECT count(*) FROM area WHERE area_type = '{level}'") == areas
    assert one(england, f"SELECT count(*) FROM area WHERE area_type = '{level}' AND geometry IS NULL") == 0
    people = one(england, f"SELECT sum(population) FROM area WHERE area_type = '{level}'")
    assert people == one(england, "SELECT sum(population) FROM neighbourhood")


def test_the_people_are_those_of_the_census(england: duckdb.DuckDBPyConnection, real_data: Path) -> None:
    census = real_data / "census" / "RM121_Sex_by_age_LSOA21_nomis_export.csv"
    lines = census.read_text(encoding="utf-8-sig").splitlines()
    counted = sum(int(line.rsplit(",", 7)[1]) for line in lines if line.lstrip('"').startswith("E01"))
    assert one(england, "SELECT sum(population) FROM neighbourhood") == counted


@pytest.mark.parametrize(
    ("source_id", "rows"),
    [
        ("iod_2025_scores", 33_755),
        ("iod_2025_indicators", 33_755),
        ("iod_2019_ranks", 32_844),
        ("iod_2019_population", 32_844),
        ("lsoa_boundaries", 33_755),
        ("msoa_boundaries", 6_856),
        ("health_lookup", 33_755),
        ("ward_lookup", 33_755),
        ("lsoa_pairs", 33_855),
        ("msoa_names", 6_856),
        ("rural_urban", 33_755),
        ("census_age", 35_672),
        ("census_disability", 33_755),
        ("deri_v1_6", 32_844),
        ("gp_appointments", 337_953),
        ("gp_practices", 15_119),
        ("code_point_open", 1_743_449),
    ],
)
def test_every_row_of_a_source_was_read(england: duckdb.DuckDBPyConnection, source_id: str, rows: int) -> None:
    found = england.execute("SELECT rows, status, length(sha256) FROM source WHERE source_id = ?", [source_id])
    assert found.fetchall() == [(rows, "loaded", 64)]


@pytest.mark.parametrize(("table", "rows"), [("postcode", 1_489_121), ("practice", 6_519), ("lsoa_pair", 33_855)])
def test_every_row_that_is_of_england_and_has_a_place_is_kept(
    england: duckdb.DuckDBPyConnection, table: str, rows: int
) -> None:
    assert one(england, f"SELECT count(*) FROM {table}") == rows


def test_a_source_that_is_not_to_hand_is_left_out_and_says_so(england: duckdb.DuckDBPyConnection) -> None:
    found = england.execute("SELECT status, note FROM source WHERE source_id = 'ofcom_fixed'").fetchall()
    assert found[0][0] == "left_out"
    assert "fixed-coverage-output-areas.zip" in found[0][1]
    assert "/" not in found[0][1], "a page shows this: it tells no folder of the machine"
    assert one(england, "SELECT count(*) FROM indicator WHERE source_id = 'ofcom_fixed'") == 0


def test_without_centroids_people_are_taken_to_live_at_a_point_inside_as_before(
    england: duckdb.DuckDBPyConnection,
) -> None:
    found = england.execute("SELECT status, note FROM source WHERE source_id = 'lsoa_centroids'").fetchall()
    assert found[0][0] == "left_out"
    assert "A point inside each neighbourhood stands for where its people live." in found[0][1]
    apart = "max(abs(neighbourhood.lon - area.lon) + abs(neighbourhood.lat - area.lat))"
    assert float(str(one(england, f"SELECT {apart} FROM neighbourhood JOIN area ON area_code = lsoa21_code"))) < 1e-9


def test_the_index_can_be_rebuilt_from_its_domains(england: duckdb.DuckDBPyConnection) -> None:
    columns = {
        name: england.execute(
            "SELECT value, national_rank FROM indicator_value WHERE indicator_id = ? ORDER BY lsoa21_code",
            [f"{name}_2025"],
        ).fetchnumpy()
        for name in ("imd", *DOMAINS)
    }
    rebuilt = combine_domains(ranks={name: columns[name]["national_rank"] for name in DOMAINS})
    assert np.abs(rebuilt - columns["imd"]["value"]).max() <= 0.0007
    ranks = NEIGHBOURHOODS - np.argsort(np.argsort(rebuilt, kind="stable"), kind="stable")
    assert int((ranks == columns["imd"]["national_rank"]).sum()) >= 33_753


def test_the_published_deri_score_is_the_mean_of_its_components(england: duckdb.DuckDBPyConnection) -> None:
    furthest = one(
        england,
        """
        SELECT max(abs(scored.score - published.value))
        FROM recipe_score AS scored
        JOIN indicator_value AS published
            ON published.lsoa21_code = scored.lsoa21_code AND published.indicator_id = 'deri_score_v1_6'
        WHERE scored.recipe_id = 'deri_v1_6_published'
        """,
    )
    assert isinstance(furthest, float)
    assert furthest <= 1e-6


@pytest.mark.parametrize("indicator_id", ["deri_score_v1_6", "imd_2019", "digital_exclusion_2025", "left_behind"])
def test_every_neighbourhood_has_a_value(england: duckdb.DuckDBPyConnection, indicator_id: str) -> None:
    count = "SELECT count(value) FROM indicator_value WHERE indicator_id = ?"
    assert england.execute(count, [indicator_id]).fetchall() == [(NEIGHBOURHOODS,)]


def test_every_area_has_a_value_of_every_indicator_that_its_neighbourhoods_have(
    england: duckdb.DuckDBPyConnection,
) -> None:
    missing = one(
        england,
        """
        SELECT count(*) FROM (
            SELECT member.area_code, given.indicator_id
            FROM area_member AS member JOIN indicator_value AS given USING (lsoa21_code)
            GROUP BY ALL
            EXCEPT SELECT area_code, indicator_id FROM area_value
        )
        """,
    )
    assert missing == 0


def area_of_england(england: duckdb.DuckDBPyConnection) -> float:
    shape = one(england, "SELECT ST_AsWKB(geometry) FROM area WHERE area_type = 'england'")
    assert isinstance(shape, bytes)
    return float(shapely.area(shapely.from_wkb(shape)))


@pytest.mark.parametrize("level", ["icb", "sicbl", "lad", "ward", "msoa", "lsoa"])
def test_neighbours_of_a_level_leave_no_gap_and_no_overlap(england: duckdb.DuckDBPyConnection, level: str) -> None:
    rows = england.execute("SELECT ST_AsWKB(geometry) FROM area WHERE area_type = ?", [level]).fetchall()
    shapes = shapely.from_wkb(np.array([bytes(row[0]) for row in rows], dtype=object))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(area_of_england(england), rel=1e-12)


def test_appointments_moved_from_face_to_face_to_the_telephone(england: duckdb.DuckDBPyConnection) -> None:
    shares = dict(
        england.execute(
            "SELECT period, value FROM trend WHERE area_code = 'E92000001' AND indicator_id = "
            "'appointments_face_to_face'"
        ).fetchall()
    )
    assert len(shares) == 30
    assert min(shares) == "2019-03"
    assert max(shares) == "2021-08"
    assert shares["2019-11"] > 75
    assert shares["2020-05"] < 60


def test_a_well_known_place_has_the_names_people_use(england: duckdb.DuckDBPyConnection) -> None:
    found = england.execute("SELECT name FROM area WHERE official_name = 'Manchester 024B'").fetchall()
    assert found == [("Moss Side West, Manchester 024B",)]


# The first load was traced, and a second runs the same lines.
@pytest.mark.no_cover
def test_rebuilding_gives_identical_rows(england: duckdb.DuckDBPyConnection, real_data: Path, tmp_path: Path) -> None:
    settings = read_settings({}, home=tmp_path)
    load(settings=settings, request=LoadRequest(mirror=real_data))
    with open_read_only(settings) as again:
        for table in TABLES:
            if table.name != "build":
                assert fingerprint(again, table) == fingerprint(england, table), table.name


def fingerprint(con: duckdb.DuckDBPyConnection, table: Table) -> tuple[object, ...]:
    """Return how many rows a table has and the sum of their hashes: alike for the same rows and for no others."""
    chosen = ", ".join(f"ST_AsWKB({c.name})" if c.type == "GEOMETRY" else c.name for c in table.columns)
    return tuple(con.execute(f"SELECT count(*), sum(hash({chosen})::HUGEINT) FROM {table.name}").fetchall()[0])
