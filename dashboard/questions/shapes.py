"""Where exactly is it, and what lies around it? Boundaries and points in metres, for drawing and for reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from dashboard.questions.levels import LevelQuestions
from dashboard.warehouse import Row
from etl.methods.arrays import FloatArray, IntArray

Box = tuple[float, float, float, float]
Geometry = Any


@dataclass(frozen=True)
class Boundaries:
    """The areas of a level in a box: their numbers and their boundaries in metres (EPSG:27700), shape (n,)."""

    feature_ids: IntArray
    shapes: Geometry


class ShapeQuestions(LevelQuestions):
    """Questions about boundaries and points."""

    @cached_property
    def neighbourhood_points(self) -> FloatArray:
        """Return the point that stands for the people of every neighbourhood, by feature_id, metres, shape (n, 2)."""
        frame = self.warehouse.frame("neighbourhood_points")
        return frame[["easting", "northing"]].to_numpy(dtype=np.float64)

    @lru_cache(maxsize=512)  # noqa: B019 - one repository lives as long as its snapshot is open
    def neighbourhoods_of(self, area_code: str) -> IntArray:
        """Return the feature_id of every neighbourhood of an area."""
        return np.flatnonzero(self.areas_within(area_code=area_code, level="lsoa")).astype(np.int64)

    @lru_cache(maxsize=64)  # noqa: B019
    def boundary(self, area_code: str) -> Geometry | None:
        """Return the boundary of an area, joined from its neighbourhoods where it has none of its own; None without."""
        row = self.warehouse.row("boundary_of_area", area_code=area_code)
        if row:
            return shapely.from_wkb(bytes(row["wkb"]))
        points = self.neighbourhood_points[self.neighbourhoods_of(area_code)]
        if not len(points):
            return None
        found = self.boundaries_in(level="lsoa", box=(*points.min(axis=0), *points.max(axis=0)))
        chosen = np.isin(found.feature_ids, self.neighbourhoods_of(area_code))
        return shapely.union_all(found.shapes[chosen]) if chosen.any() else None

    @lru_cache(maxsize=64)  # noqa: B019
    def boundaries_in(self, *, level: str, box: Box) -> Boundaries:
        """Return the areas of a level that touch a box in metres."""
        west, south, east, north = box_in_degrees(box)
        rows = self.warehouse.rows("boundaries_in_box", level=level, west=west, south=south, east=east, north=north)
        shapes = shapely.from_wkb([bytes(row["wkb"]) for row in rows])
        ids = np.array([row["feature_id"] for row in rows], dtype=np.int64)
        return Boundaries(feature_ids=ids, shapes=np.asarray(shapes, dtype=object))

    @lru_cache(maxsize=512)  # noqa: B019
    def areas_inside(self, area_code: str) -> tuple[str, ...]:
        """Return the codes of the areas that lie wholly in an area, itself among them."""
        rows = self.warehouse.rows("areas_inside", lsoa21_codes=self.codes_of_neighbourhoods(area_code))
        return tuple(dict.fromkeys([area_code, *(row["area_code"] for row in rows)]))

    def codes_of_neighbourhoods(self, area_code: str) -> list[str]:
        """Return the codes of an area's neighbourhoods."""
        codes = self.areas_of_level("lsoa")["area_code"].to_numpy()
        return [str(code) for code in codes[self.neighbourhoods_of(area_code)]]

    def assets_near(self, area_code: str, *, box: Box) -> list[Row]:
        """Return the published assets of an area and of a box in metres."""
        west, south, east, north = box_in_degrees(box)
        codes = self.codes_of_neighbourhoods(area_code)
        return self.warehouse.rows(
            "assets_near_area", lsoa21_codes=codes, west=west, south=south, east=east, north=north
        )

    @cached_property
    def has_assets(self) -> bool:
        """Return whether any published asset is loaded."""
        row = self.warehouse.row("asset_count")
        return bool(row and row["assets"])


def box_in_degrees(box: Box) -> Box:
    """Return the box in degrees around a box in metres (EPSG:27700)."""
    west, south, east, north = box
    lon, lat = _to_degrees().transform([west, west, east, east], [south, north, south, north])
    return min(lon), min(lat), max(lon), max(lat)


def to_degrees(points: FloatArray) -> FloatArray:
    """Return points in metres (EPSG:27700), shape (n, 2), as longitude and latitude."""
    lon, lat = _to_degrees().transform(points[:, 0], points[:, 1])
    return np.column_stack([lon, lat]).astype(np.float64)


def points_in_metres(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return eastings and northings (EPSG:27700) of points in degrees."""
    easting, northing = _to_degrees().transform(lon, lat, direction="INVERSE")
    return np.asarray(easting, dtype=np.float64), np.asarray(northing, dtype=np.float64)


@lru_cache(maxsize=1)
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
