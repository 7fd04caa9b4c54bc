"""Boundaries as people bring them: areas of England, in metres, whatever file they came in.

A file comes from anywhere, so its size is limited before it is opened, and what is in it before it is worked with.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from dashboard.own.boundary_formats import (
    BRITISH_GRID,
    MOST_SHAPES,
    BoundaryFileError,
    Geometry,
    Shapes,
    is_area,
    read_shapes,
)

MOST_BYTES = 20_000_000
MOST_CORNERS = 500_000
# A box around England in metres, with room at its edges.
ENGLAND_BOX = (0.0, 0.0, 700_000.0, 700_000.0)


@dataclass(frozen=True)
class NamedShape:
    """One shape of a file: its name there, its area in metres (EPSG:27700), and whether it had to be mended."""

    name: str
    geometry: Geometry
    was_mended: bool


def read_boundaries(data: bytes) -> list[NamedShape]:
    """Return the areas in a file.

    Raises
    ------
    BoundaryFileError
        If the file is too large, of another kind, has no areas or no known projection, or lies outside England.
    """
    if len(data) > MOST_BYTES:
        what = f"The file has {len(data) / 1e6:,.0f} MB, and {MOST_BYTES / 1e6:,.0f} MB is the most."
        raise BoundaryFileError(what, todo="Simplify the boundaries, or bring fewer of them.")
    return _finish(read_shapes(data))


def _finish(shapes: Shapes) -> list[NamedShape]:
    kept = [(name, shape) for name, shape in zip(shapes.names, shapes.geometries, strict=True) if is_area(shape)]
    if not kept:
        raise BoundaryFileError("The file holds no areas.", todo="Points and lines are no boundary: bring polygons.")
    if len(kept) > MOST_SHAPES or sum(int(shapely.get_num_coordinates(shape)) for _, shape in kept) > MOST_CORNERS:
        what = f"The file holds more than {MOST_SHAPES} areas, or they have more than {MOST_CORNERS:,} corners."
        raise BoundaryFileError(what, todo="Bring fewer of them, or simplify their boundaries.")
    return [_placed(name, shape, crs=shapes.crs) for name, shape in kept]


def _placed(name: str, shape: Geometry, *, crs: str) -> NamedShape:
    mended = shapely.force_2d(shape)
    is_valid = bool(mended.is_valid)
    grid = _in_metres(mended if is_valid else shapely.make_valid(mended), crs=crs)
    if not _touches_england(grid):
        todo = "Its projection may be wrong: save it as WGS 84 or as British National Grid."
        raise BoundaryFileError(f"“{name}” does not lie in England.", todo=todo)
    if not grid.area > 0:
        raise BoundaryFileError(f"“{name}” holds no area.", todo="Its corners lie in one line: draw it again.")
    return NamedShape(name=name, geometry=grid, was_mended=not is_valid)


def _touches_england(grid: Geometry) -> bool:
    if grid.is_empty or not np.isfinite(grid.bounds).all():
        return False
    return bool(shapely.box(*grid.bounds).intersects(shapely.box(*ENGLAND_BOX)))


def _in_metres(shape: Geometry, *, crs: str) -> Geometry:
    try:
        source = CRS.from_user_input(crs)
    except CRSError as error:
        what = "The projection of the file is not known."
        raise BoundaryFileError(what, todo="Save it as WGS 84 or as British National Grid.") from error
    if source == CRS.from_user_input(BRITISH_GRID):
        return shape
    transformer = Transformer.from_crs(source, BRITISH_GRID, always_xy=True)
    return shapely.transform(shape, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
