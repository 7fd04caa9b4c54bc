"""ONS look-up: LSOA 2021 to sub-ICB location, ICB and local authority district, of a chosen year."""

from __future__ import annotations

from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

ARCGIS = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"


def source_for(vintage: int) -> Source:
    """Return the look-up of one year, whose headings carry the year (SICBL24CD, ICB24CD, LAD24CD in 2024).

    Parameters
    ----------
    vintage
        Year of the look-up, as four digits. England had 42 ICBs in 2024 and 2025 and fewer from April 2026.
    """
    yy = f"{vintage % 100:02d}"
    layout = Layout(
        columns=(
            Column("lsoa21_code", ("LSOA21CD",), type="code", pattern=LSOA21, example="E01005347"),
            Column("sicbl_code", (f"SICBL{yy}CD",), type="code", pattern=r"E38\d{6}", example="E38000217"),
            Column("sicbl_ods_code", (f"SICBL{yy}CDH",), type="code", is_optional=True),
            Column("sicbl_name", (f"SICBL{yy}NM",)),
            Column("icb_code", (f"ICB{yy}CD",), type="code", pattern=r"E54\d{6}", example="E54000057"),
            Column("icb_name", (f"ICB{yy}NM",)),
            Column("lad_code", (f"LAD{yy}CD",), type="code", pattern=r"E0[6-9]\d{6}", example="E08000003"),
            Column("lad_name", (f"LAD{yy}NM",)),
        ),
        key=("lsoa21_code",),
    )
    spec = SourceSpec(
        source_id="health_lookup",
        title=f"LSOA (2021) to sub-ICB location, ICB and local authority district ({vintage}) look-up",
        publisher="Office for National Statistics",
        page="https://geoportal.statistics.gov.uk/",
        licence=OGL,
        attribution=ONS_ATTRIBUTION,
        edition=str(vintage),
        geography="LSOA 2021, England",
        cadence="every April",
        files=(
            FileSpec(
                patterns=(
                    f"LSOA21_SICBL{yy}_ICB{yy}_LAD{yy}_EN_LU.csv",
                    f"LSOA21_SICBL{yy}_ICB{yy}*LAD{yy}*.csv",
                ),
                url=f"{ARCGIS}/LSOA21_SICBL{yy}_ICB{yy}_CAL{yy}_LAD{yy}_EN_LU/FeatureServer/0/query",
                transport="arcgis",
            ),
        ),
        expected_rows=33_755,
    )
    return Source(spec=spec, read=read_with(layout), tidy=tidy_with("health_lookup"))


SOURCE = source_for(2024)
