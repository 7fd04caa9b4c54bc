"""Which places can be among the best at all: bounds that leave out the hopeless ones before anything is tried."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from etl.methods.arrays import BoolArray, FloatArray, IntArray

# People are whole: two choices that are less apart reach as many.
SAME = 0.5
# With more candidates left than this, closer bounds are worth the second or two that they take.
MANY = 300


def find_hopeful(covers: sparse.csr_array, *, people: FloatArray, k: int, reached: float) -> IntArray:
    """Return the candidates that can be among k which together reach more people than is reached already.

    Pay for part of each neighbourhood's people at once, and let every candidate that reaches it earn the rest: k
    places then reach at most what was paid and the k largest earnings, whatever the parts (a Lagrangian bound; Galvão
    and ReVelle 1996). With one candidate among the k, it is that one's earnings and the k - 1 largest of others. Where
    this is no more than what is reached already, the candidate is in no better choice.

    Tried first is to pay for the people whom the first places of the greedy choice reach: none of them, the first, the
    first two and so on. Where many candidates are left, the best parts are found by a linear programme.

    Parameters
    ----------
    covers, people, k
        As for `etl.methods.siting.choose_greedily`.
    reached
        People whom the best choice known so far reaches.

    Returns
    -------
    hopeful
        Positions of the candidates; where there are none, the choice known is the best possible.
    """
    is_hopeful: BoolArray = np.ones(covers.shape[0], dtype=np.bool_)
    for earned in _left_by_greedy(covers, people=people, k=k):
        is_hopeful &= _at_most_with(covers, people=people, k=k, earned=earned) > reached + SAME
    if is_hopeful.sum() > MANY:
        earned = _closest(covers, people=people, k=k)
        is_hopeful &= _at_most_with(covers, people=people, k=k, earned=earned) > reached + SAME
    return np.flatnonzero(is_hopeful).astype(np.int64)


def _at_most_with(covers: sparse.csr_array, *, people: FloatArray, k: int, earned: FloatArray) -> FloatArray:
    """Return how many people k places reach at most when each candidate is among them, shape (c,).

    Parameters
    ----------
    earned
        Shape (n,), from 0 to `people`: what is left for candidates to earn.
    """
    gain = np.asarray(covers @ earned)
    largest = np.sort(gain)[::-1][:k]
    # A candidate that is itself among the k largest makes room for the next.
    others = np.where(gain >= largest[-1], largest.sum() - gain, largest[:-1].sum())
    at_most: FloatArray = (people - earned).sum() + gain + others
    return at_most


def _left_by_greedy(covers: sparse.csr_array, *, people: FloatArray, k: int) -> Iterator[FloatArray]:
    """Yield the people whom the first places of the greedy choice leave; the array is used again for the next."""
    left = people.astype(np.float64)
    for _ in range(k):
        yield left
        best = int(np.asarray(covers @ left).argmax())
        left[covers.indices[covers.indptr[best] : covers.indptr[best + 1]]] = 0.0


def _closest(covers: sparse.csr_array, *, people: FloatArray, k: int) -> FloatArray:
    """Return the parts that give the lowest bound, shape (n,): the dual values of choosing parts of places.

    The bound holds for any parts, so it does not rest on how exactly the programme was solved.
    """
    counts = np.flatnonzero(people > 0)
    reach = sparse.csr_array(covers[:, counts].T)
    size, candidates = len(counts), covers.shape[0]
    is_reached = sparse.hstack([-reach, sparse.eye_array(size)])
    as_many = sparse.csr_array(np.concatenate([np.ones(candidates), np.zeros(size)])[None, :])
    solved = linprog(
        np.concatenate([np.zeros(candidates), -people[counts]]),
        A_ub=sparse.vstack([is_reached, as_many], format="csr"),
        b_ub=np.concatenate([np.zeros(size), [k]]),
        bounds=(0, 1),
        method="highs",
    )
    earned = people.astype(np.float64)
    if solved.success:
        earned[counts] = np.clip(-solved.ineqlin.marginals[:size], 0.0, people[counts])
    return earned
