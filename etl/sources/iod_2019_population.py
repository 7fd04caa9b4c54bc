"""English Indices of Deprivation 2019: people per LSOA of 2011, the weights of the crosswalk to 2021."""

from __future__ import annotations

from etl.sources.iod_2019_ranks import FILE_7_2019, NEIGHBOURHOODS_2011
from etl.sources.reading import LSOA11, Column, Layout, read_with
from etl.sources.spec import MHCLG_ATTRIBUTION, OGL, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("lsoa11_code", ("LSOA code (2011)",), type="code", pattern=LSOA11, example="E01005347"),
        Column("population", ("Total population: mid 2015 (excluding prisoners)",), type="integer", minimum=1),
    ),
    key=("lsoa11_code",),
)

SPEC = SourceSpec(
    source_id="iod_2019_population",
    title="English Indices of Deprivation 2019: population denominators",
    publisher="Ministry of Housing, Communities and Local Government",
    page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
    licence=OGL,
    attribution=MHCLG_ATTRIBUTION,
    edition="2019 (mid-2015 estimates)",
    geography="LSOA 2011, England",
    cadence="every four to six years",
    files=(
        FileSpec(
            patterns=(
                "File_6_-_IoD2019*.xlsx",
                "File_6_-_IoD2019*.csv.gz",
                "File_6_-_IoD2019*.csv",
                "File_7_-_All_IoD2019_Scores*.csv",
            ),
            url=FILE_7_2019.url,
        ),
    ),
    expected_rows=NEIGHBOURHOODS_2011,
    is_required=False,
    note="Mid-2015 people, without prisoners: used only to weigh neighbourhoods of 2011 that were merged.",
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("iod_2019_population"))
