"""Where help would count most: the k places that bring the most people within reach (maximal covering location).

Church and ReVelle (1974) state the problem. Choosing the best next place again and again (greedy) is instant and
reaches at least 1 - 1/e = 63% of what the best k could (Nemhauser, Wolsey and Fisher 1978).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.spatial import KDTree

from etl.methods.access import DEFAULT_CATCHMENT, SHORT_WALK_M, Points
from etl.methods.arrays import FloatArray, MethodError


@dataclass(frozen=True)
class Siting:
    """Places that were chosen.

    Parameters
    ----------
    chosen
        Positions of the candidates, the one that adds most first; fewer than k when more would reach nobody new.
    gains
        People that each adds to those before it.
    reached
        People within reach of any of them.
    at_most
        No choice of k candidates reaches more people than this.
    """

    chosen: tuple[int, ...]
    gains: tuple[float, ...]
    reached: float
    at_most: float


def find_coverage(
    *,
    candidates: Points,
    origins: Points,
    limit_m: float = SHORT_WALK_M,
    detour: float = DEFAULT_CATCHMENT.detour,
) -> sparse.csr_array:
    """Return the matrix (candidates by neighbourhoods) that is 1 where a neighbourhood is within a walk of a candidate.

    Parameters
    ----------
    candidates, origins
        Shapes (c, 2) and (n, 2), metres.
    limit_m
        Walking distance; `detour` is street distance over straight-line distance.
    """
    shape = (len(candidates), len(origins))
    if not all(shape):
        return sparse.csr_array(shape, dtype=np.float64)
    # As in `measure_access`: a hair more, and then the exact limit, so that a pair on the limit is not lost.
    pairs = KDTree(candidates).sparse_distance_matrix(
        KDTree(origins), limit_m / detour * (1 + 1e-9), output_type="ndarray"
    )
    inside = pairs[detour * pairs["v"] <= limit_m]
    return sparse.csr_array((np.ones(len(inside)), (inside["i"], inside["j"])), shape=shape)


def choose_greedily(covers: sparse.csr_array, *, people: FloatArray, k: int) -> Siting:
    """Return the place that reaches most people, then the one that adds most to it, and so on.

    Parameters
    ----------
    covers
        Shape (c, n), from `find_coverage`.
    people
        Shape (n,): how much each neighbourhood counts.
    k
        How many to choose, 1 to c.

    Raises
    ------
    MethodError
        If k is below 1 or above the number of candidates, or people are below zero or not numbers.
    """
    require_usable(covers, people=people, k=k)
    left = people.astype(np.float64)
    chosen: list[int] = []
    gains: list[float] = []
    at_most = np.inf
    for _ in range(k):
        gain = np.asarray(covers @ left)
        # Whatever k places are best, they add no more than the k largest gains to what is reached already.
        at_most = min(at_most, sum(gains) + float(np.sort(gain)[::-1][:k].sum()))
        best = int(gain.argmax())
        if gain[best] <= 0:
            break
        chosen.append(best)
        gains.append(float(gain[best]))
        left[covers.indices[covers.indptr[best] : covers.indptr[best + 1]]] = 0.0
    reached = float(sum(gains))
    return Siting(tuple(chosen), tuple(gains), reached, max(at_most, reached))


def require_usable(covers: sparse.csr_array, *, people: FloatArray, k: int) -> None:
    """Refuse what nothing can be chosen from, as `choose_greedily` says."""
    if not 1 <= k <= covers.shape[0]:
        what = f"{k:,} places cannot be chosen from {covers.shape[0]:,}."
        raise MethodError(what, todo="Choose at least one, and no more than there are.")
    if not (np.isfinite(people) & (people >= 0)).all():
        raise MethodError("A number of people is below zero or not a number.", todo="Use 0 for those who do not count.")
