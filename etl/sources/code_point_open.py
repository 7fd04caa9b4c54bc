"""OS Code-Point Open: where each postcode of England is."""

from __future__ import annotations

from etl.sources.reading import Column, Layout, read_with
from etl.sources.spec import OGL, OS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column(
            "postcode",
            position=0,
            type="code",
            pattern=r"[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}",
            example="M14 4PX",
        ),
        Column("quality", position=1, type="integer", minimum=10, maximum=90),
        Column("easting", position=2, type="integer", minimum=0, maximum=700_000),
        Column("northing", position=3, type="integer", minimum=0, maximum=1_300_000),
        Column("country_code", position=4, type="code", pattern=r"[ESWN]92\d{6}", example="E92000001"),
    ),
    key=("postcode",),
    has_header=False,
    england="country_code",
    members=("*Data/CSV/*.csv", "*.csv"),
)

SPEC = SourceSpec(
    source_id="code_point_open",
    title="Code-Point Open",
    publisher="Ordnance Survey",
    page="https://www.ordnancesurvey.co.uk/products/code-point-open",
    licence=OGL,
    attribution=(
        f"{OS_ATTRIBUTION}. Contains Royal Mail data © Royal Mail copyright and database right. "
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"
    ),
    edition="latest quarter",
    geography="postcode, Great Britain (England is kept)",
    cadence="every quarter",
    files=(
        FileSpec(
            patterns=("codepo_gb.zip", "CodePointOpen*.zip"),
            url="https://api.os.uk/downloads/v1/products/CodePointOpen/downloads?area=GB&format=CSV&redirect",
        ),
    ),
    expected_rows=1_489_907,
    tolerance=0.05,
    is_required=False,
    note="Postcodes that Ordnance Survey has no position for (quality 90) are left out.",
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("code_point_open"))
