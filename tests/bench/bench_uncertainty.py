"""How long 10,000 ways of weighing all of England take, beside a pandas rank per draw in the same run.

It reads the snapshot that COMMONGROUND_HOME serves.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass

import numpy as np

from dashboard.questions.certainty import DEFAULT, CertaintyQuestion
from dashboard.questions.ranking import SupportNow
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.methods.draws import Draws
from etl.methods.uncertainty import measure_certainty
from etl.publish import current_snapshot
from etl.settings import read_settings
from tests.bench.plain_uncertainty import rank_plainly

PLAIN_DRAWS = 20
RERANKS = 60


def ask_all_at_once(repository: Repository) -> CertaintyQuestion:
    """Return a question that is not worked out at load, with all that can be in one: three pillars of other weights."""
    reached = np.random.default_rng(1).gamma(0.2, size=len(repository.areas_of_level("lsoa")))
    support = SupportNow(group="any", number=1, values=np.round(reached, 1))
    view = View(need_weight=7, exclusion_weight=4, support="any", support_weight=3)
    return repository.ask_how_sure(view, support=support)


@dataclass(frozen=True)
class Measured:
    """What was measured in words, and how long a draw took: by the clock, and of processors."""

    words: str
    draw_ms: float
    draw_cpu_ms: float


def measure_draws(repository: Repository, question: CertaintyQuestion, *, name: str) -> Measured:
    """Work out all draws of a question, and tell the most memory that the process has held so far."""
    pillars, draws = repository.drawn_pillars(question), Draws()
    start, cpu = time.perf_counter(), time.process_time()
    ours = measure_certainty(pillars, draws=draws)
    wall_s, cpu_s = time.perf_counter() - start, time.process_time() - cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = (
        f"{name}, {draws.count:,} draws of {ours.ranked:,} neighbourhoods: {wall_s:.1f} s ({cpu_s:.1f} s of "
        f"processor), {1000 * wall_s / draws.count:.2f} ms a draw. Peak memory of the process {peak_mb:.0f} MB."
    )
    return Measured(words, 1000 * wall_s / draws.count, 1000 * cpu_s / draws.count)


def compare_with_pandas(repository: Repository, ours: Measured) -> str:
    """Return how long a draw takes with a pandas rank, and how many times as fast ours is."""
    pillars = repository.drawn_pillars(DEFAULT)
    start, cpu = time.perf_counter(), time.process_time()
    rank_plainly(pillars, draws=Draws(), first=PLAIN_DRAWS)
    wall_ms, cpu_ms = (1000 * spent / PLAIN_DRAWS for spent in (time.perf_counter() - start, time.process_time() - cpu))
    return (
        f"pandas: {wall_ms:.0f} ms a draw; ours is {wall_ms / ours.draw_ms:.0f} times as fast "
        f"({cpu_ms / ours.draw_cpu_ms:.0f} by processor)"
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
    usual = measure_draws(repository, DEFAULT, name="the usual question")
    say(usual.words)
    say(measure_draws(repository, ask_all_at_once(repository), name="three pillars of other weights").words)
    # After what is ours, for pandas holds more memory.
    say(compare_with_pandas(repository, usual))
    say(measure_reranking(repository))


def say(line: str) -> None:
    """Write a line as soon as it is known."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
