"""Areas drawn from thinned borders, on the whole numbers that tiles are made of."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import BoolArray, Geometries, IntArray
from etl.tiles.borders import Borders, Rings, restore, thin


def draw(borders: Borders, rings: Rings, *, tolerance: float, units: float) -> tuple[Borders, Geometries]:
    """Return thinned borders and the areas they draw, shape (n,); an area too small for the grid is empty.

    Where thinning makes a polygon cross itself (a headland cut off across a bay, say), all of its borders are put
    back as they were. What crosses itself only after rounding, or an islet that runs into its own mainland, is mended
    by itself.

    Parameters
    ----------
    tolerance
        As in `thin`, in units of the drawing.
    units
        Units of the drawing to the world's width; coordinates are whole numbers of them, y down.
    """
    count = len(rings.area_offsets) - 1
    is_new, is_sound = np.ones(count, dtype=bool), np.empty(count, dtype=bool)
    rounded = np.empty(count, dtype=object)
    thinned = thin(borders, tolerance=tolerance / units)
    while is_new.any():
        traced = trace(thinned, rings.among(is_new), units=units)
        rounded[is_new] = shapely.transform(traced, np.rint)
        is_sound[is_new] = shapely.is_valid(rounded[is_new])
        crossing = _vertices_of_crossing(traced[~is_sound[is_new]], rings.among(is_new & ~is_sound))
        is_back = np.zeros(len(borders.x), dtype=bool)
        is_back[crossing] = borders.is_kept[crossing] & ~thinned.is_kept[crossing]
        restore(thinned, before=borders, vertex=crossing)
        is_new = rings.holding(is_back)
    return thinned, _mend(rounded, is_sound)


def _vertices_of_crossing(traced: Geometries, rings: Rings) -> IntArray:
    """Return all vertices of the polygons that cross themselves before any rounding."""
    is_crossing = ~shapely.is_valid(shapely.get_parts(traced))
    is_ring = np.repeat(is_crossing, np.diff(rings.part_offsets))
    return np.asarray(rings.vertex[np.repeat(is_ring, np.diff(rings.ring_offsets))])


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
