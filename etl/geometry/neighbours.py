"""Which areas of a coverage touch: queen contiguity, a border or a single point in common."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import Geometries, IntArray

MILLIMETRES = 1_000.0


def touching_pairs(geometries: Geometries) -> IntArray:
    """Return the pairs of areas that share a vertex, shape (m, 2), each once, the lower position first, in order.

    In a valid coverage neighbours share the vertices of their border, so no geometry has to be compared; vertices are
    the same when they agree to the millimetre.

    Parameters
    ----------
    geometries
        A valid coverage in metres, shape (n,).
    """
    corners, area = shapely.get_coordinates(geometries, return_index=True)
    grid = np.rint(corners * MILLIMETRES).astype(np.int64)
    grid -= grid.min(axis=0, initial=0)
    key = grid[:, 0] * (grid[:, 1].max(initial=0) + 1) + grid[:, 1]
    order = np.argsort(key)
    key, area = key[order], area[order]
    found = [np.empty(0, dtype=np.int64)]
    size = len(geometries)
    step, is_same = 1, key[1:] == key[:-1]
    while is_same.any():
        one, other = area[:-step][is_same], area[step:][is_same]
        found.append(np.unique(np.minimum(one, other) * size + np.maximum(one, other)))
        step += 1
        is_same = key[step:] == key[:-step]
    pairs = np.unique(np.concatenate(found))
    both: IntArray = np.column_stack(np.divmod(pairs, max(size, 1)))
    touching: IntArray = both[both[:, 0] != both[:, 1]]
    return touching
