"""Bounding boxes in longitude and latitude."""

from __future__ import annotations

import numpy as np
import shapely

from etl.geometry.types import FloatArray, Geometries


def bounding_boxes(lonlat: Geometries) -> FloatArray:
    """Return west, south, east and north of each geometry, shape (n, 4), in the geometry's own units."""
    return np.asarray(shapely.bounds(lonlat), dtype=np.float64)


def group_boxes(boxes: FloatArray, group_codes: np.ndarray) -> dict[str, FloatArray]:
    """Return the box around the boxes of each group; a group's box needs no dissolved boundary.

    Parameters
    ----------
    boxes
        West, south, east and north, shape (n, 4).
    group_codes
        Which group each box belongs to, shape (n,).
    """
    if len(boxes) == 0:
        return {}
    order = np.argsort(group_codes, kind="stable")
    codes, starts = np.unique(group_codes[order], return_index=True)
    low = np.minimum.reduceat(boxes[order, :2], starts)
    high = np.maximum.reduceat(boxes[order, 2:], starts)
    return dict(zip(codes.tolist(), np.hstack((low, high)), strict=True))
