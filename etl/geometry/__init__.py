"""Geometry of a whole coverage: project it, repair it, check that neighbours fit, dissolve it, place points in it.

Pure functions over arrays of shapely geometries: no files, no SQL. Geometry is in metres (EPSG:27700) unless a name
says lon/lat (EPSG:4326).
"""

from etl.geometry.boxes import bounding_boxes, group_boxes
from etl.geometry.coverage import check_coverage, dissolve, faulty_neighbours
from etl.geometry.neighbours import touching_pairs
from etl.geometry.points import place_points, points_on_surface
from etl.geometry.projection import from_lonlat, to_lonlat, to_national_grid
from etl.geometry.repair import repair

__all__ = [
    "bounding_boxes",
    "check_coverage",
    "dissolve",
    "faulty_neighbours",
    "from_lonlat",
    "group_boxes",
    "place_points",
    "points_on_surface",
    "repair",
    "to_lonlat",
    "to_national_grid",
    "touching_pairs",
]
