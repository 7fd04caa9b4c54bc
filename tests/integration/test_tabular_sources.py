"""The tabular sources on the publishers' own files: every count of the catalogue, and what the figures must obey.

The postcodes, which are most of all rows, are counted where all of England is loaded (`test_england.py`).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.progress import SilentSource
from etl.sources.spec import Source
from etl.tables.staging import STAGING

COUNTS = {
    "iod_2025_scores": 33_755,
    "iod_2025_indicators": 33_755,
    "iod_2019_ranks": 32_844,
    "iod_2019_population": 32_844,
    "census_age": 35_672,
    "census_disability": 33_755,
    "deri_v1_6": 32_844,
    "health_lookup": 33_755,
    "ward_lookup": 33_755,
    "lsoa_pairs": 33_855,
    "msoa_names": 6_856,
    "rural_urban": 33_755,
    "gp_practices": 15_119,
    "gp_appointments": 337_953,
}
STAGED = {
    "staged_health_lookup": 33_755,
    "staged_ward_lookup": 33_755,
    "staged_pair": 33_855,
    "staged_msoa_name": 6_856,
    "staged_rural_urban": 33_755,
    "staged_population": 33_755,
    "staged_population_2011": 32_844,
    "staged_value": 14 * 33_755 + 12 * 33_755 - 34 + 4 * 33_755,
    "staged_value_2011": 8 * 32_844 + 6 * 32_844,
    "staged_practice": 6_519,
}
RISES_WITH = {
    "adult_skills_english_2025": "adult_skills_subdomain_2025",
    "higher_education_2025": "children_young_people_2025",
    "acute_morbidity_2025": "health_2025",
    "illness_disability_ratio_2025": "health_2025",
    "mental_health_2025": "health_2025",
    "years_life_lost_2025": "health_2025",
    "patients_per_gp_2025": "wider_barriers_2025",
    "overcrowding_2025": "wider_barriers_2025",
    "housing_affordability_2025": "wider_barriers_2025",
    "homelessness_2025": "wider_barriers_2025",
}


def find_paths(source: Source, folder: Path) -> list[Path]:
    paths: list[Path] = []
    for file in source.spec.files:
        found = next((hits for pattern in file.patterns if (hits := sorted(folder.rglob(pattern)))), [])
        paths.extend(found if file.is_many else found[:1])
    return paths


@pytest.fixture(scope="module")
def loaded(real_data: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, int]]]:
    with duckdb.connect() as con:
        for table in STAGING:
            con.execute(table.ddl())
        rows = {}
        for name in COUNTS:
            source: Source = importlib.import_module(f"etl.sources.{name}").SOURCE
            rows[name] = source.read(con, source.spec, find_paths(source, real_data), SilentSource())
            source.tidy(con)
        yield con, rows


@pytest.fixture(scope="module")
def con(loaded: tuple[duckdb.DuckDBPyConnection, dict[str, int]]) -> duckdb.DuckDBPyConnection:
    return loaded[0]


def test_every_source_has_as_many_rows_as_the_catalogue_says(
    loaded: tuple[duckdb.DuckDBPyConnection, dict[str, int]],
) -> None:
    assert loaded[1] == COUNTS


def test_every_staging_table_has_the_rows_it_must(con: duckdb.DuckDBPyConnection) -> None:
    assert {table: len(con.table(table)) for table in STAGED} == STAGED


def test_every_staging_table_keeps_its_declaration(con: duckdb.DuckDBPyConnection) -> None:
    broken = [check.rule for table in STAGING for check in table.checks() if con.execute(check.sql).fetchone() != (0,)]
    assert broken == []


def test_the_census_counts_everyone_in_england(con: duckdb.DuckDBPyConnection) -> None:
    (people,) = con.sql("SELECT sum(population) FROM staged_population").fetchone() or (0,)
    assert people == pytest.approx(56_490_000, rel=0.001), "Census 2021: 56.5 million usual residents of England"


def test_each_indicator_points_the_way_its_polarity_says(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT corr(one.value, other.value) FROM staged_value AS one JOIN staged_value AS other USING (lsoa21_code)
        WHERE one.indicator_id = ? AND other.indicator_id = ?
    """
    for indicator, subdomain in RISES_WITH.items():
        (correlation,) = con.execute(query, [indicator, subdomain]).fetchone() or (0,)
        assert correlation > 0.4, indicator
    (connectivity,) = con.execute(query, ["travel_connectivity_2025", "geographical_barriers_2025"]).fetchone() or (0,)
    assert connectivity < -0.99


def test_broadband_is_worse_where_the_score_is_higher_for_the_countryside_has_more(
    con: duckdb.DuckDBPyConnection,
) -> None:
    means = con.sql(
        """
        SELECT ruc21_name LIKE 'Urban%' AS is_urban, avg(value) FROM staged_value
        JOIN staged_rural_urban USING (lsoa21_code) WHERE indicator_id = 'broadband_2025' GROUP BY 1 ORDER BY 1
        """
    ).fetchall()
    (_, countryside), (_, towns) = means
    assert countryside > 0.4
    assert towns < 0


def test_ranks_of_2019_run_from_first_to_last(con: duckdb.DuckDBPyConnection) -> None:
    ranks = con.sql(
        "SELECT indicator_id, min(value), max(value) FROM staged_value_2011 WHERE indicator_id LIKE '%_2019' GROUP BY 1"
    ).fetchall()
    assert len(ranks) == 8
    assert {(first, last) for _, first, last in ranks} == {(1, 32_844)}


def test_the_deri_score_is_the_mean_of_its_components(con: duckdb.DuckDBPyConnection) -> None:
    (difference,) = con.sql(
        """
        SELECT max(abs(deri_score_v1_6 - (deri_broadband_v1_6 + deri_demography_v1_6 + deri_deprivation_v1_6) / 3))
        FROM read_deri_v1_6
        """
    ).fetchone() or (1,)
    assert difference < 1e-6


def test_appointments_of_every_ccg_are_there_for_all_thirty_months(con: duckdb.DuckDBPyConnection) -> None:
    months = con.sql("SELECT ods_code, count(DISTINCT period) FROM staged_appointments GROUP BY 1").fetchall()
    assert len(months) == 49
    assert {count for _, count in months} == {30}
    (total,) = con.sql("SELECT sum(appointments) FROM staged_appointments").fetchone() or (0,)
    assert total == 503_588_357


def test_the_nhs_code_of_every_ccg_is_one_of_a_sub_icb_location(con: duckdb.DuckDBPyConnection) -> None:
    lost = con.sql(
        """
        SELECT DISTINCT ods_code FROM staged_appointments
        WHERE ods_code NOT IN (SELECT sicbl_ods_code FROM staged_health_lookup)
        """
    ).fetchall()
    assert lost == []


def test_the_publishers_first_eight_rows_with_all_56_columns_are_read(real_data: Path) -> None:
    source: Source = importlib.import_module("etl.sources.iod_2025_scores").SOURCE
    path = real_data / "deprivation" / "File_7_IoD2025_first_8_rows_all_56_columns.csv"
    with duckdb.connect() as con:
        rows = source.read(con, replace(source.spec, expected_rows=0), [path], SilentSource())
        first = con.sql(
            """
            SELECT lsoa21_code, idaci_score, idaopi_rank, children_young_people_decile, population_mid_2022
            FROM read_iod_2025_scores
            """
        ).fetchone()
    assert rows == 8
    assert first == ("E01000001", 0.039, 33_721, 10, 1_795)


def test_a_workbook_of_the_publisher_is_read_from_the_right_sheet(real_data: Path) -> None:
    ranks = importlib.import_module("etl.sources.iod_2019_ranks")
    path = real_data / "deprivation" / "File_1_-_IMD2019_Index_of_Multiple_Deprivation.xlsx"
    layout = replace(ranks.LAYOUT, columns=ranks.LAYOUT.columns[:2])
    with duckdb.connect() as con:
        rows = importlib.import_module("etl.sources.reading").land(con, ranks.SPEC, layout, [path], SilentSource())
        first = con.sql("SELECT * FROM read_iod_2019_ranks").fetchone()
    assert rows == 32_844
    assert first == ("E01000001", 29_199)
