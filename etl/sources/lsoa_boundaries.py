"""Boundaries of the neighbourhoods: LSOAs of Census 2021, generalised to 20 m and clipped to the coast."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.progress import SourceProgress
from etl.sources.boundary_reading import BoundaryLayout, land_boundaries
from etl.sources.spec import OGL, ONS_ATTRIBUTION, OS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

SPEC = SourceSpec(
    source_id="lsoa_boundaries",
    title="Lower layer Super Output Areas (December 2021) boundaries, BGC",
    publisher="Office for National Statistics",
    page="https://geoportal.statistics.gov.uk/",
    licence=OGL,
    attribution=f"{ONS_ATTRIBUTION}. {OS_ATTRIBUTION}",
    edition="December 2021, BGC (V5)",
    geography="LSOA 2021, England",
    cadence="every ten years, with the census",
    files=(
        FileSpec(
            patterns=(
                "LSOA_2021_EN_BGC.parquet",
                "LSOA_2021_EN_BGC.geojson",
                "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC*.geojson",
            ),
            url="https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/"
            "Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5/FeatureServer/0/query"
            "?where=LSOA21CD+LIKE+'E%25'&outFields=LSOA21CD,LSOA21NM",
            transport="arcgis",
        ),
    ),
    expected_rows=33_755,
    note="Generalised to 20 metres: a place within 20 metres of a border may be shown on its other side.",
)

LAYOUT = BoundaryLayout(code="LSOA21CD", name="LSOA21NM", code_pattern=r"[EW]01\d{6}", example="E01000001")


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land England's boundaries in `read_lsoa_boundaries` and return the rows of the file."""
    return land_boundaries(con, spec, tuple(paths), progress, layout=LAYOUT)


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("lsoa_boundaries"))
