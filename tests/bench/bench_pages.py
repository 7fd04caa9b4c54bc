"""How long the server takes to answer what a person does on the Find and Area pages, with England loaded.

Run as `python -m tests.bench pages`; it reads the snapshot that COMMONGROUND_HOME serves. Each interaction is a whole
rerun of the page by AppTest, which does more than the fragment rerun of a real session. What is chosen differs at each
turn, so that caches are met as a person meets them: sometimes filled, sometimes not.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle

from streamlit.testing.v1 import AppTest

from dashboard.api.serving import read_ahead
from dashboard.repository import open_repository
from dashboard.state import LEVELS, View
from etl.publish import current_snapshot
from etl.settings import read_settings
from tests.unit.page_scripts import open_page

TURNS = 20
TARGET_P95_MS = 150


def main() -> None:
    """Print the median and the 95th percentile of each kind of interaction."""
    settings = read_settings(os.environ)
    read_ahead(settings)
    repository = open_repository(current_snapshot(settings))
    codes = repository.rank_areas(View()).rows()["area_code"].tolist()
    shown = cycle(repository.shown("lsoa"))
    districts = cycle(repository.rank_areas(View(level="lad")).rows()["area_code"].tolist())
    page = open_page("find", settings)
    rows = cycle(codes[:: len(codes) // TURNS])
    interactions: dict[str, Callable[[], object]] = {
        "nothing changed": page.run,
        "a threshold": _moving(page, cycle(range(5, 50, 2))),
        "what is coloured": lambda: page.selectbox(key="show").select(next(shown)).run(),
        "the size of areas": _choosing(page, "level", cycle(LEVELS)),
        "one area alone": _choosing(page, "within", districts),
        "a place chosen": lambda: _turn_to(page, at=next(rows)),
    }
    took = [_report(name, list(_time(act))) for name, act in interactions.items()]
    area_page = open_page("area", settings, area=codes[0])
    took.append(_report("an area's page", list(_time(lambda: _turn_to(area_page, area=next(rows))))))
    everything = [milliseconds for times in took for milliseconds in times]
    _report(f"all (target: 95% within {TARGET_P95_MS} ms)", everything)


def _moving(page: AppTest, values: Iterator[int]) -> Callable[[], object]:
    return lambda: page.slider(key="need_worst").set_value(next(values)).run()


def _choosing(page: AppTest, key: str, values: Iterator[str]) -> Callable[[], object]:
    return lambda: page.selectbox(key=key).select(next(values)).run()


def _turn_to(page: AppTest, **query: str) -> None:
    for name, text in query.items():
        page.query_params[name] = text
    page.run()


def _time(act: Callable[[], object]) -> Iterator[float]:
    for _ in range(TURNS):
        start = time.perf_counter()
        act()
        yield 1000 * (time.perf_counter() - start)


def _report(name: str, times: list[float]) -> list[float]:
    p95 = statistics.quantiles(times, n=20)[-1]
    sys.stdout.write(f"{name:40} median {statistics.median(times):6.0f} ms   p95 {p95:6.0f} ms\n")
    return times


if __name__ == "__main__":
    main()
