"""Made-up coverages: neighbours that share jagged borders, a lake, an enclave and an islet."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import FloatArray, Geometries

CORNER = np.array([380_000.0, 390_000.0])
STEPS = 12


def jagged_grid(*, columns: int, rows: int, cell_m: float, seed: int, roughness: float = 0.08) -> Geometries:
    """Return cells of a grid whose shared edges zigzag, in EPSG:27700 to the millimetre.

    Parameters
    ----------
    roughness
        Largest sidestep of an edge, as a share of a cell's width.
    """
    rng = np.random.default_rng(seed)
    along = np.linspace(0, 1, STEPS + 1)

    def edge(start: tuple[int, int], end: tuple[int, int]) -> FloatArray:
        straight = np.array(start) + along[:, None] * (np.array(end) - np.array(start))
        aside = rng.uniform(-roughness, roughness, STEPS + 1) * (along > 0) * (along < 1)
        across = np.array([end[1] - start[1], end[0] - start[0]])
        return np.round(CORNER + cell_m * (straight + aside[:, None] * across), 3)

    flat = {(i, j): edge((i, j), (i + 1, j)) for i in range(columns) for j in range(rows + 1)}
    tall = {(i, j): edge((i, j), (i, j + 1)) for i in range(columns + 1) for j in range(rows)}
    rings = [
        np.concatenate((flat[i, j], tall[i + 1, j][1:], flat[i, j + 1][-2::-1], tall[i, j][-2::-1]))
        for i in range(columns)
        for j in range(rows)
    ]
    return np.array([shapely.Polygon(ring) for ring in rings], dtype=object)


def with_enclave(cells: Geometries) -> Geometries:
    """Return the cells and one more that lies wholly inside the first."""
    around = cells[0]
    enclave = shapely.set_precision(around.centroid.buffer(np.sqrt(around.area) / 5, quad_segs=6), 0.001)
    return np.array([shapely.difference(around, enclave), *cells[1:], enclave], dtype=object)


def with_islet(cells: Geometries) -> Geometries:
    """Return the cells, the last of which also has an island off the coast."""
    width = np.sqrt(cells[-1].area)
    islet = shapely.set_precision(cells[-1].centroid.buffer(width / 40, quad_segs=4), 0.001)
    islet = shapely.transform(islet, lambda xy: np.round(xy + np.array([3 * width, 0]), 3))
    return np.array([*cells[:-1], shapely.MultiPolygon([cells[-1], islet])], dtype=object)


def without_middle(cells: Geometries) -> Geometries:
    """Return the cells of a grid of odd sides with a lake where the middle one was."""
    return np.delete(cells, len(cells) // 2)


def awkward_coverage(*, cell_m: float, seed: int) -> Geometries:
    """Return a coverage of 25 areas with everything above in it."""
    cells = jagged_grid(columns=5, rows=5, cell_m=cell_m, seed=seed)
    return with_enclave(with_islet(without_middle(cells)))
