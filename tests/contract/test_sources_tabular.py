"""Every tabular source says of itself what it must, and refuses what it must."""

from __future__ import annotations

import importlib
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import duckdb
import pytest

from etl.errors import SourceError
from etl.progress import SilentSource
from etl.sources import health_lookup, ward_lookup
from etl.sources.spec import Indicator, Source
from etl.tables.staging import STAGING

NAMES = (
    "iod_2025_scores",
    "iod_2025_indicators",
    "iod_2019_ranks",
    "iod_2019_population",
    "census_age",
    "census_disability",
    "deri_v1_6",
    "gp_appointments",
    "gp_practices",
    "ofcom_fixed",
    "health_lookup",
    "ward_lookup",
    "lsoa_pairs",
    "msoa_names",
    "rural_urban",
    "code_point_open",
)
REQUIRED = {"health_lookup", "ward_lookup", "msoa_names", "iod_2025_scores", "census_age"}
AGREED_INDICATORS = """
    imd_2025 income_2025 employment_2025 education_2025 health_2025 crime_2025 barriers_2025 living_environment_2025
    children_young_people_2025 adult_skills_subdomain_2025 geographical_barriers_2025 wider_barriers_2025
    indoors_2025 outdoors_2025 idaci_2025 idaopi_2025
    broadband_2025 adult_skills_english_2025 travel_connectivity_2025 patients_per_gp_2025 acute_morbidity_2025
    illness_disability_ratio_2025 mental_health_2025 years_life_lost_2025 higher_education_2025 overcrowding_2025
    housing_affordability_2025 homelessness_2025
    imd_2019 income_2019 employment_2019 education_2019 health_2019 crime_2019 barriers_2019 living_environment_2019
    share_65_74_2021 share_75_plus_2021 share_65_plus_2021 share_disabled_2021
    deri_score_v1_6 deri_broadband_v1_6 deri_demography_v1_6 deri_deprivation_v1_6 deri_health_access_v1_6
    depahri_score_v1_6 ofcom_no_30mbit ofcom_below_uso ofcom_gigabit
    appointments_face_to_face appointments_telephone appointments_video_online appointments_home_visit
"""


def load_source(name: str) -> Source:
    source = importlib.import_module(f"etl.sources.{name}").SOURCE
    assert isinstance(source, Source)
    return source


@pytest.fixture(params=NAMES)
def source(request: pytest.FixtureRequest) -> Source:
    return load_source(request.param)


def all_indicators() -> list[tuple[str, Indicator]]:
    return [(name, indicator) for name in NAMES for indicator in load_source(name).spec.indicators]


@pytest.mark.parametrize("name", NAMES)
def test_a_source_is_named_after_its_file_and_says_where_it_comes_from(name: str) -> None:
    spec = load_source(name).spec
    assert spec.source_id == name
    assert spec.page.startswith("https://")
    for said in (spec.title, spec.publisher, spec.licence, spec.attribution, spec.edition, spec.geography):
        assert said.strip()
    assert spec.is_required == (name in REQUIRED)
    assert spec.expected_rows > 0
    assert 0 <= spec.tolerance <= 1


def test_a_source_knows_its_files_by_pattern_and_by_address(source: Source) -> None:
    for file in source.spec.files:
        assert file.patterns
        assert not file.url or file.url.startswith("https://")
        if file.transport == "arcgis":
            assert file.url.endswith("/FeatureServer/0/query")
            assert any("*" not in pattern and pattern.endswith(".csv") for pattern in file.patterns)
    known = [pattern for file in source.spec.files for pattern in file.patterns]
    assert len(known) == len(set(known))


def test_indicators_are_the_agreed_ones_and_each_is_named_once() -> None:
    found = [indicator.indicator_id for _, indicator in all_indicators()]
    assert len(found) == len(set(found))
    assert set(found) == set(AGREED_INDICATORS.split())


@pytest.mark.parametrize(("name", "indicator"), all_indicators(), ids=lambda value: getattr(value, "indicator_id", ""))
def test_an_indicator_is_described_in_full(name: str, indicator: Indicator) -> None:
    assert len(indicator.name) <= 60, name
    assert indicator.definition.endswith(".")
    assert indicator.caveat.endswith(".")
    assert indicator.unit
    assert indicator.period
    assert 0 <= indicator.decimals <= 6
    assert "  " not in indicator.definition + indicator.caveat


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>404</html>",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        b"a,b\n1,2\n",
        "é".encode("cp1252") * 9,
        b"\x1f\x8b\x08",
    ],
    ids=["empty", "web page", "half a zip", "UTF-16", "another table", "Windows-1252", "half a gzip"],
)
def test_garbage_is_refused_by_name_and_leaves_the_staging_tables_empty(
    source: Source, con: duckdb.DuckDBPyConnection, tmp_path: Path, content: bytes
) -> None:
    paths = []
    for file in source.spec.files:
        path = tmp_path / file.patterns[0].replace("*", "")
        path.write_bytes(content)
        paths.append(path)
    with pytest.raises(SourceError, match=f"source {source.spec.source_id}, file ") as refusal:
        source.read(con, source.spec, paths, SilentSource())
    assert refusal.value.exit_code == 3
    assert refusal.value.todo
    assert not any(len(con.table(table.name)) for table in STAGING)


def test_a_missing_file_is_refused(source: Source, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    paths = [tmp_path / file.patterns[0].replace("*", "") for file in source.spec.files]
    with pytest.raises(SourceError, match=f"source {source.spec.source_id}, file "):
        source.read(con, source.spec, paths, SilentSource())


@pytest.mark.parametrize("vintage", [2024, 2025, 2026])
@pytest.mark.parametrize("module", [health_lookup, ward_lookup])
def test_a_look_up_of_a_chosen_year_asks_for_that_years_file(module: object, vintage: int) -> None:
    spec = module.source_for(vintage).spec  # type: ignore[attr-defined]
    year = f"{vintage % 100}"
    (file,) = spec.files
    assert spec.edition == str(vintage)
    assert year in PurePosixPath(file.url).parts[-4]
    assert all(year in pattern for pattern in file.patterns)
    stored = next(pattern for pattern in file.patterns if "*" not in pattern)
    assert all(not fnmatchcase(stored, other) for other in module.source_for(2023).spec.files[0].patterns)  # type: ignore[attr-defined]


def test_a_look_up_of_another_year_is_refused_with_the_heading_it_lacks(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "LSOA21_WD24_LAD24_EN_LU.csv"
    path.write_text("LSOA21CD,WD24CD,WD24NM\nE01012049,E05009861,Ladgate\n", encoding="utf-8")
    source = ward_lookup.source_for(2025)
    with pytest.raises(SourceError, match="No column is headed “WD25CD”; the closest there is “WD24CD”"):
        source.read(con, replace(source.spec, expected_rows=0), [path], SilentSource())
