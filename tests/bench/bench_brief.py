"""A brief of a ward of England: ours, beside the same page printed by Chromium, in one run.

Run as `python -m tests.bench brief`; it reads the snapshot that COMMONGROUND_HOME serves. The peer is what most would
reach for: the same content as HTML, printed by a browser that is kept open.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from playwright.sync_api import sync_playwright

from dashboard.briefs.gathering.desk import Desk
from dashboard.briefs.many.batch import Batch, codes_within
from dashboard.briefs.many.zipping import write_many
from dashboard.briefs.options import BriefOptions
from dashboard.briefs.rendering import make_brief, write_brief
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings
from tests.browser.driving import launch_chromium

TURNS = 20
SYSTEM = "E54000057"


def main() -> None:
    """Print the median of each, and how long every MSOA of Greater Manchester takes."""
    settings = read_settings(os.environ)
    snapshot = current_snapshot(settings)
    repository = open_repository(snapshot)
    desk = Desk(repository, open_register(settings))
    wards = cycle(codes_within(desk, within=SYSTEM, level="ward"))
    make_brief(desk, next(wards))
    _report("gathering the content", lambda: make_brief(desk, next(wards)))
    ours = 0.0
    for kind in ("pdf", "docx", "html", "zip"):
        took = _report(f"the whole brief as {kind}", lambda kind=kind: _write(desk, next(wards), kind=kind))  # type: ignore[misc]
        ours = ours or took
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        page = browser.new_page()
        peer = _report(
            "the same page printed by Chromium", lambda: _print(page, _write(desk, next(wards), kind="html"))
        )
        browser.close()
    sys.stdout.write(f"Chromium takes {peer / ours:.1f} times as long as Typst\n")
    _measure_many(Batch(
        settings=settings, snapshot=snapshot, title="Every MSOA", kinds=("pdf",), options=BriefOptions(),
        actor=THE_PUBLIC, codes=codes_within(desk, within=SYSTEM, level="msoa"),
    ))  # fmt: skip


def _measure_many(batch: Batch) -> None:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        write_many(batch, target=Path(folder) / "many.zip")
        took_s = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    sys.stdout.write(
        f"{len(batch.codes)} MSOA briefs as PDF: {took_s:.0f} s (target 60), {used.ru_utime + used.ru_stime:.0f} s of "
        f"processor in two processes, each {used.ru_maxrss / 1_000:,.0f} MB at most\n"
    )


def _write(desk: Desk, code: str, *, kind: str) -> bytes:
    return write_brief(make_brief(desk, code), kind=kind, repository=desk.repository).content


def _print(page: object, content: bytes) -> bytes:
    page.set_content(content.decode("utf-8"))  # type: ignore[attr-defined]
    printed: bytes = page.pdf(format="A4", tagged=True, outline=True)  # type: ignore[attr-defined]
    return printed


def _report(name: str, act: Callable[[], object]) -> float:
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - start))
    median = statistics.median(times)
    sys.stdout.write(f"{name:40} median {median:6.0f} ms   slowest {max(times):6.0f} ms\n")
    return median


if __name__ == "__main__":
    main()
