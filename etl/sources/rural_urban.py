"""Rural-urban classification 2021 of LSOAs."""

from __future__ import annotations

from etl.sources.health_lookup import ARCGIS
from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", ("LSOA21CD",), type="code", pattern=LSOA21, example="E01005347"),
        Column("ruc21_code", ("RUC21CD",), type="code"),
        Column("ruc21_name", ("RUC21NM",)),
    ),
    key=("lsoa21_code",),
    england="lsoa21_code",
)

SPEC = SourceSpec(
    source_id="rural_urban",
    title="Rural-urban classification (2021) of LSOAs",
    publisher="Office for National Statistics and Defra",
    page="https://geoportal.statistics.gov.uk/",
    licence=OGL,
    attribution=ONS_ATTRIBUTION,
    edition="2021",
    geography="LSOA 2021, England and Wales",
    cadence="once a census",
    files=(
        FileSpec(
            patterns=("RUC21_LSOA21_EN.csv", "RUC21_LSOA21*.csv", "LSOA21_RUC21*.csv"),
            url=f"{ARCGIS}/LSOA21_RUC21_EW_LU/FeatureServer/0/query",
            transport="arcgis",
        ),
    ),
    expected_rows=33_755,
    is_required=False,
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("rural_urban"))
