"""All of England on a map, ours beside plain folium, in one run of one browser.

Run as `python -m tests.bench map`; it reads the snapshot that COMMONGROUND_HOME serves. A page is opened first
and the clock starts when its button is pressed, so that Streamlit's own start counts for neither map. Bytes are those
of the bodies that leave the server, web socket included.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, sync_playwright

from dashboard.warehouse import open_warehouse
from etl.publish import current_snapshot
from etl.settings import read_settings
from tests.browser.driving import launch_chromium, running_server

HERE = Path(__file__).parent
LONGEST_WAIT_MS = 180_000
GEOJSON_SQL = """
SELECT
    feature_id,
    ST_AsGeoJSON(
        ST_ReducePrecision(ST_Transform(geometry, 'EPSG:27700', 'EPSG:4326', always_xy := true), 0.00001)
    ) AS shape
FROM area
WHERE area_type = 'lsoa' AND geometry IS NOT NULL
ORDER BY feature_id
"""
OURS_IS_PAINTED = "() => document.querySelector('#map_div[data-painted]') !== null"
PLAIN_IS_PAINTED = "count => document.querySelectorAll('path.leaflet-interactive').length >= count"
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WATCH_THE_PAGE = """() => document.addEventListener('click', () => { window.chosenAt = Date.now(); }, true)"""
WATCH_THE_MAP = """() => {
    const box = document.querySelector('#map_div');
    new MutationObserver(() => { window.paintedAt = Date.now(); }).observe(box, {attributeFilter: ['data-painted']});
}"""


@dataclass(frozen=True)
class Drawing:
    """How long a map took from the press of the button to its last area, and how much was sent."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Change:
    """How long new colours took from the choice, and what was sent for them."""

    milliseconds: float
    kilobytes: float
    kilobytes_of_figures: float
    tile_requests: int


def main() -> None:
    """Measure both maps and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        log, geojson = Path(folder) / "sent.jsonl", Path(folder) / "lsoa.geojson"
        log.touch()
        count = write_geojson(geojson)
        environ = {**os.environ, "BENCH_LOG": str(log), "BENCH_GEOJSON": str(geojson)}
        app = HERE / "pages" / "map_app.py"
        with running_server(app, environ=environ) as address, sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            ours = [draw(browser, address, log, is_painted=ours_painted) for _ in range(3)]
            changes = change_indicators(browser, address, log)
            plain = draw(browser, f"{address}/?map=plain", log, is_painted=lambda frame: plain_painted(frame, count))
            browser.close()
    report(ours, plain, changes, areas=count)


def write_geojson(path: Path) -> int:
    """Write every LSOA of the snapshot as GeoJSON in degrees with five decimals; return how many there are."""
    warehouse = open_warehouse(current_snapshot(read_settings(os.environ)))
    rows = warehouse._connection.cursor().execute(GEOJSON_SQL).fetchall()
    features = [
        f'{{"type":"Feature","id":"{feature_id}","properties":{{}},"geometry":{shape}}}' for feature_id, shape in rows
    ]
    path.write_text(f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}', encoding="utf-8")
    return len(rows)


def draw(browser: Browser, address: str, log: Path, *, is_painted: Callable[[Frame], None]) -> Drawing:
    """Open a page in a browser with an empty cache, press the button and wait for the last area."""
    page = open_page(browser, address)
    before = log.stat().st_size
    began = time.perf_counter()
    is_painted(press_draw(page))
    seconds = time.perf_counter() - began
    page.context.close()
    return Drawing(seconds=seconds, megabytes=sum(sent_since(log, before).values()) / 1e6)


def open_page(browser: Browser, address: str) -> Page:
    """Open a page and wait for its button."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    page.goto(address)
    page.get_by_role("button", name="Draw").wait_for()
    return page


def press_draw(page: Page) -> Frame:
    """Press the button and return the frame that the map is drawn in."""
    page.get_by_role("button", name="Draw").click()
    frame = page.wait_for_selector("iframe", state="attached").content_frame()
    if frame is None:
        raise RuntimeError("the map has no frame")
    return frame


def ours_painted(frame: Frame) -> None:
    """Wait until our map says that it is drawn."""
    frame.wait_for_function(OURS_IS_PAINTED)
    frame.evaluate(TWO_FRAMES)


def plain_painted(frame: Frame, count: int) -> None:
    """Wait until plain folium has a path for each area and has shown them."""
    frame.wait_for_function(PLAIN_IS_PAINTED, arg=count)
    frame.evaluate(TWO_FRAMES)


def change_indicators(browser: Browser, address: str, log: Path) -> list[Change]:
    """Choose one indicator after another on a page that is open, and measure each choice."""
    page = open_page(browser, address)
    frame = press_draw(page)
    ours_painted(frame)
    page.evaluate(WATCH_THE_PAGE)
    frame.evaluate(WATCH_THE_MAP)
    options = ("digital_exclusion_2025", "income_2025", "health_2025", "crime_2025", "education_2025")
    changes = [change_to(page, frame, log, option=option, serial=i + 2) for i, option in enumerate(options)]
    page.context.close()
    return changes


def change_to(page: Page, frame: Frame, log: Path, *, option: str, serial: int) -> Change:
    """Choose one indicator; the browser itself notes when it was chosen and when it was painted."""
    page.get_by_role("combobox", name="Indicator").click()
    before = log.stat().st_size
    page.get_by_role("option", name=option, exact=True).click()
    frame.wait_for_selector(f'#map_div[data-painted="{serial}"]')
    frame.evaluate(TWO_FRAMES)
    sent = sent_since(log, before)
    return Change(
        milliseconds=frame.evaluate("() => window.paintedAt - window.parent.chosenAt"),
        kilobytes=sum(sent.values()) / 1e3,
        kilobytes_of_figures=sum(size for path, size in sent.items() if path.startswith("/values/")) / 1e3,
        tile_requests=sum(path.startswith("/tiles/") for path in sent),
    )


def sent_since(log: Path, offset: int) -> Mapping[str, int]:
    """Return how many bytes were sent for each path since the log had a length."""
    sent: dict[str, int] = {}
    with log.open(encoding="utf-8") as lines:
        lines.seek(offset)
        for line in lines:
            entry = json.loads(line)
            sent[entry["path"]] = sent.get(entry["path"], 0) + entry["bytes"]
    return sent


def report(ours: list[Drawing], plain: Drawing, changes: list[Change], *, areas: int) -> None:
    """Print the figures."""
    seconds = statistics.median(drawing.seconds for drawing in ours)
    megabytes = statistics.median(drawing.megabytes for drawing in ours)
    every = ", ".join(f"{drawing.seconds:.2f}" for drawing in ours)
    lines = [
        f"{areas:,} areas from an open page to painted",
        f"  ours          {seconds:6.2f} s {megabytes:8.3f} MB   (median; each: {every} s)",
        f"  folium.GeoJson{plain.seconds:6.2f} s {plain.megabytes:8.3f} MB",
        f"  plain / ours  {plain.seconds / seconds:6.1f} x {plain.megabytes / megabytes:7.1f} x   (at least 8 and 20)",
        "Another indicator on the map that is open (at most 500 ms, 40 kB, no tile)",
    ]
    lines += [
        f"  {change.milliseconds:6.0f} ms {change.kilobytes:7.1f} kB in all, "
        f"{change.kilobytes_of_figures:.1f} kB of figures, {change.tile_requests} tiles"
        for change in changes
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
