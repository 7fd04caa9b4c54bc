"""Points and the areas they lie in."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import FloatArray, Geometries, IntArray

# Metres. Points are sorted into rows this high; lower rows mean fewer candidates but more rows to look into.
ROW_HEIGHT_M = 200.0
# Areas tested at a time, which bounds the memory that candidates take.
AREAS_AT_A_TIME = 4096


def points_on_surface(geometries: Geometries) -> FloatArray:
    """Return a point inside each geometry, shape (n, 2), in the geometry's own units."""
    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(geometries)), dtype=np.float64)


def place_points(easting: FloatArray, northing: FloatArray, geometries: Geometries, codes: np.ndarray) -> np.ndarray:
    """Return the code of the area that each point lies in.

    Points are sorted by row and, within it, by easting, so that the points in an area's bounding box are a few
    unbroken runs that a binary search finds; only those are tested against its boundary. No geometry is made for a
    point. A point on a boundary lies in every area that touches it and goes to the one whose code comes first, so
    the answer does not depend on the order of anything.

    Parameters
    ----------
    easting, northing
        Shape (n,), in the units of the geometries; a point that is not finite lies nowhere.
    geometries, codes
        Valid polygons and their codes, shape (m,).

    Returns
    -------
    codes
        Shape (n,), dtype object; None where a point lies in no area.
    """
    order = np.argsort(codes, kind="stable")
    areas, in_order = geometries[order], np.asarray(codes)[order]
    if len(areas) == 0:
        return np.full(len(easting), None, dtype=object)
    first = np.full(len(easting), len(areas), dtype=np.int64)
    points = np.column_stack((easting, northing)).astype(np.float64)
    inside = _within_box(points, shapely.total_bounds(areas))
    first[inside] = _first_area(points[inside], areas)
    names = np.array([*in_order, None], dtype=object)
    return np.asarray(names[first], dtype=object)


def _within_box(points: FloatArray, box: FloatArray) -> IntArray:
    x, y = points.T
    return np.flatnonzero((x >= box[0]) & (x <= box[2]) & (y >= box[1]) & (y <= box[3]))


def _first_area(points: FloatArray, areas: Geometries) -> IntArray:
    """Return the position of the first area that each point lies in, or `len(areas)`."""
    first = np.full(len(points), len(areas), dtype=np.int64)
    if len(points) == 0:
        return first
    boxes = shapely.bounds(areas)
    west, width = np.nanmin(boxes[:, 0]), np.nanmax(boxes[:, 2]) - np.nanmin(boxes[:, 0]) + 1.0
    keys = np.floor(points[:, 1] / ROW_HEIGHT_M) * width + (points[:, 0] - west)
    by_key = np.argsort(keys)
    keys, points = keys[by_key], points[by_key]
    shapely.prepare(areas)
    for start in range(0, len(areas), AREAS_AT_A_TIME):
        chunk = np.arange(start, min(start + AREAS_AT_A_TIME, len(areas)))
        chunk = chunk[~np.isnan(boxes[chunk, 0])]
        area, point = _candidates(chunk, boxes, keys=keys, west=west, width=width)
        x, y = points[point].T
        near = (y >= boxes[area, 1]) & (y <= boxes[area, 3])
        area, point, x, y = area[near], point[near], x[near], y[near]
        hit = shapely.intersects_xy(areas[area], x, y)
        np.minimum.at(first, by_key[point[hit]], area[hit])
    return first


def _candidates(
    chunk: IntArray, boxes: FloatArray, *, keys: FloatArray, west: float, width: float
) -> tuple[IntArray, IntArray]:
    """Return pairs of an area and a point whose row and easting are those of the area's box."""
    bottom = np.floor(boxes[chunk, 1] / ROW_HEIGHT_M).astype(np.int64)
    rows = np.floor(boxes[chunk, 3] / ROW_HEIGHT_M).astype(np.int64) - bottom + 1
    position, nth_row = _expand(rows)
    area, row = chunk[position], bottom[position] + nth_row
    begin = np.searchsorted(keys, row * width + (boxes[area, 0] - west), side="left")
    end = np.searchsorted(keys, row * width + (boxes[area, 2] - west), side="right")
    run, nth_point = _expand(end - begin)
    return area[run], begin[run] + nth_point


def _expand(counts: IntArray) -> tuple[IntArray, IntArray]:
    """Return, for counts (2, 0, 3), which count each one belongs to (0, 0, 2, 2, 2) and its number (0, 1, 0, 1, 2)."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
