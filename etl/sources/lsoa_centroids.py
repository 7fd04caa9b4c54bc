"""Where the people of each LSOA live, as one point: population-weighted centroids of Census 2021."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from etl.progress import SourceProgress
from etl.sources.health_lookup import ARCGIS
from etl.sources.point_reading import as_table, settle_in_metres
from etl.sources.reading import LSOA21, Column, Layout, land
from etl.sources.spec import OGL, ONS_ATTRIBUTION, OS_ATTRIBUTION, FileSpec, Source, SourceSpec
from etl.sources.tidying import tidy_with

CODE = "LSOA21CD"
# The portal's CSV has x and y in metres (EPSG:27700); other ways to save the same layer have them in degrees.
LAYOUT = Layout(
    columns=(
        Column("lsoa21_code", (CODE,), type="code", pattern=LSOA21, example="E01005347"),
        Column("x", ("x",), type="number"),
        Column("y", ("y",), type="number"),
    ),
    key=("lsoa21_code",),
    england="lsoa21_code",
)

SPEC = SourceSpec(
    source_id="lsoa_centroids",
    title="LSOA (December 2021) population-weighted centroids",
    publisher="Office for National Statistics",
    page="https://geoportal.statistics.gov.uk/",
    licence=OGL,
    attribution=f"{ONS_ATTRIBUTION}. {OS_ATTRIBUTION}",
    edition="December 2021 (V4)",
    geography="LSOA 2021, England and Wales",
    cadence="every ten years, with the census",
    files=(
        FileSpec(
            patterns=(
                "LSOA_PopCentroids_EW_2021_V4.geojson",
                "LSOA_PopCentroids_EW_2021*.csv",
                "LSOA_PopCentroids_EW_2021*.geojson",
                "LLSOA_Dec_2021_PWC*.csv",
                "LLSOA_Dec_2021_PWC*.geojson",
                "Lower_layer_Super_Output_Areas*2021*Population_Weighted_Centroids*.csv",
                "Lower_layer_Super_Output_Areas*2021*Population_Weighted_Centroids*.geojson",
            ),
            url=f"{ARCGIS}/LSOA_PopCentroids_EW_2021_V4/FeatureServer/0/query"
            f"?where={CODE}+LIKE+'E%25'&outFields={CODE}",
            transport="arcgis",
        ),
    ),
    expected_rows=33_755,
    tolerance=0.01,
    is_required=False,
    note="The middle of where the people of a neighbourhood live: walks and best fits are measured from it.",
    without="A point inside each neighbourhood stands for where its people live.",
)


def read(con: DuckDBPyConnection, spec: SourceSpec, paths: Sequence[Path], progress: SourceProgress) -> int:
    """Land England's centroids, in metres, in `read_lsoa_centroids` and return the rows of the file."""
    (path,) = paths
    with tempfile.TemporaryDirectory(prefix="commonground-") as folder:
        rows = land(con, spec, LAYOUT, [as_table(path, spec, code=CODE, folder=Path(folder))], progress)
    settle_in_metres(con, spec, path)
    return rows


SOURCE = Source(spec=SPEC, read=read, tidy=tidy_with("lsoa_centroids"))
