"""`make bench`: every comparison, ours beside a peer in one run; the figures are for people to read.

`python -m tests.bench [NAME …]` runs those that are named. Those that need England loaded read COMMONGROUND_HOME or,
where that is not set, load England into build/bench the first time.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from dashboard.repository import open_repository
from etl.errors import NothingLoadedError
from etl.publish import LoadRequest, current_snapshot, load
from etl.settings import read_settings
from tests.conftest import REAL_DATA

HERE = Path(__file__).parent
OWN_HOME = HERE.parents[1] / "build" / "bench"
ON_LOADED_ENGLAND = frozenset({"assets", "brief", "map", "pages", "uncertainty"})


def main() -> None:
    """Run every bench_*.py of this folder, or those that are named."""
    if not REAL_DATA.is_dir():
        sys.exit("The comparisons need the real data of England in ../shared/data, which is not there.")
    known = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    chosen = sys.argv[1:] or known
    if unknown := sorted(set(chosen) - set(known)):
        sys.exit(f"There is no comparison called {', '.join(unknown)}. There are: {', '.join(known)}.")
    if ON_LOADED_ENGLAND & set(chosen):
        _have_england_loaded()
    for name in chosen:
        sys.stdout.write(f"\n== {name.replace('_', ' ')}\n")
        sys.stdout.flush()
        sys.argv = [name]
        import_module(f"tests.bench.bench_{name}").main()


def _have_england_loaded() -> None:
    """Let COMMONGROUND_HOME be a home in which England is loaded by today's code."""
    if os.environ.get("COMMONGROUND_HOME"):
        return
    os.environ["COMMONGROUND_HOME"] = str(OWN_HOME)
    settings = read_settings(os.environ)
    try:
        open_repository(current_snapshot(settings))
    except NothingLoadedError:
        sys.stdout.write(f"Loading England into {OWN_HOME} (say COMMONGROUND_HOME=… to use one that is loaded)\n")
        load(settings=settings, request=LoadRequest(mirror=REAL_DATA))


if __name__ == "__main__":
    main()
