"""How well each neighbourhood is served by the community assets around it."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl import geometry
from etl.build.places import Places
from etl.build.rows import insert_rows, number_or_null, read_columns
from etl.build.shapes import Shapes
from etl.methods.access import Access, measure_access

GROUPS = ("any", "digital_help")
CLOSED_STATES = ("paused", "full")
POSITIONED = "SELECT offers, state, lon, lat FROM asset WHERE lon IS NOT NULL AND lat IS NOT NULL ORDER BY asset_id"


def store_access(con: duckdb.DuckDBPyConnection, *, places: Places, shapes: Shapes) -> None:
    """Fill `access` for all assets and for those that give digital help; nothing when no asset is loaded.

    An asset that is paused or full helps nobody new and counts as no supply.
    """
    columns = read_columns(con.execute(POSITIONED))
    if not len(columns["lon"]):
        return
    points = geometry.from_lonlat(np.column_stack([columns["lon"], columns["lat"]]))
    is_open = ~np.isin(columns["state"].astype(str), CLOSED_STATES)
    for group in GROUPS:
        is_in_group = np.array([group == "any" or group in str(offers).split(";") for offers in columns["offers"]])
        access = measure_access(
            origins=shapes.points,
            population=places.population,
            assets=points,
            supply=(is_open & is_in_group).astype(np.float64),
        )
        insert_rows(con, "access", _rows(places.lsoa, group=group, access=access))


def _rows(lsoa: NDArray[np.str_], *, group: str, access: Access) -> pa.Table:
    nearest_m = np.where(np.isfinite(access.nearest_m), access.nearest_m, np.nan)
    return pa.table(
        {
            "lsoa21_code": pa.array(lsoa.tolist(), pa.string()),
            "asset_group": pa.array([group] * len(lsoa)),
            "nearest_m": number_or_null(nearest_m),
            "count_within_800m": access.count_within_800m.astype(np.int32),
            "count_within_1600m": access.count_within_1600m.astype(np.int32),
            "e2sfca": access.e2sfca,
        }
    )
