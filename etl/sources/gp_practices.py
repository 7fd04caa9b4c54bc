"""NHS GP practices: who is open (epraccur), and how many patients each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.progress import SourceProgress
from etl.sources.reading import Column, Layout, land, paths_of
from etl.sources.spec import NHS_ATTRIBUTION, OGL, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LISTS_EXPECTED = 6_506
PRACTICES = FileSpec(
    patterns=("epraccur.csv", "epraccur*.csv", "epraccur*.zip"),
    url="https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=epraccur",
)
LISTS = FileSpec(
    patterns=("gp-reg-pat-prac-all.csv", "gp-reg-pat-prac-all*.csv"),
    url="https://files.digital.nhs.uk/40/2232E5/gp-reg-pat-prac-all.csv",
)

PRACTICE_LAYOUT = Layout(
    columns=(
        Column("practice_code", position=0, type="code", pattern=r"[A-Z0-9]{3,8}", example="P84001"),
        Column("name", position=1),
        Column("national_grouping", position=2, type="code", may_be_empty=True),
        Column("postcode", position=9, may_be_empty=True),
        Column("status", position=12, type="code"),
        Column("prescribing_setting", position=25, may_be_empty=True),
    ),
    key=("practice_code",),
    has_header=False,
)
LIST_LAYOUT = Layout(
    columns=(
        Column("practice_code", ("CODE", "PRACTICE_CODE"), type="code", pattern=r"[A-Z0-9]{3,8}", example="P84001"),
        Column("sex", ("SEX",)),
        Column("age", ("AGE",)),
        Column("patients", ("NUMBER_OF_PATIENTS",), type="integer", minimum=0),
    ),
    key=("practice_code", "sex", "age"),
)

SPEC = SourceSpec(
    source_id="gp_practices",
    title="GP practices (epraccur) and patients registered at a GP practice",
    publisher="NHS England",
    page="https://digital.nhs.uk/services/organisation-data-service",
    licence=OGL,
    attribution=NHS_ATTRIBUTION,
    edition="practices: latest quarter; patients: May 2022 or later",
    geography="GP practice, England",
    cadence="every quarter and every month",
    files=(PRACTICES, LISTS),
    expected_rows=15_119,
    tolerance=0.25,
    is_required=False,
    note="Open GP practices of England only; other prescribing settings and practices in Wales are left out.",
)


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land the practices in `read_gp_practices` and their list sizes in `read_gp_practice_lists`.

    Returns
    -------
    rows
        Practices and other prescribing settings in epraccur, closed ones included.
    """
    lists = replace(spec, expected_rows=LISTS_EXPECTED if spec.expected_rows else 0)
    land(con, lists, LIST_LAYOUT, paths_of(LISTS, paths), progress, table="read_gp_practice_lists")
    return land(con, spec, PRACTICE_LAYOUT, paths_of(PRACTICES, paths), progress)


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("gp_practices"))
