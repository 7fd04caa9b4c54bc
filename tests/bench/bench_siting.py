"""Where help would count most, beside a plain loop and the exact answer; and one what-if over all of England.

`python -m tests.bench.bench_siting`. Neighbourhoods, their people and their ranks are the real ones; the 20,000 places
that give help are drawn with a fixed seed, each near a neighbourhood's point.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from scipy import sparse

from etl import geometry
from etl.methods.access import Points
from etl.methods.arrays import FloatArray
from etl.methods.siting import choose_greedily, find_coverage
from etl.methods.siting_exactly import choose_exactly
from etl.methods.what_if import measure_what_if
from tests.conftest import REAL_DATA

ASSETS, K, WHAT_IFS = 20_000, 10, 200
Answer = TypeVar("Answer")
FILE_7 = "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv"
CENSUS = "RM121_Sex_by_age_LSOA21_nomis_export.csv"
SPREAD_M = 600.0
# A patch as large as an integrated care board.
PATCH_M = 20_000.0


@dataclass(frozen=True)
class Inputs:
    """The neighbourhoods of England: points in metres, people, and those of the worst fifth."""

    points: Points
    people: FloatArray
    counted: FloatArray


def main() -> None:
    """Print the figures."""
    inputs, rng = read_inputs(), np.random.default_rng(11)
    assets = inputs.points[rng.integers(0, len(inputs.points), ASSETS)] + rng.normal(0, SPREAD_M, (ASSETS, 2))
    say(measure_what_ifs(inputs, assets=assets, rng=rng))
    patch = np.abs(inputs.points - np.array([384_000.0, 398_000.0])).max(axis=1) < PATCH_M
    compare("a patch around Manchester", inputs, candidates=inputs.points[patch])
    compare("all of England", inputs, candidates=inputs.points)


def read_inputs() -> Inputs:
    """Read a point on the surface of every neighbourhood, how many live there, and how deprived it is."""
    table = pq.read_table(REAL_DATA / "geography" / "LSOA_2021_EN_BGC.parquet")
    shapes = geometry.to_national_grid(shapely.from_wkb(table["geometry"].to_numpy()))
    points = shapely.get_coordinates(shapely.point_on_surface(shapes))
    file_7 = pd.read_csv(REAL_DATA / "deprivation" / FILE_7, index_col=0)
    found = file_7.loc[table["LSOA21CD"].to_pylist()]
    ages = pd.read_csv(REAL_DATA / "census" / CENSUS, skiprows=7).dropna()
    residents = ages.set_index(ages.iloc[:, 0].str[:9]).iloc[:, 1]
    people = residents.loc[found.index].to_numpy(dtype=np.float64)
    rank = found[next(name for name in file_7 if "(IMD) Rank" in str(name))].to_numpy()
    return Inputs(points, people, np.where(rank <= len(rank) / 5, people, 0.0))


def measure_what_ifs(inputs: Inputs, *, assets: Points, rng: np.random.Generator) -> str:
    """Return how long one what-if takes, with a new place near a neighbourhood drawn at random."""
    spent = []
    for row in rng.integers(0, len(inputs.points), WHAT_IFS):
        added = inputs.points[[row]] + rng.normal(0, SPREAD_M, (1, 2))
        ask = partial(measure_what_if, origins=inputs.points, population=inputs.people, assets=assets, added=added)
        spent.append(timed(ask)[1])
    p50, p95 = 1_000 * np.percentile(spent, [50, 95])
    return f"one what-if, England, {ASSETS:,} assets: median {p50:.1f} ms, p95 {p95:.1f} ms (budget 50 ms)"


def compare(where: str, inputs: Inputs, *, candidates: Points) -> None:
    """Print ours beside the plain loop, and the exact answer."""
    covers, covering = timed(lambda: find_coverage(candidates=candidates, origins=inputs.points))
    quick, greedy = timed(lambda: choose_greedily(covers, people=inputs.counted, k=K))
    reached, plain = timed(lambda: choose_plainly(covers, people=inputs.counted))
    assert reached == quick.reached
    say(
        f"best {K} of {len(candidates):,}, {where}: greedy {1_000 * (covering + greedy):.0f} ms "
        f"({1_000 * greedy:.0f} ms without the distances), a plain loop {1_000 * plain:.0f} ms: "
        f"{plain / greedy:.0f} times; {quick.reached:,.0f} people, at most {quick.at_most:,.0f}"
    )
    best, first = timed(lambda: choose_exactly(covers, people=inputs.counted, k=K))
    _, again = timed(lambda: choose_exactly(covers, people=inputs.counted, k=K))
    short = 100 * (best.reached - quick.reached) / best.reached
    say(f"  exact: {best.reached:,.0f} people, {short:.2f}% above greedy; {again:.2f} s ({first:.2f} s at first)")


def choose_plainly(covers: sparse.csr_array, *, people: FloatArray) -> float:
    """Return the people whom a greedy choice reaches, as a plain loop over sets finds them."""
    reach = [
        set(covers.indices[start:end].tolist()) for start, end in zip(covers.indptr, covers.indptr[1:], strict=False)
    ]
    left, reached = people.tolist(), 0.0
    for _ in range(K):
        gains = [sum(left[one] for one in ones) for ones in reach]
        best = max(range(len(gains)), key=gains.__getitem__)
        reached += gains[best]
        for one in reach[best]:
            left[one] = 0.0
    return reached


def timed(act: Callable[[], Answer]) -> tuple[Answer, float]:
    """Return what is done and how many seconds it took."""
    start = time.perf_counter()
    done = act()
    return done, time.perf_counter() - start


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
