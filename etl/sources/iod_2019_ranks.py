"""English Indices of Deprivation 2019: ranks of the index and its domains, on LSOAs of 2011."""

from __future__ import annotations

from etl.sources.reading import LSOA11, Column, Layout, read_with
from etl.sources.spec import MHCLG_ATTRIBUTION, OGL, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with

NEIGHBOURHOODS_2011 = 32_844
FILE_7_2019 = FileSpec(
    patterns=(
        "File_2_-_IoD2019*.xlsx",
        "File_2_-_IoD2019*.csv.gz",
        "File_2_-_IoD2019*.csv",
        "File_7_-_All_IoD2019_Scores*.csv",
    ),
    url="https://assets.publishing.service.gov.uk/government/uploads/system/uploads/attachment_data/file/845345/"
    "File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
)
DOMAINS = (
    ("imd", "Index of Multiple Deprivation (IMD)", "Index of Multiple Deprivation 2019"),
    ("income", "Income", "Income deprivation 2019"),
    ("employment", "Employment", "Employment deprivation 2019"),
    ("education", "Education, Skills and Training", "Education, skills and training 2019"),
    ("health", "Health Deprivation and Disability", "Health deprivation and disability 2019"),
    ("crime", "Crime", "Crime 2019"),
    ("barriers", "Barriers to Housing and Services", "Barriers to housing and services 2019"),
    ("living_environment", "Living Environment", "Living environment 2019"),
)


def describe(stem: str, heading: str, name: str) -> Indicator:
    """Return how a rank of 2019 is listed."""
    return Indicator(
        indicator_id=f"{stem}_2019",
        name=name,
        unit="rank out of 32,844",
        polarity="higher_is_better",
        domain="Deprivation 2019",
        period="IoD 2019 (most data 2015 to 2016)",
        definition=(
            f"Rank of the neighbourhood in England on “{heading}” of the Indices of Deprivation 2019, where 1 is the "
            "most deprived. Carried from the neighbourhoods of 2011 to those of 2021 with population weights where "
            "they changed."
        ),
        caveat=(
            "Ranks are relative: a neighbourhood may move because others moved. Methods and data changed between 2019 "
            "and 2025, so a difference of a decile or less says little."
        ),
        decimals=0,
    )


LAYOUT = Layout(
    columns=(
        Column("lsoa11_code", ("LSOA code (2011)",), type="code", pattern=LSOA11, example="E01005347"),
        *(
            Column(f"{stem}_2019", (f"{heading} Rank (where 1 is most deprived)",), type="rank")
            for stem, heading, _ in DOMAINS
        ),
    ),
    key=("lsoa11_code",),
)

SPEC = SourceSpec(
    source_id="iod_2019_ranks",
    title="English Indices of Deprivation 2019: ranks of the index and its domains",
    publisher="Ministry of Housing, Communities and Local Government",
    page="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
    licence=OGL,
    attribution=MHCLG_ATTRIBUTION,
    edition="2019",
    geography="LSOA 2011, England",
    cadence="every four to six years",
    files=(FILE_7_2019,),
    expected_rows=NEIGHBOURHOODS_2011,
    is_required=False,
    indicators=tuple(describe(*domain) for domain in DOMAINS),
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("iod_2019_ranks"))
