"""English Indices of Deprivation 2025, File 8: some of the indicators that the domains are made of.

The publisher's file is a workbook with one sheet per domain; re-saved copies are one CSV with snake-case headings.
Both are read.
"""

from __future__ import annotations

from etl.sources.iod_2025_indicator_measures import MEASURES
from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import MHCLG_ATTRIBUTION, OGL, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", ("LSOA code (2021)", "lsoa21_code"), type="code", pattern=LSOA21, example="E01005347"),
        *(measure.column() for measure in MEASURES),
    ),
    key=("lsoa21_code",),
    is_spread=True,
)

SPEC = SourceSpec(
    source_id="iod_2025_indicators",
    title="English Indices of Deprivation 2025: File 8, underlying indicators",
    publisher="Ministry of Housing, Communities and Local Government",
    page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    licence=OGL,
    attribution=MHCLG_ATTRIBUTION,
    edition="2025",
    geography="LSOA 2021, England",
    cadence="every four to six years",
    files=(
        FileSpec(
            patterns=("File_8_IoD2025_Underlying_Indicators*.xlsx", "File_8_IoD2025_Underlying_Indicators*.csv"),
            url="https://assets.publishing.service.gov.uk/media/691dec012c6b98ecdbc500d4/"
            "File_8_IoD2025_Underlying_Indicators.xlsx",
        ),
    ),
    expected_rows=33_755,
    is_required=False,
    indicators=tuple(measure.indicator() for measure in MEASURES),
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("iod_2025_indicators"))
