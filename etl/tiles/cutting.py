"""Areas cut into the tiles that they touch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from etl.geometry.types import BoolArray, FloatArray, Geometries, IntArray
from etl.tiles.drawing import snap

# A sixty-fourth of a tile, eight pixels, is drawn around it, so that the outline of a cut never shows at its edge.
BUFFER_SHARE = 64


@dataclass(frozen=True)
class Pieces:
    """What each tile shows of each feature, in the tile's own units, in order of column, row and feature.

    All have shape (k,). A feature has one piece in a tile, a polygon or a multipolygon, or a piece for each of its
    polygons where thinned islands run into each other: making them one takes longer than everything else, and shows
    no difference.
    """

    column: IntArray
    row: IntArray
    feature: IntArray
    shape: Geometries


def cut(areas: Geometries, *, feature_ids: IntArray, extent: int) -> Pieces:
    """Return what each tile shows of the areas.

    Parameters
    ----------
    areas
        Polygons, each valid, and multipolygons of such, on whole numbers counted from the north-west corner of the
        world, y down, shape (n,).
    feature_ids
        Number of each area in the tiles, shape (n,).
    extent
        Width of a tile in those units.
    """
    buffer = extent // BUFFER_SHARE
    owner, column, row = _find_tiles(areas, extent=extent, buffer=buffer)
    shape = _move(areas[owner], by=-extent * np.column_stack((column, row)).astype(np.float64))
    bounds = shapely.bounds(shape)
    is_crossing = (bounds[:, :2] < -buffer).any(axis=1) | (bounds[:, 2:] > extent + buffer).any(axis=1)
    shape[is_crossing] = clip(shape[is_crossing], low=-buffer, high=extent + buffer)
    is_unsure = is_crossing | (shapely.get_num_geometries(shape) > 1)
    shape[is_unsure] = snap(shape[is_unsure])
    whole, shape = _part_entangled(shape, is_unsure=is_unsure)
    owner, column, row = owner[whole], column[whole], row[whole]
    shown = np.flatnonzero(~shapely.is_empty(shape))
    order = shown[np.lexsort((owner[shown], row[shown], column[shown]))]
    shape = shapely.remove_repeated_points(shape[order])
    return Pieces(column=column[order], row=row[order], feature=feature_ids[owner[order]], shape=shape)


def _part_entangled(shape: Geometries, *, is_unsure: BoolArray) -> tuple[IntArray, Geometries]:
    """Return pieces that are valid, and which of the given pieces each is or is a polygon of."""
    is_entangled = is_unsure.copy()
    is_entangled[is_unsure] = ~shapely.is_valid(shape[is_unsure])
    polygons, of = shapely.get_parts(shape[is_entangled], return_index=True)
    whole = np.concatenate((np.flatnonzero(~is_entangled), np.flatnonzero(is_entangled)[of]))
    return whole, np.concatenate((shape[~is_entangled], polygons))


def clip(areas: Geometries, *, low: float, high: float) -> Geometries:
    """Return what lies in the square from (low, low) to (high, high).

    `clip_by_rect` takes a tenth of the time of `intersection`, but fills in what it should not where a border runs
    exactly through a corner of the square (GEOS 3.14); those few areas are intersected.
    """
    clipped = shapely.clip_by_rect(areas, low, low, high, high)
    corners = shapely.MultiPoint([(low, low), (low, high), (high, low), (high, high)])
    is_cornered = _may_hold(areas, low, high)
    is_cornered[is_cornered] = shapely.intersects(shapely.boundary(areas[is_cornered]), corners)
    # Intersecting, unlike clipping, stops at an area whose polygons run into each other.
    cornered = shapely.make_valid(areas[is_cornered], method="structure", keep_collapsed=False)
    met = shapely.intersection(cornered, shapely.box(low, low, high, high))
    # A buffer of nothing drops the points and lines where an area only touches the square.
    clipped[is_cornered] = shapely.buffer(met, 0)
    return np.asarray(clipped)


def _may_hold(areas: Geometries, low: float, high: float) -> BoolArray:
    """Return which areas have a corner of the square in their box, shape (k,)."""
    bounds = shapely.bounds(areas)
    holds = [(bounds[:, :2] <= side) & (bounds[:, 2:] >= side) for side in (low, high)]
    return np.asarray((holds[0] | holds[1]).all(axis=1))


def _find_tiles(areas: Geometries, *, extent: int, buffer: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return every area with every tile whose frame its box overlaps."""
    bounds = shapely.bounds(areas)
    low = np.floor((bounds[:, :2] - buffer) / extent).astype(np.int64)
    high = np.floor((bounds[:, 2:] + buffer) / extent).astype(np.int64)
    columns, rows = (high - low + 1).T
    owner = np.repeat(np.arange(len(areas)), columns * rows)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(columns * rows) - columns * rows, columns * rows)
    return owner, low[owner, 0] + step % columns[owner], low[owner, 1] + step // columns[owner]


def _move(areas: Geometries, *, by: FloatArray) -> Geometries:
    coordinates = shapely.get_coordinates(areas)
    coordinates += np.repeat(by, shapely.get_num_coordinates(areas), axis=0)
    return np.asarray(shapely.set_coordinates(areas, coordinates))
