"""House of Commons Library names of MSOAs: the names people know places by."""

from __future__ import annotations

from etl.sources.reading import MSOA21, Column, Layout, read_with
from etl.sources.spec import FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("msoa21_code", ("msoa21cd",), type="code", pattern=MSOA21, example="E02001062"),
        Column("msoa21_name", ("msoa21nm",)),
        Column("local_name", ("msoa21hclnm",)),
    ),
    key=("msoa21_code",),
    england="msoa21_code",
)

SPEC = SourceSpec(
    source_id="msoa_names",
    title="House of Commons Library MSOA names",
    publisher="House of Commons Library",
    page="https://houseofcommonslibrary.github.io/msoanames/",
    licence="Open Parliament Licence v3.0",
    attribution="Contains Parliamentary information licensed under the Open Parliament Licence v3.0",
    edition="Census 2021 areas",
    geography="MSOA 2021, England and Wales",
    cadence="occasional corrections",
    files=(
        FileSpec(
            patterns=("MSOA-Names-2021.csv", "MSOA-Names-Latest2.csv", "MSOA-Names-2.*.csv"),
            url="https://houseofcommonslibrary.github.io/msoanames/MSOA-Names-Latest2.csv",
        ),
    ),
    expected_rows=6_856,
    note="Names that people use, agreed by no official body.",
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("msoa_names"))
