"""Boundaries as published, GeoParquet or GeoJSON in longitude and latitude: read, proved and landed as they are."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from duckdb import DuckDBPyConnection

from etl.errors import and_more
from etl.progress import SourceProgress
from etl.sources.boundary_file import BoundaryFile, refuse
from etl.sources.spec import SourceSpec
from etl.statements import run_statement

POLYGONS = (3, 6)
# Degrees: England with room to spare.
WEST, SOUTH, EAST, NORTH = -7.0, 49.0, 2.5, 56.5


@dataclass(frozen=True)
class BoundaryLayout:
    """What a boundary file's columns are called, and what its codes look like."""

    code: str
    name: str
    code_pattern: str
    example: str


def land_boundaries(
    con: DuckDBPyConnection,
    spec: SourceSpec,
    paths: tuple[Path, ...],
    progress: SourceProgress,
    *,
    layout: BoundaryLayout,
) -> int:
    """Prove the boundaries of a file and land England's in `read_<source_id>`; return how many rows the file has.

    Rings that cross themselves are let through: the geometry step repairs and counts them.

    Raises
    ------
    SourceError
        If the file is neither GeoParquet nor GeoJSON, a column is missing, a code is malformed or comes twice, a
        geometry is missing, empty, no polygon or outside England, or the number of England's rows is not as expected.
    """
    (path,) = paths
    file = BoundaryFile(path, spec)
    table = file.read(code=layout.code, name=layout.name)
    _prove_codes(table, file, layout)
    _prove_geometries(table, file)
    england = table.filter(pc.starts_with(table["code"], "E"))
    _prove_row_count(england.num_rows, file)
    con.register("boundary_rows", england)
    try:
        run_statement(con, f"sources/read_{spec.source_id}")
    finally:
        con.unregister("boundary_rows")
    progress.rows_done(table.num_rows, spec.expected_rows or None)
    return int(table.num_rows)


def _prove_codes(table: pa.Table, file: BoundaryFile, layout: BoundaryLayout) -> None:
    codes = table["code"]
    is_code = pc.fill_null(pc.match_substring_regex(codes, f"^{layout.code_pattern}$"), fill_value=False)
    if position := _first(pc.invert(is_code)):
        found = codes[position - 1].as_py()
        said = f"“{found}” is not a valid code, such as {layout.example}" if found else "A code is missing"
        raise refuse(file, said, feature=position, column=layout.code)
    if position := _first(pc.or_kleene(pc.is_null(table["name"]), pc.equal(table["name"], ""))):
        raise refuse(file, f"{codes[position - 1]} has no name", feature=position, column=layout.name)
    times = codes.value_counts()
    if again := _first(pc.greater(pc.struct_field(times, "counts"), 1)):
        code = times[again - 1]["values"]
        first, second = np.flatnonzero(pc.equal(codes, code).to_numpy())[:2] + 1
        said = f"{code} comes twice, as feature {first:,} and again"
        raise refuse(file, said, feature=int(second), column=layout.code)


def _prove_geometries(table: pa.Table, file: BoundaryFile) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        geometries = shapely.from_wkb(table["wkb"].to_numpy(zero_copy_only=False), on_invalid="ignore")
    bounds = shapely.bounds(geometries)
    corners, owner = shapely.get_coordinates(geometries, return_index=True)
    is_unplaced = np.zeros(len(geometries), dtype=np.bool_)
    is_unplaced[owner[~np.isfinite(corners).all(axis=1)]] = True
    faults = (
        (shapely.is_missing(geometries), "has no boundary, or one that cannot be read"),
        (~np.isin(shapely.get_type_id(geometries), POLYGONS), "is not drawn as a polygon"),
        (shapely.is_empty(geometries), "has an empty boundary"),
        (is_unplaced, "has a corner that is no number"),
        (~_is_in_england(bounds), "lies outside England"),
    )
    for is_faulty, said in faults:
        if is_faulty.any():
            position = int(np.argmax(is_faulty))
            why = _explain(bounds[position]) if "outside" in said else ""
            more = and_more(int(is_faulty.sum()) - 1)
            raise refuse(file, f"{table['code'][position]} {said}{why}{more}", feature=position + 1)


def _is_in_england(bounds: np.ndarray) -> np.ndarray:
    west, south, east, north = bounds.T
    return np.asarray((west >= WEST) & (south >= SOUTH) & (east <= EAST) & (north <= NORTH))


def _explain(bounds: np.ndarray) -> str:
    """Say what a box outside England is likely to be."""
    x, y = (bounds[:2] + bounds[2:]) / 2
    where = f": its middle is {x:,.4f}, {y:,.4f}"
    if WEST <= y <= EAST and SOUTH <= x <= NORTH:
        return f"{where}; longitude and latitude are the wrong way round"
    if abs(x) > 180 or abs(y) > 90:  # noqa: PLR2004 - no degrees are greater
        return f"{where}; those are metres, in the National Grid (EPSG:27700) or Web Mercator, not degrees (EPSG:4326)"
    return where


def _prove_row_count(rows: int, file: BoundaryFile) -> None:
    expected, allowed = file.spec.expected_rows, file.spec.expected_rows * file.spec.tolerance
    if rows == 0:
        raise refuse(file, "The file holds no boundary of England")
    if expected and abs(rows - expected) > allowed:
        raise refuse(file, f"The file has {rows:,} boundaries of England where {expected:,} are expected")


def _first(is_faulty: pa.ChunkedArray | pa.Array) -> int:
    """Return the number, from 1, of the first true value, or 0 when there is none."""
    faulty = is_faulty.to_numpy(zero_copy_only=False) if isinstance(is_faulty, pa.Array) else is_faulty.to_numpy()
    return int(np.argmax(faulty)) + 1 if faulty.any() else 0
