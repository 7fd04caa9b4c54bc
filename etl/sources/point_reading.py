"""A point for each neighbourhood, as a table or as GeoJSON, in metres or in degrees: all of them brought to metres."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely
from duckdb import DuckDBPyConnection
from numpy.typing import NDArray

from etl import geometry
from etl.errors import SourceError, and_more
from etl.sources.boundary_file import BoundaryFile, refuse
from etl.sources.boundary_reading import EAST, NORTH, SOUTH, WEST
from etl.sources.reading.opening import again
from etl.sources.spec import SourceSpec
from etl.statements import run_statement

POINT = 0
# West, south, east and north of England with room to spare. No place has coordinates that fit both.
DEGREES = (WEST, SOUTH, EAST, NORTH)
METRES = (50_000.0, 1_000.0, 700_000.0, 700_000.0)
MILLIMETRE_DECIMALS = 3


def as_table(path: Path, spec: SourceSpec, *, code: str, folder: Path) -> Path:
    """Return a file of points as a table with a code, x and y: GeoJSON is written as one, a table is left as it is.

    Parameters
    ----------
    code
        Name of the property that holds the code.
    folder
        An empty folder for the table. It has the file's own name, so that messages speak of that file.

    Raises
    ------
    SourceError
        If the file begins as GeoJSON and cannot be read, lacks the property, or has a feature that is no point.
    """
    if not _is_geojson(path):
        return path
    file = BoundaryFile(path, spec)
    features = file.read(code=code)
    codes = features["code"].to_pylist()
    points = shapely.from_wkb(features["wkb"].to_numpy(zero_copy_only=False), on_invalid="ignore")
    is_point = (shapely.get_type_id(points) == POINT) & ~shapely.is_empty(points)
    if not is_point.all():
        first = int(np.argmin(is_point))
        raise refuse(file, f"{codes[first] or 'A neighbourhood'} is not drawn as one point", feature=first + 1)
    table = folder / path.name
    with table.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow((code, "x", "y"))
        writer.writerows(zip(codes, shapely.get_x(points).tolist(), shapely.get_y(points).tolist(), strict=True))
    return table


def settle_in_metres(con: DuckDBPyConnection, spec: SourceSpec, path: Path) -> None:
    """Turn x and y of `read_<source_id>` into easting and northing (EPSG:27700), degrees into metres where need be.

    Raises
    ------
    SourceError
        If a point lies outside England, read either way; the first is named.
    """
    landed = con.table(f"read_{spec.source_id}").to_arrow_table().sort_by("lsoa21_code")
    points = np.column_stack([landed["x"].to_numpy(), landed["y"].to_numpy()]).astype(np.float64)
    is_degrees = _is_in(points, DEGREES)
    is_outside = ~(is_degrees | _is_in(points, METRES))
    if is_outside.any():
        first = int(np.argmax(is_outside))
        raise _refuse_outside(spec, path, str(landed["lsoa21_code"][first]), points[first], count=int(is_outside.sum()))
    if is_degrees.any():
        points[is_degrees] = np.round(geometry.from_lonlat(points[is_degrees]), MILLIMETRE_DECIMALS)
    columns = {"lsoa21_code": landed["lsoa21_code"], "easting": points[:, 0], "northing": points[:, 1]}
    con.register("point_rows", pa.table(columns))
    try:
        run_statement(con, f"sources/read_{spec.source_id}")
    finally:
        con.unregister("point_rows")


def _is_geojson(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(512).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")


def _is_in(points: NDArray[np.float64], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    west, south, east, north = box
    x, y = points.T
    return np.asarray((x >= west) & (y >= south) & (x <= east) & (y <= north))


def _refuse_outside(spec: SourceSpec, path: Path, code: str, point: NDArray[np.float64], *, count: int) -> SourceError:
    more = and_more(count - 1)
    what = (
        f"{code} lies outside England: its point is at {point[0]:,.10g}, {point[1]:,.10g}{more}. Points must be in "
        "metres of the National Grid (EPSG:27700), easting first, or in degrees (EPSG:4326), longitude first"
    )
    return SourceError(what, source_id=spec.source_id, file=path, todo=again(spec))
