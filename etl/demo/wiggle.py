"""Straight lines made to look natural: midpoints pushed aside, again and again, never far enough to cross."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from etl.demo.plan import FloatArray

DECAY = 0.58
LEAST_PUSH = 0.25


def wiggle(*, lines: FloatArray, angles: FloatArray, levels: int, rng: np.random.Generator) -> FloatArray:
    """Return lines with `levels` rounds of midpoints added, each pushed aside by chance.

    Every round may turn a piece by a share of the line's angle, and the shares add up to less than the whole;
    so each line stays within a cone of that angle at both of its ends (midpoint displacement with a bound).

    Parameters
    ----------
    lines
        Shape (n, 2, 2): two ends, x and y in metres.
    angles
        Shape (n,): how far each line may stray, in radians, below a right angle.
    levels
        Rounds; a line gets 2**levels + 1 points.

    Returns
    -------
    points
        Shape (n, 2**levels + 1, 2), in metres.
    """
    points = lines
    for level in range(levels):
        piece = points[:, 1:] - points[:, :-1]
        aside = np.stack([-piece[..., 1], piece[..., 0]], axis=-1) / 2
        turn = np.tan(angles * (1 - DECAY) * DECAY**level)
        side = rng.choice((-1.0, 1.0), size=piece.shape[:2])
        push = turn[:, None] * side * rng.uniform(LEAST_PUSH, 1, size=piece.shape[:2])
        middle = (points[:, 1:] + points[:, :-1]) / 2 + aside * push[..., None]
        points = _interleave(points, middle)
    return points


def roughen(*, path: FloatArray, roughness: float, spacing_m: float, rng: np.random.Generator) -> FloatArray:
    """Return a path made ragged at every scale, with points about `spacing_m` apart or less.

    Plain midpoint displacement: the path may come to cross itself, which a caller has to repair.

    Parameters
    ----------
    path
        Shape (n, 2), in metres.
    roughness
        How far a midpoint is pushed aside, as a share of its piece's length (one standard deviation).
    """
    while (longest := float(np.hypot(*np.diff(path, axis=0).T).max())) > spacing_m:
        piece = np.diff(path, axis=0)
        length = np.hypot(*piece.T)
        aside = np.stack([-piece[:, 1], piece[:, 0]], axis=-1) * rng.normal(0, roughness, (len(piece), 1)).clip(
            -0.4, 0.4
        )
        middle = (path[1:] + path[:-1]) / 2 + aside
        path = np.insert(path, np.flatnonzero(length > longest / 2) + 1, middle[length > longest / 2], axis=0)
    return path


def _interleave(points: FloatArray, middle: FloatArray) -> NDArray[np.float64]:
    out = np.empty((len(points), points.shape[1] * 2 - 1, 2))
    out[:, 0::2] = points
    out[:, 1::2] = middle
    return out
