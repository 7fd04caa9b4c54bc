"""`make bench`: every comparison, ours beside a peer in one run; the figures are for people to read."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.conftest import REAL_DATA


def main() -> None:
    """Run every bench_*.py of this folder that has a `main`."""
    if not REAL_DATA.is_dir():
        sys.exit("The comparisons need the real data of England in ../shared/data, which is not there.")
    chosen = sys.argv[1:]
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        if chosen and path.stem.removeprefix("bench_") not in chosen:
            continue
        sys.stdout.write(f"\n== {path.stem.removeprefix('bench_').replace('_', ' ')}\n")
        sys.stdout.flush()
        sys.argv = [str(path)]
        import_module(f"tests.bench.{path.stem}").main()


if __name__ == "__main__":
    main()
