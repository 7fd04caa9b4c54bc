"""Every source keeps the rules that the load, the pages and a person rely on."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from etl.fetch.acquire import stored_name
from etl.registry import sources
from etl.settings import VINTAGES
from etl.sources.spec import Source

EVERY = {source.spec.source_id: source for source in sources(vintage=VINTAGES[0])}
AGREED = {
    "iod_2025_scores",
    "iod_2025_indicators",
    "iod_2019_ranks",
    "iod_2019_population",
    "lsoa_boundaries",
    "lsoa_centroids",
    "msoa_boundaries",
    "health_lookup",
    "ward_lookup",
    "lsoa_pairs",
    "msoa_names",
    "rural_urban",
    "census_age",
    "census_disability",
    "deri_v1_6",
    "gp_appointments",
    "code_point_open",
    "gp_practices",
    "gp_registered_patients",
    "ofcom_fixed",
    "demo_assets",
}
every_source = pytest.mark.parametrize("source", EVERY.values(), ids=list(EVERY))


@pytest.mark.parametrize("vintage", VINTAGES)
def test_every_agreed_source_is_there_once_whatever_the_vintage(vintage: int) -> None:
    ids = [source.spec.source_id for source in sources(vintage=vintage)]
    assert len(ids) == len(set(ids))
    assert set(ids) == AGREED


def test_the_vintage_chooses_the_look_ups_and_nothing_else() -> None:
    early, late = ({s.spec.source_id: s.spec for s in sources(vintage=year)} for year in (2024, 2026))
    assert {source_id for source_id in AGREED if early[source_id] != late[source_id]} == {
        "health_lookup",
        "ward_lookup",
    }


def test_every_indicator_is_published_by_one_source() -> None:
    ids = [indicator.indicator_id for source in EVERY.values() for indicator in source.spec.indicators]
    assert len(ids) == len(set(ids))
    assert len(ids) > 40


def test_names_of_msoas_are_there_before_their_boundaries_fill_the_gaps() -> None:
    order = list(EVERY)
    assert order.index("msoa_names") < order.index("msoa_boundaries")


@every_source
def test_a_source_says_who_made_it_under_which_licence(source: Source) -> None:
    spec = source.spec
    for text in (
        spec.title,
        spec.publisher,
        spec.licence,
        spec.attribution,
        spec.edition,
        spec.geography,
        spec.cadence,
    ):
        assert text.strip() == text
        assert text
    assert spec.page.startswith("https://") or spec.source_id == "demo_assets"


@every_source
def test_a_file_is_known_by_name_and_fetched_over_https(source: Source) -> None:
    assert source.spec.files
    for file in source.spec.files:
        assert file.patterns
        assert not file.url or urlsplit(file.url).scheme == "https"
        assert not file.sha256 or re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.transport != "arcgis" or "/FeatureServer/" in file.url


@every_source
def test_a_feature_service_is_kept_as_geojson_where_shapes_are_wanted_and_as_csv_elsewhere(source: Source) -> None:
    endings = {stored_name(file).rpartition(".")[2] for file in source.spec.files if file.transport == "arcgis"}
    wanted = "geojson" if source.spec.source_id.endswith(("_boundaries", "_centroids")) else "csv"
    assert endings <= {wanted}
