"""The land divided into neighbourhoods: small where people live close together, large in the country.

A Voronoi mosaic of points drawn from the density of people, its edges wiggled inside the triangles that keep
them from crossing, cut at the shore as one planar graph, so that neighbours share every vertex of their border.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from etl.demo.land import Land
from etl.demo.plan import FloatArray, IntArray
from etl.demo.seeds import place_seeds
from etl.demo.wiggle import wiggle

FRAME_M = 60_000.0
WIDEST_ANGLE = 1.0
SHARE_OF_ROOM = 0.95
EDGE_LEVELS = ((150.0, 1), (300.0, 2), (600.0, 3), (1_800.0, 4), (np.inf, 5))
WAVES = (  # length in metres, strength, heading in radians
    (9_700.0, 0.22, 0.4),
    (7_300.0, 0.22, 2.1),
    (3_100.0, 0.18, 1.2),
    (2_300.0, 0.18, 2.8),
    (1_150.0, 0.10, 0.1),
)
GRID_M = 0.001


def draw_neighbourhoods(*, land: Land, count: int, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return `count` polygons in EPSG:27700 that cover the land without gaps or overlaps.

    Vertices are whole millimetres and shared exactly between neighbours.
    """
    seeds = place_seeds(land=land, count=count, rng=rng)
    cells = _draw_cells(seeds, rng)
    return _cut_at_shore(land, cells)


def _draw_cells(seeds: FloatArray, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return the wiggled Voronoi cell of each seed; a frame of far seeds keeps every cell finite."""
    low, high = seeds.min(axis=0) - FRAME_M, seeds.max(axis=0) + FRAME_M
    frame = np.array([(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])])
    middles = np.array([((low[0] + high[0]) / 2, y) for y in (low[1], high[1])])
    sides = np.array([(x, (low[1] + high[1]) / 2) for x in (low[0], high[0])])
    voronoi = Voronoi(np.vstack([seeds, frame, middles, sides]))
    ridges = np.asarray(voronoi.ridge_vertices)
    is_finite = (ridges >= 0).all(axis=1)
    pairs, ridges = voronoi.ridge_points[is_finite], ridges[is_finite]
    ends = voronoi.vertices[ridges]
    lines = _wiggle_edges(ends, voronoi.points[pairs[:, 0]], rng)
    by_cell: list[list[shapely.Polygon]] = [[] for _ in seeds]
    for line, pair in zip(_warp(lines), pairs, strict=True):
        for cell in pair:
            if cell < len(seeds):
                by_cell[cell].append(line)
    return [shapely.polygonize(edges).geoms[0] for edges in by_cell]


def _wiggle_edges(ends: FloatArray, seed: FloatArray, rng: np.random.Generator) -> list[shapely.Polygon]:
    """Return each edge as a line that stays inside its two triangles (edge and seed on either side)."""
    along = ends[:, 1] - ends[:, 0]
    length = np.hypot(*along.T)
    angles = np.minimum(_corner(ends[:, 0], ends[:, 1], seed), _corner(ends[:, 1], ends[:, 0], seed))
    angles = np.minimum(angles * SHARE_OF_ROOM, WIDEST_ANGLE)
    lines: list[shapely.Polygon] = [None] * len(ends)
    shortest = 0.0
    for longest, levels in EDGE_LEVELS:
        chosen = np.flatnonzero((length > shortest) & (length <= longest))
        shortest = longest
        points = wiggle(lines=ends[chosen], angles=angles[chosen], levels=levels, rng=rng)
        for edge, line in zip(chosen, shapely.linestrings(points), strict=True):
            lines[edge] = line
    return lines


def _warp(lines: list[shapely.LineString]) -> NDArray[np.object_]:
    """Return lines bent by a smooth field, so that no edge runs straight for long.

    Each wave moves points by at most `share` of its length over 2π, and the shares add up to less than one:
    the field never folds the plane over itself.
    """

    def bend(points: FloatArray) -> FloatArray:
        moved = points.copy()
        for length_m, share, heading in WAVES:
            across = points @ np.array([np.cos(heading), np.sin(heading)])
            push = share * length_m / (2 * np.pi) * np.sin(2 * np.pi * across / length_m)
            moved += push[:, None] * np.array([-np.sin(heading), np.cos(heading)])
        return moved

    bent: NDArray[np.object_] = shapely.transform(np.asarray(lines, dtype=object), bend)
    return bent


def _corner(here: FloatArray, there: FloatArray, seed: FloatArray) -> FloatArray:
    """Return the angle at `here` between the edge and the seed, in radians."""
    edge, side = there - here, seed - here
    cross = edge[:, 0] * side[:, 1] - edge[:, 1] * side[:, 0]
    dot = (edge * side).sum(axis=1)
    angle: FloatArray = np.arctan2(np.abs(cross), dot)
    return angle


def _cut_at_shore(land: Land, cells: list[shapely.Polygon]) -> list[shapely.Polygon]:
    """Return each cell's share of the land; a piece cut off by water goes to the neighbour it touches."""
    lines = shapely.union_all([land.outline.boundary, *(cell.exterior for cell in cells)], grid_size=GRID_M)
    faces = np.asarray(shapely.polygonize([lines]).geoms)
    inside = shapely.point_on_surface(faces)
    shapely.prepare(land.outline)
    is_land = shapely.contains(land.outline, inside)
    faces, inside = faces[is_land], inside[is_land]
    face, owner = shapely.STRtree(cells).query(inside, predicate="within")
    owners: IntArray = np.empty(len(faces), dtype=np.int64)
    owners[face] = owner
    owners = _hand_over_cut_off_pieces(faces, owners)
    return [_merge(faces[owners == cell]) for cell in range(len(cells))]


def _hand_over_cut_off_pieces(faces: NDArray[np.object_], owners: IntArray) -> IntArray:
    areas = shapely.area(faces)
    largest = {owner: max(np.flatnonzero(owners == owner), key=lambda face: areas[face]) for owner in np.unique(owners)}
    tree = shapely.STRtree(faces)
    handed = owners.copy()
    for face in np.flatnonzero([largest[owner] != face for face, owner in enumerate(owners)]):
        touching = [other for other in tree.query(faces[face], predicate="touches") if other == largest[owners[other]]]
        shared = [shapely.intersection(faces[face], faces[other]).length for other in touching]
        if shared and max(shared) > 0:
            handed[face] = owners[touching[int(np.argmax(shared))]]
    return handed


def _merge(faces: NDArray[np.object_]) -> shapely.Polygon:
    return (
        shapely.normalize(shapely.union_all(faces, grid_size=GRID_M)) if len(faces) > 1 else shapely.normalize(faces[0])
    )
