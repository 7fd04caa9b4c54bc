"""English Indices of Deprivation 2025, File 7: scores, ranks and deciles of the index, its domains and sub-domains."""

from __future__ import annotations

from etl.sources.iod_2025_score_measures import MEASURES
from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import MHCLG_ATTRIBUTION, OGL, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", ("LSOA code (2021)", "lsoa21_code"), type="code", pattern=LSOA21, example="E01005347"),
        *(column for measure in MEASURES for column in measure.columns()),
        Column("population_mid_2022", ("Total population: mid 2022",), type="integer", is_optional=True, minimum=0),
    ),
    key=("lsoa21_code",),
)

SPEC = SourceSpec(
    source_id="iod_2025_scores",
    title="English Indices of Deprivation 2025: File 7, all ranks, scores, deciles and population denominators",
    publisher="Ministry of Housing, Communities and Local Government",
    page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    licence=OGL,
    attribution=MHCLG_ATTRIBUTION,
    edition="2025",
    geography="LSOA 2021, England",
    cadence="every four to six years",
    files=(
        FileSpec(
            patterns=("File_7_IoD2025_All_Ranks*.csv",),
            url="https://assets.publishing.service.gov.uk/media/691ded56d140bbbaa59a2a7d/"
            "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            sha256="b1b716aa2e476449f987b9de3e08255b4794eabfd270626de5de18b2f5eff3ef",
        ),
    ),
    expected_rows=33_755,
    indicators=tuple(measure.indicator() for measure in MEASURES),
)


SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("iod_2025_scores"))
