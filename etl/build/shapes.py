"""Boundaries of every level, dissolved from those of the neighbourhoods, and the points that stand for them."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from etl import geometry
from etl.build.centroids import choose_points
from etl.build.places import Codes, Places
from etl.build.request import ENGLAND
from etl.geometry.types import Geometries
from etl.statements import run_statement


@dataclass(frozen=True)
class Level:
    """The areas of one level that are drawn.

    Parameters
    ----------
    codes, geometries
        Shape (k,), in order of code; boundaries in EPSG:27700.
    boxes
        West, south, east and north in degrees, shape (k, 4).
    """

    codes: Codes
    geometries: Geometries
    boxes: NDArray[np.float64]


@dataclass(frozen=True)
class Shapes:
    """Boundaries of every level, and the point that stands for the people of every neighbourhood.

    Parameters
    ----------
    points
        Easting and northing of a point in each neighbourhood, drawn or not, shape (n, 2).
    """

    levels: dict[str, Level]
    points: NDArray[np.float64]

    @property
    def lsoa(self) -> Level:
        """The neighbourhoods that are drawn."""
        return self.levels["lsoa"]


def draw_shapes(places: Places, *, chosen: NDArray[np.bool_]) -> Shapes:
    """Project, repair and check the neighbourhoods' boundaries, and dissolve them into the larger areas.

    A larger area is drawn when all its neighbourhoods are chosen: half of one would pass for the whole.
    """
    lonlat = shapely.from_wkb(places.wkb)
    grid, _ = geometry.repair(geometry.to_national_grid(lonlat))
    drawn, _ = geometry.check_coverage(grid[chosen], places.lsoa[chosen], source_id="lsoa_boundaries")
    boxes = geometry.bounding_boxes(lonlat[chosen])
    levels = {"lsoa": Level(places.lsoa[chosen], drawn, boxes)}
    belongs = {**places.codes, "england": np.full(len(places.lsoa), ENGLAND)}
    for level, codes in belongs.items():
        if level != "lsoa":
            levels[level] = _dissolve_whole(drawn, boxes=boxes, codes=codes, chosen=chosen)
    return Shapes(levels=levels, points=choose_points(places.centroids, shapes=grid, codes=places.lsoa))


def _dissolve_whole(drawn: Geometries, *, boxes: NDArray[np.float64], codes: Codes, chosen: NDArray[np.bool_]) -> Level:
    is_whole = np.isin(codes[chosen], codes[~chosen], invert=True)
    groups = codes[chosen][is_whole]
    merged = geometry.dissolve(drawn[is_whole], groups)
    around = geometry.group_boxes(boxes[is_whole], groups)
    return Level(
        codes=np.array(list(merged), dtype=np.str_),
        geometries=np.array(list(merged.values()), dtype=object),
        boxes=np.array([around[code] for code in merged]).reshape(-1, 4),
    )


def store_shapes(con: duckdb.DuckDBPyConnection, *, places: Places, shapes: Shapes) -> None:
    """Fill the tables `area` and `neighbourhood`."""
    con.register("point", _point_table(places, shapes=shapes))
    con.register("shape", pa.concat_tables([_shape_table(level) for level in shapes.levels.values()]))
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


def _shape_table(level: Level) -> pa.Table:
    lonlat = geometry.to_lonlat(geometry.points_on_surface(level.geometries).reshape(-1, 2))
    return pa.table(
        {
            "area_code": pa.array(level.codes.tolist(), pa.string()),
            "lon": lonlat[:, 0],
            "lat": lonlat[:, 1],
            "west": level.boxes[:, 0],
            "south": level.boxes[:, 1],
            "east": level.boxes[:, 2],
            "north": level.boxes[:, 3],
            "wkb": pa.array(shapely.to_wkb(level.geometries).tolist(), pa.binary()),
        }
    )
