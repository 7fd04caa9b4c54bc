"""The k places that bring the most people within reach, and no other k bring more.

The problem (Church and ReVelle 1974) is an integer programme, stated by spopt and solved by HiGHS.
"""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
from scipy import sparse

from etl.methods.arrays import FloatArray, IntArray, MethodError
from etl.methods.siting import Siting, choose_greedily, require_usable
from etl.methods.siting_bounds import SAME, find_hopeful

# spopt writes one term for each pair of candidate and neighbourhood; beyond this many it would take minutes.
MOST_PAIRS = 1_500_000
LONGEST_SOLVE_S = 60


class NoExactAnswerError(MethodError):
    """The exact answer is not to be had: too many candidates, or too little time."""


def choose_exactly(
    covers: sparse.csr_array, *, people: FloatArray, k: int, longest_s: float = LONGEST_SOLVE_S
) -> Siting:
    """Return the k places that together reach the most people; no other k reach more.

    Parameters
    ----------
    covers, people, k
        As for `choose_greedily`.
    longest_s
        How long the solver may take.

    Raises
    ------
    NoExactAnswerError
        If there are too many places to choose from, or the solver ran out of time.
    """
    require_usable(covers, people=people, k=k)
    quick = choose_greedily(covers, people=people, k=k)
    hopeful = find_hopeful(covers, people=people, k=k, reached=quick.reached)
    rows, small, weights = _reduce(sparse.csr_array(covers[hopeful]), people=people)
    if not len(rows):
        return replace(quick, at_most=quick.reached)
    if small.shape[0] * small.shape[1] > MOST_PAIRS:
        what = f"There are too many places to try them all: {len(rows):,}."
        raise NoExactAnswerError(what, todo="Choose a smaller area. The quick answer above stands.")
    picked = (
        np.arange(len(rows), dtype=np.int64)
        if k >= len(rows)
        else _solve(small, weights=weights, k=k, longest_s=longest_s)
    )
    # The same places in the order in which each adds most.
    ordered = choose_greedily(small[picked], people=weights, k=len(picked))
    if ordered.reached <= quick.reached:
        return replace(quick, at_most=quick.reached)
    chosen = tuple(int(hopeful[rows[picked[place]]]) for place in ordered.chosen)
    return Siting(chosen, ordered.gains, ordered.reached, ordered.reached)


def _solve(covers: sparse.csr_array, *, weights: FloatArray, k: int, longest_s: float) -> IntArray:
    # spopt and pulp take seconds to import, and nobody else needs them.
    import pulp  # noqa: PLC0415
    from spopt.locate import MCLP  # noqa: PLC0415

    solver = pulp.HiGHS(msg=False, gapRel=0.0, gapAbs=SAME, threads=1, timeLimit=longest_s)
    with warnings.catch_warnings():
        # spopt states its models in a way that pulp means to retire; the versions of both are pinned.
        warnings.simplefilter("ignore", DeprecationWarning)
        model = MCLP.from_cost_matrix(1.0 - covers.toarray().T, weights, service_radius=0.5, p_facilities=k)
        try:
            model.solve(solver, results=False)
        except RuntimeError as error:
            what = f"The best possible answer was not found within {longest_s:,.0f} seconds."
            raise NoExactAnswerError(what, todo="Choose a smaller area. The quick answer above stands.") from error
    return np.flatnonzero([(variable.value() or 0.0) > 0.5 for variable in model.fac_vars])  # noqa: PLR2004


def _reduce(covers: sparse.csr_array, *, people: FloatArray) -> tuple[IntArray, sparse.csr_array, FloatArray]:
    """Make the problem smaller without changing its answer.

    Left out are neighbourhoods that do not count or that nobody reaches, and candidates that reach nobody whom another
    does not reach too; neighbourhoods that are reached by the same candidates become one.

    Returns
    -------
    rows, covers, weights
        Positions of the candidates that are left, who they reach, and how much each group of neighbourhoods counts.
    """
    counts = np.flatnonzero(people > 0)
    rows = _undominated(sparse.csr_array(covers[:, counts]))
    columns = sparse.csc_array(covers[rows][:, counts])
    groups: dict[bytes, int] = {}
    group = np.full(len(counts), -1, dtype=np.int64)
    for column in range(len(counts)):
        reached_by = np.sort(columns.indices[columns.indptr[column] : columns.indptr[column + 1]])
        if len(reached_by):
            group[column] = groups.setdefault(reached_by.tobytes(), len(groups))
    is_reached = group >= 0
    first = np.unique(group[is_reached], return_index=True)[1]
    small = sparse.csr_array(columns[:, np.flatnonzero(is_reached)[first]])
    totals = np.bincount(group[is_reached], weights=people[counts][is_reached], minlength=len(groups))
    return rows, small, totals.astype(np.float64)


def _undominated(covers: sparse.csr_array) -> IntArray:
    """Return the candidates that reach somebody, less those whose every neighbourhood another one reaches too."""
    size = np.diff(covers.indptr)
    shared = sparse.coo_array(covers @ covers.T)
    one, other = shared.coords
    holds_all = shared.data == size[one]
    is_more = (size[other] > size[one]) | ((size[other] == size[one]) & (other < one))
    is_left = size > 0
    is_left[one[holds_all & is_more]] = False
    return np.flatnonzero(is_left).astype(np.int64)
