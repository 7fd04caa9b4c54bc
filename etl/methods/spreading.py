"""Carry figures of one set of places to another through shares: practices to the neighbourhoods of their patients."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import KDTree

from etl.methods.access import Points
from etl.methods.arrays import BoolArray, FloatArray


def spread_counts(links: sparse.csr_array, *, counts: FloatArray) -> FloatArray:
    """Return counts shared out over targets; what has a link keeps its total.

    Parameters
    ----------
    links
        Shape (sources, targets): how much of each target belongs to each source (patients, people), not below nought.
    counts
        Shape (sources,).

    Returns
    -------
    spread
        Shape (targets,); NaN for a target that no source reaches.
    """
    totals = np.asarray(links.sum(axis=1)).ravel()
    shares = np.divide(counts, totals, out=np.zeros(len(counts)), where=totals > 0)
    return np.where(_is_reached(links), np.asarray(links.T @ shares), np.nan)


def spread_rates(links: sparse.csr_array, *, rates: FloatArray) -> FloatArray:
    """Return each target's mean of the rates of its sources, weighted by how much of it belongs to each.

    Parameters
    ----------
    links, rates
        As for `spread_counts`; shapes (sources, targets) and (sources,).
    """
    totals = np.asarray(links.sum(axis=0)).ravel()
    sums = np.asarray(links.T @ rates)
    rates_of: FloatArray = np.divide(sums, totals, out=np.full(len(totals), np.nan), where=totals > 0)
    return rates_of


def link_to_nearest(*, sources: Points, targets: Points, weights: FloatArray) -> sparse.csr_array:
    """Return links from each target to its nearest source, as heavy as the target's people.

    Sources at one point have the same targets, each an equal part of them. One that is nearest to nobody has the target
    that is nearest to it, so that nothing of it is lost.

    Parameters
    ----------
    sources, targets
        Shapes (s, 2) and (t, 2), metres.
    weights
        Shape (t,).
    """
    shape = (len(sources), len(targets))
    if not all(shape):
        return sparse.csr_array(shape, dtype=np.float64)
    points, at, together = np.unique(sources, axis=0, return_inverse=True, return_counts=True)
    nearest = KDTree(points).query(targets)[1]
    alone = np.setdiff1d(np.arange(len(points)), nearest)
    point = np.concatenate([nearest, alone])
    target = np.concatenate([np.arange(len(targets)), KDTree(targets).query(points[alone])[1]])
    by_point = sparse.csr_array((weights[target] / together[point], (point, target)), shape=(len(points), len(targets)))
    return sparse.csr_array(by_point[at.ravel()])


def _is_reached(links: sparse.csr_array) -> BoolArray:
    return np.asarray(links.sum(axis=0)).ravel() > 0
