"""Community assets of the demo: made-up groups and places, so that the register's pages have something to show."""

from __future__ import annotations

from etl.sources.reading import Column, Layout, read_with
from etl.sources.spec import FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("asset_id", ("asset_id",), type="code", pattern=r"demo-\d{4}", example="demo-0001"),
        Column("name", ("name",), type="text"),
        Column("kind", ("kind",), type="code", pattern=r"[a-z_]+", example="library"),
        Column("offers", ("offers",), type="text", may_be_empty=True),
        Column("state", ("state",), type="code", pattern=r"open|waiting_list|full|paused", example="open"),
        Column("lon", ("lon",), type="number", may_be_empty=True, minimum=-7, maximum=2),
        Column("lat", ("lat",), type="number", may_be_empty=True, minimum=49, maximum=56),
    ),
    key=("asset_id",),
)

SPEC = SourceSpec(
    source_id="demo_assets",
    title="Made-up community assets of the demo",
    publisher="Common Ground",
    page="",
    licence="MIT",
    attribution="Made up for the demo of Common Ground; no real group or place is meant",
    edition="Demo",
    geography="Points",
    cadence="never",
    files=(FileSpec(patterns=("community_assets.csv",)),),
    expected_rows=0,
    is_required=False,
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("demo_assets"))
