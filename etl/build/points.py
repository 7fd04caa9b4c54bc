"""Postcodes, GP practices and community assets, each placed in its neighbourhood."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from etl import geometry
from etl.build.rows import insert_rows, read_columns
from etl.build.shapes import Shapes
from etl.statements import run_statement


def place_points(con: duckdb.DuckDBPyConnection, *, shapes: Shapes) -> None:
    """Fill `postcode`, `practice`, `registered_patients` and `lsoa_pair`; points where none is drawn have no LSOA."""
    _place_postcodes(con, shapes=shapes)
    run_statement(con, "practice")
    run_statement(con, "registered_patients")
    run_statement(con, "lsoa_pair")


def _place_postcodes(con: duckdb.DuckDBPyConnection, *, shapes: Shapes) -> None:
    columns = con.execute("SELECT * FROM staged_postcode ORDER BY postcode").to_arrow_table()
    easting, northing = (columns[name].to_numpy().astype(np.float64) for name in ("easting", "northing"))
    lsoa = geometry.place_points(easting, northing, shapes.lsoa.geometries, shapes.lsoa.codes)
    insert_rows(con, "postcode", columns.append_column("lsoa21_code", pa.array(lsoa, pa.string())))


def place_assets(con: duckdb.DuckDBPyConnection, *, shapes: Shapes) -> None:
    """Fill `asset`: each in the LSOA that holds its point, or without a point in the one that it says it is in."""
    columns = con.execute("SELECT * EXCLUDE (lsoa21_code) FROM staged_asset ORDER BY asset_id").to_arrow_table()
    said = read_columns(con.execute("SELECT lsoa21_code FROM staged_asset ORDER BY asset_id"))["lsoa21_code"]
    lon, lat = (columns[name].to_numpy(zero_copy_only=False).astype(np.float64) for name in ("lon", "lat"))
    is_placed = np.isfinite(lon) & np.isfinite(lat)
    grid = np.full((len(lon), 2), np.nan)
    grid[is_placed] = geometry.from_lonlat(np.column_stack([lon, lat])[is_placed])
    found = geometry.place_points(grid[:, 0], grid[:, 1], shapes.lsoa.geometries, shapes.lsoa.codes)
    is_known = ~is_placed & np.isin(said.astype(str), shapes.lsoa.codes)
    lsoa = np.where(is_known, said, found)
    insert_rows(con, "asset", columns.append_column("lsoa21_code", pa.array(lsoa, pa.string())))
