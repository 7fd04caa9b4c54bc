"""Where the patients of each GP practice live: what figures of practices are spread over neighbourhoods by."""

from __future__ import annotations

from etl.sources.reading import Column, Layout, read_with
from etl.sources.spec import NHS_ATTRIBUTION, OGL, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("practice_code", ("PRACTICE_CODE",), type="code", pattern=r"[A-Z0-9]{3,8}", example="P84001"),
        # Patients without a known place, and those of Wales, have codes of their own kind.
        Column("lsoa_code", ("LSOA_CODE",)),
        Column("sex", ("SEX",)),
        Column("patients", ("NUMBER_OF_PATIENTS", "Number of Patients"), type="integer", minimum=0),
    ),
    key=("practice_code", "lsoa_code", "sex"),
    members=("*gp-reg-pat-prac-lsoa-all*.csv",),
)

SPEC = SourceSpec(
    source_id="gp_registered_patients",
    title="Patients registered at a GP practice, by neighbourhood (LSOA)",
    publisher="NHS England",
    page="https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    licence=OGL,
    attribution=NHS_ATTRIBUTION,
    edition="April 2024 or the edition given",
    geography="GP practice by LSOA, England",
    cadence="every quarter",
    files=(
        FileSpec(
            patterns=("gp-reg-pat-prac-lsoa-all*.csv", "gp-reg-pat-prac-lsoa-male-female*.zip"),
            url="https://files.digital.nhs.uk/5C/704155/gp-reg-pat-prac-lsoa-male-female-Apr-24.zip",
        ),
    ),
    # The publisher does not say how many rows to expect, and none were to hand to count: nothing is checked here.
    expected_rows=0,
    is_required=False,
    note="This loader was written from the publisher's headings and has not met a real file.",
)


SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("gp_registered_patients"))
