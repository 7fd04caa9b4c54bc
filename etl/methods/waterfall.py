"""From England's middle to this place, step by step: what pushes a score up, and what pulls it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import FloatArray, MethodError


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: the level before it and after it, in points of the score."""

    label: str
    start: float
    end: float

    @property
    def change(self) -> float:
        """Points that it adds; below zero when it takes away."""
        return self.end - self.start


def make_waterfall(labels: Sequence[str], *, contributions: FloatArray, reference: FloatArray) -> tuple[Step, ...]:
    """Return the steps from the sum of the reference's contributions to the sum of a place's, largest rise first.

    Every part of the score is a step, so they lead from one sum to the other exactly.

    Parameters
    ----------
    labels
        One per part.
    contributions, reference
        Shape (k,): points of the score here, and in the middle place of England; NaN counts as nothing there and is
        left out.

    Raises
    ------
    MethodError
        If the shapes differ.
    """
    if not len(labels) == len(contributions) == len(reference):
        raise MethodError("There must be one label and one reference per part.", todo="Give as many of each.")
    is_known = ~(np.isnan(contributions) | np.isnan(reference))
    excess = np.where(is_known, contributions - reference, 0.0)
    level = float(reference[is_known].sum())
    steps = []
    for part in np.argsort(-excess, kind="stable"):
        if is_known[part]:
            steps.append(Step(labels[int(part)], start=level, end=level + float(excess[part])))
            level += float(excess[part])
    return tuple(steps)
