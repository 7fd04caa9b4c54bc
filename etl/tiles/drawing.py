"""Areas drawn from thinned borders, on the whole numbers that tiles are made of."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import BoolArray, Geometries
from etl.tiles.borders import Borders, Rings, restore, thin


def draw(borders: Borders, rings: Rings, *, tolerance: float, units: float) -> tuple[Borders, Geometries]:
    """Return thinned borders and the areas they draw, shape (n,); an area too small for the grid is empty.

    Where thinning makes an area cross itself (a headland cut off across a bay, say), all of that area's borders are
    put back as they were. What crosses itself only after rounding is mended by itself.

    Parameters
    ----------
    tolerance
        As in `thin`, in units of the drawing.
    units
        Units of the drawing to the world's width; coordinates are whole numbers of them, y down.
    """
    count = len(rings.area_offsets) - 1
    is_new, is_whole = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    is_sound, rounded = np.empty(count, dtype=bool), np.empty(count, dtype=object)
    thinned = thin(borders, tolerance=tolerance / units)
    while is_new.any():
        traced = trace(thinned, rings.among(is_new), units=units)
        rounded[is_new] = shapely.transform(traced, np.rint)
        is_sound[is_new] = shapely.is_valid(rounded[is_new])
        is_crossing = is_new & ~is_sound & ~is_whole
        is_crossing[is_crossing] = ~shapely.is_valid(traced[is_crossing[is_new]])
        is_whole |= is_crossing
        is_back = np.zeros(len(borders.x), dtype=bool)
        vertex = rings.among(is_crossing).vertex
        is_back[vertex] = borders.is_kept[vertex] & ~thinned.is_kept[vertex]
        restore(thinned, before=borders, vertex=vertex)
        is_new = rings.holding(is_back)
    return thinned, _mend(rounded, is_sound)


def trace(borders: Borders, rings: Rings, *, units: float) -> Geometries:
    """Return the multipolygons that run through the vertices kept, shape (n,), not rounded."""
    is_kept = borders.is_kept[rings.vertex]
    vertex, ring = rings.vertex[is_kept], rings.ring[is_kept]
    offsets = np.concatenate(([0], np.cumsum(np.bincount(ring, minlength=len(rings.ring_offsets) - 1) + 1)))
    coordinates = np.empty((offsets[-1], 2))
    position = np.arange(len(vertex)) + ring
    coordinates[position, 0] = borders.x[vertex] * units
    coordinates[position, 1] = borders.y[vertex] * units
    coordinates[offsets[1:] - 1] = coordinates[offsets[:-1]]
    kind = shapely.GeometryType.MULTIPOLYGON
    every_offset = (offsets, rings.part_offsets, rings.area_offsets)
    return np.asarray(shapely.from_ragged_array(kind, coordinates, every_offset))


def snap(areas: Geometries) -> Geometries:
    """Return valid areas on whole numbers, empty where they are too small to have a surface there."""
    rounded = shapely.transform(areas, np.rint)
    return _mend(rounded, shapely.is_valid(rounded))


def _mend(rounded: Geometries, is_sound: BoolArray) -> Geometries:
    mended = np.empty(len(rounded), dtype=object)
    mended[is_sound] = shapely.remove_repeated_points(rounded[is_sound])
    valid = shapely.make_valid(rounded[~is_sound], method="structure", keep_collapsed=False)
    mended[~is_sound] = shapely.set_precision(valid, 1)
    return mended
