"""Boundaries of the MSOAs of Census 2021: the official code and name of each.

Areas on the map are dissolved from LSOAs, so that every level fits the one below it; these boundaries give the codes
and names of MSOAs that have no name from the House of Commons Library, and prove the dissolved ones in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.progress import SourceProgress
from etl.sources.boundary_reading import BoundaryLayout, land_boundaries
from etl.sources.spec import OGL, ONS_ATTRIBUTION, OS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

SPEC = SourceSpec(
    source_id="msoa_boundaries",
    title="Middle layer Super Output Areas (December 2021) boundaries, BGC",
    publisher="Office for National Statistics",
    page="https://geoportal.statistics.gov.uk/",
    licence=OGL,
    attribution=f"{ONS_ATTRIBUTION}. {OS_ATTRIBUTION}",
    edition="December 2021, BGC (V3)",
    geography="MSOA 2021, England",
    cadence="every ten years, with the census",
    files=(
        FileSpec(
            patterns=(
                "MSOA_2021_EN_BGC.parquet",
                "MSOA_2021_EN_BGC.geojson",
                "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC*.geojson",
            ),
            url="https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
            "Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V3/FeatureServer/0/query"
            "?where=MSOA21CD+LIKE+'E%25'&outFields=MSOA21CD,MSOA21NM",
            transport="arcgis",
        ),
    ),
    expected_rows=6_856,
    is_required=False,
    note="Gives official names only; MSOAs on the map are dissolved from their LSOAs.",
)

LAYOUT = BoundaryLayout(code="MSOA21CD", name="MSOA21NM", code_pattern=r"[EW]02\d{6}", example="E02000001")


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land England's boundaries in `read_msoa_boundaries` and return the rows of the file."""
    return land_boundaries(con, spec, tuple(paths), progress, layout=LAYOUT)


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("msoa_boundaries"))
