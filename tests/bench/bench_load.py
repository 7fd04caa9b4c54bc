"""How long a whole load of England takes, beside the same load written plainly (`plain_load.py`).

`python -m tests.bench.bench_load [FOLDER]`: FOLDER is the real data of England (by default ../shared/data). Each runs
in a process of its own and ends with a DuckDB file on disk; ours also checks its files and its contract.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import REAL_DATA

KIB_IN_GB = 1e6 / 1.024


@dataclass(frozen=True)
class Run:
    """What one process took."""

    wall_s: float
    processor_s: float
    peak_gb: float


def run(*arguments: str) -> Run:
    """Run a Python module to its end, and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{arguments[0]} did not finish (status {status}).")
    used = usage.ru_utime + usage.ru_stime
    return Run(wall_s=time.perf_counter() - start, processor_s=used, peak_gb=usage.ru_maxrss / KIB_IN_GB)


def main() -> None:
    """Print seconds, memory and the ratios."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL_DATA
    with TemporaryDirectory() as folder:
        ours = run("dashboard.cli", "load", "--home", folder, "--mirror", str(data))
        plain = run("tests.bench.plain_load", str(data), str(Path(folder) / "plain.duckdb"))
    for name, result in (("ours", ours), ("plain", plain)):
        print(  # noqa: T201
            f"{name}: {result.wall_s:.0f} s ({result.processor_s:.0f} s of processor time), "
            f"at most {result.peak_gb:.1f} GB of memory"
        )
    print(f"ours is {plain.wall_s / ours.wall_s:.1f} times as quick")  # noqa: T201


if __name__ == "__main__":
    main()
