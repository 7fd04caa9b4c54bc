"""Boundaries of every level, dissolved from those of the neighbourhoods, and the points that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl import geometry
from etl.build.places import ENGLAND, Codes, Places
from etl.geometry.types import Geometries
from etl.statements import run_statement


@dataclass(frozen=True)
class Shapes:
    """Boundaries in EPSG:27700, and a point on the surface of every neighbourhood.

    Parameters
    ----------
    levels
        By level: the codes that are drawn and their boundaries.
    points
        Easting and northing of a point on each neighbourhood, drawn or not, shape (n, 2).
    repaired
        How many boundaries were invalid and have been repaired.
    """

    levels: dict[str, tuple[Codes, Geometries]]
    points: NDArray[np.float64]
    repaired: int

    @property
    def lsoa(self) -> tuple[Codes, Geometries]:
        """Codes and boundaries of the neighbourhoods that are drawn."""
        return self.levels["lsoa"]


def draw_shapes(places: Places, *, chosen: NDArray[np.bool_]) -> Shapes:
    """Project, repair and check the neighbourhoods' boundaries, and dissolve them into the larger areas.

    A larger area is drawn when all its neighbourhoods are chosen: half of one would pass for the whole.
    """
    grid, was_repaired = geometry.repair(geometry.to_national_grid(shapely.from_wkb(places.wkb)))
    drawn, _ = geometry.check_coverage(grid[chosen], places.lsoa[chosen], source_id="lsoa_boundaries")
    levels = {"lsoa": (places.lsoa[chosen], drawn)}
    for level, codes in places.codes.items():
        if level != "lsoa":
            levels[level] = _dissolve_whole(drawn, codes=codes, chosen=chosen)
    everywhere = np.full(len(places.lsoa), ENGLAND)
    levels["england"] = _dissolve_whole(drawn, codes=everywhere, chosen=chosen)
    points = geometry.points_on_surface(grid)
    return Shapes(levels=levels, points=points, repaired=int(was_repaired.sum()))


def _dissolve_whole(drawn: Geometries, *, codes: Codes, chosen: NDArray[np.bool_]) -> tuple[Codes, Geometries]:
    is_whole = np.isin(codes[chosen], codes[~chosen], invert=True)
    merged = geometry.dissolve(drawn[is_whole], codes[chosen][is_whole])
    return np.array(list(merged), dtype=np.str_), np.array(list(merged.values()), dtype=object)


def store_shapes(con: duckdb.DuckDBPyConnection, *, places: Places, shapes: Shapes) -> None:
    """Fill the tables `area` and `neighbourhood`."""
    con.register("point", _point_table(places, shapes=shapes))
    con.register("shape", pa.concat_tables([_shape_table(*level) for level in shapes.levels.values()]))
    run_statement(con, "area")
    run_statement(con, "neighbourhood")
    con.unregister("point")
    con.unregister("shape")


def _point_table(places: Places, *, shapes: Shapes) -> pa.Table:
    lonlat = geometry.to_lonlat(shapes.points)
    columns = {
        "lon": lonlat[:, 0],
        "lat": lonlat[:, 1],
        "easting": shapes.points[:, 0],
        "northing": shapes.points[:, 1],
    }
    return pa.table({"lsoa21_code": pa.array(places.lsoa.tolist(), pa.string()), **columns})


def _shape_table(codes: Codes, geometries: Geometries) -> pa.Table:
    lonlat = geometry.to_lonlat(geometry.points_on_surface(geometries).reshape(-1, 2))
    bounds = shapely.bounds(geometries).reshape(-1, 4)
    low, high = geometry.to_lonlat(bounds[:, :2]), geometry.to_lonlat(bounds[:, 2:])
    return pa.table(
        {
            "area_code": pa.array(codes.tolist(), pa.string()),
            "lon": lonlat[:, 0],
            "lat": lonlat[:, 1],
            "west": low[:, 0],
            "south": low[:, 1],
            "east": high[:, 0],
            "north": high[:, 1],
            "wkb": pa.array(shapely.to_wkb(geometries).tolist(), pa.binary()),
        }
    )
