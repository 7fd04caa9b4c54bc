"""Ofcom Connected Nations: fixed broadband coverage by output area, added up to LSOAs.

Written from the publisher's headings; it has been tried on made-up files in that layout and has not met a real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.errors import SourceError
from etl.progress import SourceProgress
from etl.sources.health_lookup import ARCGIS
from etl.sources.reading import LSOA21, Column, Layout, land, paths_of
from etl.sources.spec import OGL, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with
from etl.statements import run_statement

OUTPUT_AREAS_OF_ENGLAND = 178_605
COVERAGE = FileSpec(
    patterns=("*fixed_oa_coverage*.csv", "fixed-coverage-output-areas.zip", "*fixed-coverage-output-areas*.zip"),
    url=(
        "https://www.ofcom.org.uk/siteassets/resources/documents/research-and-data/multi-sector/infrastructure-research/"
        "connect-nations-spring-2025/data-downloads/fixed-coverage-output-areas.zip?v=396497"
    ),
)
OUTPUT_AREAS = FileSpec(
    patterns=("OA21_LSOA21_MSOA21_LAD22_EW_LU.csv", "OA21_LSOA21*.csv", "OA_LSOA_MSOA*.csv"),
    url=f"{ARCGIS}/OA_LSOA_MSOA_EW_DEC_2021_LU_v3/FeatureServer/0/query",
    transport="arcgis",
)

INDICATORS = tuple(
    Indicator(
        indicator_id=indicator_id,
        name=name,
        unit="percent of premises",
        polarity="higher_is_better" if indicator_id == "ofcom_gigabit" else "higher_is_worse",
        domain="Connectivity",
        period="Ofcom Connected Nations, the edition loaded",
        definition=f"{what}, over all premises, homes and businesses; output areas added up to the LSOA.",
        caveat="What can be bought at the address, not what is bought, nor whether people can afford or use it.",
    )
    for indicator_id, name, what in (
        ("ofcom_no_30mbit", "Premises that cannot get 30 Mbit/s", "Premises unable to receive 30 Mbit/s"),
        (
            "ofcom_below_uso",
            "Premises below the universal service level",
            "Premises below the universal service obligation (10 Mbit/s down and 1 Mbit/s up)",
        ),
        ("ofcom_gigabit", "Premises that can get gigabit broadband", "Premises with gigabit broadband available"),
    )
)


def _premises(name: str, heading: str) -> Column:
    return Column(name, (heading,), type="number", minimum=0)


COVERAGE_LAYOUT = Layout(
    columns=(
        Column("oa21_code", ("output_area",), type="code", pattern=r"[A-Z]\d{8}|[A-Z0-9]{8,10}", example="E00026749"),
        _premises("premises", "All Premises"),
        _premises("ofcom_no_30mbit", "Number of premises unable to receive 30Mbit/s"),
        _premises("ofcom_below_uso", "Number of premises below the USO"),
        _premises("ofcom_gigabit", "Number of premises with Gigabit availability"),
    ),
    key=("oa21_code",),
    england="oa21_code",
    members=("*fixed_oa_coverage*.csv",),
)
OUTPUT_AREA_LAYOUT = Layout(
    columns=(
        Column("oa21_code", ("OA21CD",), type="code", pattern=r"[EW]00\d{6}", example="E00026749"),
        Column("lsoa21_code", ("LSOA21CD",), type="code", pattern=LSOA21, example="E01005347"),
    ),
    key=("oa21_code",),
    england="oa21_code",
)

SPEC = SourceSpec(
    source_id="ofcom_fixed",
    title="Connected Nations: fixed broadband coverage by output area",
    publisher="Ofcom",
    page="https://www.ofcom.org.uk/phones-and-broadband/coverage-and-speeds/connected-nations",
    licence=OGL,
    attribution="Source: Ofcom, Connected Nations, licensed under the Open Government Licence v3.0",
    edition="Spring 2025 or the edition given",
    geography="output area 2021, United Kingdom (England is kept)",
    cadence="two or three times a year",
    files=(COVERAGE, OUTPUT_AREAS),
    expected_rows=OUTPUT_AREAS_OF_ENGLAND,
    tolerance=0.02,
    is_required=False,
    note="This loader was written from the publisher's headings and has not met a real file.",
    indicators=INDICATORS,
)


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land coverage in `read_ofcom_fixed` and the look-up of output areas in `read_ofcom_output_areas`.

    Raises
    ------
    SourceError
        If a file is not as its layout says, or an output area is not in the look-up.
    """
    lookup = replace(spec, tolerance=0.0)
    land(con, lookup, OUTPUT_AREA_LAYOUT, paths_of(OUTPUT_AREAS, paths), progress, table="read_ofcom_output_areas")
    rows = land(con, spec, COVERAGE_LAYOUT, paths_of(COVERAGE, paths), progress)
    unknown = run_statement(con, "sources/ofcom_fixed_unknown_output_area").fetchone()
    if unknown is not None:
        raise SourceError(
            f"The output area “{unknown[0]}” is not in the look-up of output areas to LSOAs",
            source_id=spec.source_id,
            file=paths_of(COVERAGE, paths)[0],
            column="output_area",
            todo="Use the coverage and the look-up of the same census (2021).",
        )
    return rows


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("ofcom_fixed"))
