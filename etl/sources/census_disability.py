"""Census 2021, table TS038: residents who are disabled under the Equality Act."""

from __future__ import annotations

from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Indicator, Source, SourceSpec
from etl.sources.tidying import tidy_with

DISABLED = Indicator(
    indicator_id="share_disabled_2021",
    name="Disabled residents",
    unit="percent of residents",
    polarity="higher_is_worse",
    domain="People",
    period="Census day, 21 March 2021",
    definition=(
        "Usual residents who said that a lasting physical or mental health condition limits their day-to-day "
        "activities a little or a lot, over all usual residents."
    ),
    caveat=(
        "“Worse” means only a higher risk of being shut out by digital services; being disabled is not a deficit of a "
        "person or a place. The Census was taken during the pandemic, and the share is not adjusted for age."
    ),
)

LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", ("geography code",), type="code", pattern=LSOA21, example="E01005347"),
        Column("residents", ("Disability: Total: All usual residents",), type="integer", minimum=1),
        Column("disabled", ("Disability: Disabled under the Equality Act",), type="integer", minimum=0),
    ),
    key=("lsoa21_code",),
    england="lsoa21_code",
    members=("*census2021-ts038-lsoa.csv",),
)

SPEC = SourceSpec(
    source_id="census_disability",
    title="Census 2021, TS038: disability",
    publisher="Office for National Statistics (Nomis)",
    page="https://www.nomisweb.co.uk/datasets/c2021ts038",
    licence=OGL,
    attribution=ONS_ATTRIBUTION,
    edition="Census 2021",
    geography="LSOA 2021, England and Wales",
    cadence="every ten years",
    files=(
        FileSpec(
            patterns=("census2021-ts038.zip", "census2021-ts038-lsoa.csv"),
            url="https://www.nomisweb.co.uk/output/census/2021/census2021-ts038.zip",
        ),
    ),
    expected_rows=33_755,
    is_required=False,
    indicators=(DISABLED,),
)


SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("census_disability"))
