"""ONS exact-fit pairs of LSOAs of 2011 and 2021: which stayed, split, were merged or changed in another way."""

from __future__ import annotations

from etl.sources.health_lookup import ARCGIS
from etl.sources.reading import LSOA11, LSOA21, Column, Layout, read_with
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

LAYOUT = Layout(
    columns=(
        Column("lsoa11_code", ("LSOA11CD", "F_LSOA11CD"), type="code", pattern=LSOA11, example="E01005347"),
        Column("lsoa21_code", ("LSOA21CD",), type="code", pattern=LSOA21, example="E01005347"),
        Column("change", ("CHGIND",), type="code", pattern="[USMX]", example="U, S, M or X"),
    ),
    key=("lsoa11_code", "lsoa21_code"),
    england="lsoa21_code",
)

SPEC = SourceSpec(
    source_id="lsoa_pairs",
    title="LSOA (2011) to LSOA (2021) exact-fit look-up",
    publisher="Office for National Statistics",
    page="https://geoportal.statistics.gov.uk/",
    licence=OGL,
    attribution=ONS_ATTRIBUTION,
    edition="2022",
    geography="LSOA 2011 and LSOA 2021, England and Wales",
    cadence="once a census",
    files=(
        FileSpec(
            patterns=("LSOA11_LSOA21_LAD22_EN_LU.csv", "LSOA11_LSOA21_LAD22*.csv"),
            url=f"{ARCGIS}/LSOA11_LSOA21_LAD22_EW_LU/FeatureServer/0/query",
            transport="arcgis",
        ),
    ),
    expected_rows=33_855,
    is_required=False,
    note="Without it nothing published for the neighbourhoods of 2011 (DERI, Indices of 2019) can be shown.",
)

SOURCE = Source(spec=SPEC, read=read_with(LAYOUT), tidy=tidy_with("lsoa_pairs"))
