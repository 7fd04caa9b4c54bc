"""Rings that cross themselves, made valid."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import BoolArray, Geometries

POLYGON, MULTIPOLYGON = 3, 6


def repair(geometries: Geometries) -> tuple[Geometries, BoolArray]:
    """Return geometries with the invalid ones made valid, and which those were.

    A ring that crosses itself is split where it crosses (`shapely.make_valid`); lines and points that fall out of
    that have no area and are dropped, so that what remains is a Polygon or MultiPolygon.

    Parameters
    ----------
    geometries
        Polygons and MultiPolygons, shape (n,); they are left as they are.

    Returns
    -------
    geometries, is_repaired
        Both of shape (n,). A geometry without any area comes back as an empty MultiPolygon.
    """
    is_repaired = ~shapely.is_valid(geometries)
    repaired = geometries.copy()
    repaired[is_repaired] = [_keep_polygons(geometry) for geometry in shapely.make_valid(geometries[is_repaired])]
    return repaired, is_repaired


def _keep_polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    if shapely.get_type_id(geometry) in {POLYGON, MULTIPOLYGON}:
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    polygons = parts[np.isin(shapely.get_type_id(parts), (POLYGON,))]
    return shapely.multipolygons(polygons) if len(polygons) != 1 else polygons[0]
