"""Areas drawn from thinned borders, on the whole numbers that tiles are made of."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import Geometries, IntArray
from etl.tiles.borders import Borders, Rings
from etl.tiles.thinning import restore, thin

# Vertices from which a polygon's borders count as long: no neighbourhood's are, those of whole counties are.
LONG = 2000


def draw(borders: Borders, rings: Rings, *, tolerance: float, units: float) -> tuple[Borders, Geometries]:
    """Return thinned borders and the areas they draw, shape (n,); an area too small for the grid is empty.

    Each polygon is valid, though an area's several polygons may still run into each other.

    Where thinning makes a polygon cross itself (a headland cut off across a bay, say), all of its borders are put
    back as they were, unless they are so long that it would not be worth the bytes. What crosses itself only after
    rounding is mended by itself.

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
    rounded[~is_sound] = _untangle(rounded[~is_sound])
    return thinned, rounded


def _vertices_of_crossing(traced: Geometries, rings: Rings) -> IntArray:
    """Return all vertices of the polygons, long ones apart, that cross themselves before any rounding."""
    polygons = shapely.get_parts(traced)
    is_crossing = ~shapely.is_valid(polygons) & (shapely.get_num_coordinates(polygons) < LONG)
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
    """Return areas on whole numbers, each of their polygons valid, empty where they are too small for a surface."""
    rounded = shapely.transform(areas, np.rint)
    is_broken = ~shapely.is_valid(rounded)
    rounded[is_broken] = _untangle(rounded[is_broken])
    return np.asarray(rounded)


def _untangle(rounded: Geometries) -> Geometries:
    """Return the areas with each of their polygons valid by itself."""
    polygons, owner = shapely.get_parts(rounded, return_index=True)
    is_broken = ~shapely.is_valid(polygons)
    untangled = shapely.make_valid(polygons[is_broken], method="structure", keep_collapsed=False)
    polygons[is_broken] = shapely.set_precision(untangled, 1)
    polygons, source = shapely.get_parts(polygons, return_index=True)
    has_surface = ~shapely.is_empty(polygons)
    areas = np.full(len(rounded), shapely.MultiPolygon(), dtype=object)
    shapely.multipolygons(polygons[has_surface], indices=owner[source][has_surface], out=areas)
    return areas
