"""ONS look-up: LSOA 2021 to the electoral ward it is best fitted to, of a chosen year."""

from __future__ import annotations

from etl.sources.health_lookup import ARCGIS
from etl.sources.reading import LSOA21, Column, Layout, read_with
from etl.sources.spec import OGL, ONS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

# ONS gives corrected services a new name.
SERVICES = {2025: "LSOA21_WD25_LAD25_EW_LU_v2"}


def source_for(vintage: int) -> Source:
    """Return the look-up of one year, whose headings carry the year (WD24CD in 2024).

    Parameters
    ----------
    vintage
        Year of the look-up, as four digits.
    """
    yy = f"{vintage % 100:02d}"
    layout = Layout(
        columns=(
            Column("lsoa21_code", ("LSOA21CD",), type="code", pattern=LSOA21, example="E01005347"),
            Column("ward_code", (f"WD{yy}CD",), type="code", pattern=r"[EW]05\d{6}", example="E05011368"),
            Column("ward_name", (f"WD{yy}NM",)),
        ),
        key=("lsoa21_code",),
        england="lsoa21_code",
    )
    service = SERVICES.get(vintage, f"LSOA21_WD{yy}_LAD{yy}_EW_LU")
    spec = SourceSpec(
        source_id="ward_lookup",
        title=f"LSOA (2021) to electoral ward ({vintage}) best-fit look-up",
        publisher="Office for National Statistics",
        page="https://geoportal.statistics.gov.uk/",
        licence=OGL,
        attribution=ONS_ATTRIBUTION,
        edition=str(vintage),
        geography="LSOA 2021, England and Wales",
        cadence="every May",
        files=(
            FileSpec(
                patterns=(f"LSOA21_WD{yy}_LAD{yy}_EN_LU.csv", f"LSOA21_WD{yy}_LAD{yy}*.csv"),
                url=f"{ARCGIS}/{service}/FeatureServer/0/query",
                transport="arcgis",
            ),
        ),
        expected_rows=33_755,
        note="A best fit: an LSOA that lies in several wards is given to the one that holds most of its people.",
    )
    return Source(spec=spec, read=read_with(layout), tidy=tidy_with("ward_lookup"))


SOURCE = source_for(2024)
