"""How long 10,000 ways of weighing all of England take, beside a pandas rank per draw in the same run.

It reads the snapshot that COMMONGROUND_HOME serves.
"""

from __future__ import annotations

import os
import resource
import sys
import time

import numpy as np

from dashboard.questions.certainty import DEFAULT
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.methods.draws import Draws
from etl.methods.uncertainty import measure_certainty
from etl.publish import current_snapshot
from etl.settings import read_settings
from tests.bench.plain_uncertainty import rank_plainly

PLAIN_DRAWS = 20
RERANKS = 60


def measure_draws(repository: Repository) -> str:
    """Return seconds for all draws, and how many times faster a draw is than by pandas."""
    pillars, draws = repository.drawn_pillars(DEFAULT), Draws()
    start, cpu = time.perf_counter(), time.process_time()
    ours = measure_certainty(pillars, draws=draws)
    wall_s, cpu_s = time.perf_counter() - start, time.process_time() - cpu
    start, cpu = time.perf_counter(), time.process_time()
    rank_plainly(pillars, draws=draws, first=PLAIN_DRAWS)
    plain_s, plain_cpu_s = (time.perf_counter() - start) / PLAIN_DRAWS, (time.process_time() - cpu) / PLAIN_DRAWS
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{draws.count:,} draws of {ours.ranked:,} neighbourhoods: {wall_s:.1f} s ({cpu_s:.1f} s of processor), "
        f"{1000 * wall_s / draws.count:.2f} ms a draw; pandas: {1000 * plain_s:.0f} ms a draw; "
        f"{draws.count * plain_s / wall_s:.0f} times as fast ({draws.count * plain_cpu_s / cpu_s:.0f} by processor). "
        f"Peak memory of the process {peak_mb:.0f} MB."
    )


def measure_reranking(repository: Repository) -> str:
    """Return how long an order takes after a change of weights that nobody has asked for before."""
    rng = np.random.default_rng(1)
    views = [
        View(need_weight=int(a), exclusion_weight=int(b), need_worst=int(c))
        for a, b, c in zip(
            rng.integers(1, 10, RERANKS), rng.integers(0, 10, RERANKS), rng.permutation(RERANKS) % 50 + 1, strict=True
        )
    ]
    repository.rank_areas(View())
    spent = []
    for view in views:
        start = time.perf_counter()
        repository.rank_areas(view).rows(0, 100)
        spent.append(1000 * (time.perf_counter() - start))
    p50, p95 = np.percentile(spent, [50, 95])
    return f"an order after a change of weights: p50 {p50:.0f} ms, p95 {p95:.0f} ms"


def main() -> None:
    """Measure on the snapshot of England that COMMONGROUND_HOME serves."""
    repository = open_repository(current_snapshot(read_settings(os.environ)))
    for line in (measure_draws(repository), measure_reranking(repository)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
