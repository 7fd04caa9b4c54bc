"""Polygons cut into the tiles that they touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from etl.geometry.types import FloatArray, Geometries, IntArray
from etl.tiles.drawing import snap

# A sixty-fourth of a tile, eight pixels, is drawn around it, so that the outline of a cut never shows at its edge.
BUFFER_SHARE = 64


@dataclass(frozen=True)
class Pieces:
    """Polygons in the units of their tile, in order of column, row and feature, shape (k,) each."""

    column: IntArray
    row: IntArray
    feature: IntArray
    polygons: Geometries


def cut(polygons: Geometries, *, feature: IntArray, extent: int) -> Pieces:
    """Return what each tile shows of the polygons.

    Parameters
    ----------
    polygons
        Valid polygons on whole numbers, counted from the north-west corner of the world, y down, shape (n,).
    feature
        Feature that each polygon belongs to, shape (n,).
    extent
        Width of a tile in those units.
    """
    buffer = extent // BUFFER_SHARE
    owner, column, row = _find_tiles(polygons, extent=extent, buffer=buffer)
    local = _move(polygons[owner], by=-extent * np.column_stack((column, row)).astype(np.float64))
    bounds = shapely.bounds(local)
    is_crossing = (bounds[:, :2] < -buffer).any(axis=1) | (bounds[:, 2:] > extent + buffer).any(axis=1)
    crossing = np.flatnonzero(is_crossing)
    clipped = shapely.clip_by_rect(local[crossing], -buffer, -buffer, extent + buffer, extent + buffer)
    inside, source = _polygons_of(clipped)
    inside, kept = snap(inside)
    pieces = np.concatenate((local[~is_crossing], inside))
    pair = np.concatenate((np.flatnonzero(~is_crossing), crossing[source[kept]]))
    order = np.lexsort((pair, feature[owner[pair]], row[pair], column[pair]))
    pair = pair[order]
    return Pieces(column=column[pair], row=row[pair], feature=feature[owner[pair]], polygons=pieces[order])


def _find_tiles(polygons: Geometries, *, extent: int, buffer: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return every polygon with every tile whose frame its box overlaps."""
    bounds = shapely.bounds(polygons)
    low = np.floor((bounds[:, :2] - buffer) / extent).astype(np.int64)
    high = np.floor((bounds[:, 2:] + buffer) / extent).astype(np.int64)
    columns, rows = (high - low + 1).T
    owner = np.repeat(np.arange(len(polygons)), columns * rows)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(columns * rows) - columns * rows, columns * rows)
    return owner, low[owner, 0] + step % columns[owner], low[owner, 1] + step // columns[owner]


def _move(polygons: Geometries, *, by: FloatArray) -> Geometries:
    coordinates = shapely.get_coordinates(polygons)
    coordinates += np.repeat(by, shapely.get_num_coordinates(polygons), axis=0)
    return np.asarray(shapely.set_coordinates(polygons, coordinates))


def _polygons_of(geometries: Geometries) -> tuple[Geometries, IntArray]:
    parts, source = shapely.get_parts(geometries, return_index=True)
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return parts[is_polygon], source[is_polygon]
