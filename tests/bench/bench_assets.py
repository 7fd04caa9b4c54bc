"""100,000 assets on the map beside folium's MarkerCluster, and access beside PySAL's, each pair in one run.

Run as `python -m tests.bench assets`; it reads the snapshot that COMMONGROUND_HOME serves. folium gets all it asks for
from this machine, and its clock starts when the browser is told to open its file. Ours starts at the press of the
switch on an open page, through Streamlit and back; its bytes are those of the answers to the map.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import folium
import numpy as np
import pandas as pd
from access.fca import two_stage_fca  # type: ignore[import-untyped]
from access.weights import step_fn  # type: ignore[import-untyped]
from folium.plugins import MarkerCluster
from playwright.sync_api import Browser, Route, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from scipy.spatial import KDTree

from dashboard.assets.live import live_table
from dashboard.assets.live_map import draw_assets
from dashboard.assets.view import AssetView
from dashboard.components.maps.places import ENGLAND, Bounds
from dashboard.planning.support import support_values, where_people_live
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset
from dashboard.register.register import Register
from dashboard.repository import open_repository
from etl.methods.access import Catchment, Points, measure_access
from etl.methods.arrays import FloatArray
from etl.publish import current_snapshot
from etl.settings import PROJECT, read_settings
from etl.tables.support import DIGITAL_HELP
from tests.bench.many_assets import make_assets, make_register
from tests.browser.driving import launch_chromium, running_server
from tests.browser.map_on_page import MapOnPage

ON_THE_MAP, IN_REACH = 100_000, 20_000
# The bands of the methods page, widened to five kilometres.
WIDE = Catchment(limits_m=(400.0, 800.0, 1_600.0, 5_000.0), weights=(1.0, 0.68, 0.22, 0.05), detour=1.0)
TURNS = 20
LONGEST_WAIT_MS = 300_000
VIEWS = {
    "England, zoom 6": (ENGLAND, 6.0),
    "England on a wall, zoom 9": (ENGLAND, 9.0),
    "London, zoom 10": (Bounds(-0.6, 51.2, 0.4, 51.8), 10.0),
    "London, zoom 13": (Bounds(-0.2, 51.47, 0.0, 51.55), 13.0),
    "London, zoom 17": (Bounds(-0.13, 51.5, -0.11, 51.51), 17.0),
    "an absurdly large screen, zoom 18": (Bounds(-0.6, 51.2, 0.4, 51.8), 18.0),
}
CLUSTERS_ARE_PAINTED = "() => document.querySelector('.marker-cluster') !== null"
OURS_IS_PAINTED = "() => document.querySelector('#map_div').dataset.assets !== undefined"


def main() -> None:
    """Measure and print."""
    settings = read_settings(os.environ)
    snapshot = current_snapshot(settings)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "snapshots").symlink_to(settings.snapshots_dir)
        _say("filling a register, which takes some minutes")
        register = make_register(home / "register.sqlite", snapshot=snapshot, count=ON_THE_MAP)
        # The server would do this in the background, and be measured while it does.
        register.renewing.renew_for(open_repository(snapshot).build.build_id)
        _measure_answers(register)
        _measure_support(register, snapshot)
        register.close()
        _measure_access(snapshot)
        _measure_painting(home, snapshot)


def _measure_answers(register: Register) -> None:
    for name, (bounds, zoom) in VIEWS.items():
        times: list[float] = []
        packed = b""
        for _ in range(TURNS):
            with _clock(times):
                drawn = draw_assets(register, live_table(register), view=AssetView(), bounds=bounds, zoom=zoom)
                packed = gzip.compress(json.dumps(drawn, separators=(",", ":")).encode())
        _say(f"{name:36} {1000 * statistics.median(times):5.0f} ms on the server, {len(packed) / 1000:6.1f} KB")


def _measure_support(register: Register, snapshot: Path) -> None:
    repository = open_repository(snapshot)
    support_values(repository, register)
    times: list[float] = []
    for asset in make_assets(snapshot, count=TURNS):
        register.entries.add(replace(asset, asset_id="", offers=(DIGITAL_HELP,)), actor=local_actor())
        with _clock(times):
            support_values(repository, register)
    p95 = statistics.quantiles(times, n=20)[-1]
    _say(f"support after one more entry: median {1000 * statistics.median(times):.0f} ms, p95 {1000 * p95:.0f} ms")


def _measure_painting(home: Path, snapshot: Path) -> None:
    plain = home / "plain.html"
    times: list[float] = []
    with _clock(times):
        _write_plain(plain, assets=make_assets(snapshot, count=ON_THE_MAP))
    _say(f"folium MarkerCluster: written in {times[0]:.1f} s, {plain.stat().st_size / 1e6:.1f} MB")
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        environ = {"COMMONGROUND_HOME": str(home), "COMMONGROUND_BASEMAP_URL": ""}
        with running_server(PROJECT / "dashboard" / "app.py", environ=environ) as address:
            ours, kilobytes = _paint_ours(browser, address)
        theirs = _paint_plain(browser, plain)
        browser.close()
    packed = len(gzip.compress(plain.read_bytes(), 6)) / 1000
    _say(f"ours: {ours:.2f} s from the switch to paint, {kilobytes:.1f} KB; and again at each of three moves")
    _say(f"folium MarkerCluster: {theirs:.1f} s to its first cluster, {packed:,.0f} KB packed")
    _say(f"ours is {theirs / ours:.0f} times faster with {packed / kilobytes:,.0f} times fewer bytes")


def _paint_ours(browser: Browser, address: str) -> tuple[float, float]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(LONGEST_WAIT_MS)
    drawn = MapOnPage(page)
    drawn.open(address)
    drawn.requests.clear()
    began = time.perf_counter()
    page.get_by_text("Community assets", exact=True).click()
    drawn.frame.wait_for_function(OURS_IS_PAINTED)
    took = time.perf_counter() - began
    moves = []
    for _ in range(3):
        drawn.frame.evaluate("() => delete document.querySelector('#map_div').dataset.assetsMs")
        drawn.zoom_in()
        drawn.frame.wait_for_function("() => document.querySelector('#map_div').dataset.assetsMs !== undefined")
        moves.append(int(drawn.box.get_attribute("data-assets-ms") or 0))
    _say(f"ours: painted {', '.join(map(str, moves))} ms after a move")
    views = [one for one in drawn.requests if "/map-assets/view.json" in one.url]
    kilobytes = max(one.sizes()["responseBodySize"] for one in views) / 1000
    page.close()
    return took, kilobytes


def _paint_plain(browser: Browser, file: Path) -> float:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(LONGEST_WAIT_MS)
    page.route("http*://**", _from_this_machine)
    began = time.perf_counter()
    try:
        page.goto(file.as_uri())
        page.wait_for_function(CLUSTERS_ARE_PAINTED)
    except PlaywrightTimeoutError:
        _say(f"folium MarkerCluster had painted nothing after {LONGEST_WAIT_MS // 1000} s; what follows is at least so")
    took = time.perf_counter() - began
    page.close()
    return took


def _from_this_machine(route: Route) -> None:
    """Give what folium would fetch from afar from the packages that are here; what is not here it does without."""
    name = urlsplit(route.request.url).path.rpartition("/")[2]
    folders = ("leaflet/dist", "leaflet.markercluster/dist")
    found = next((path for one in folders if (path := PROJECT / "node_modules" / one / name).is_file()), None)
    route.fulfill(path=found) if found else route.abort()


def _write_plain(file: Path, *, assets: list[Asset]) -> None:
    """Write the map that folium makes of the same points and names, in the plain way."""
    made = folium.Map((53, -1.5), zoom_start=6, tiles=None)
    places = [[one.place.lat, one.place.lon] for one in assets]
    MarkerCluster(places, popups=[one.name for one in assets]).add_to(made)
    made.save(str(file))


def _measure_access(snapshot: Path) -> None:
    origins, population = where_people_live(snapshot)
    rng = np.random.default_rng(1)
    share = population / population.sum()
    assets = origins[rng.choice(len(origins), IN_REACH, p=share)] + rng.normal(0, 600.0, (IN_REACH, 2))
    ours = _time(lambda: measure_access(origins=origins, population=population, assets=assets, catchment=WIDE).e2sfca)
    costs: list[float] = []
    with _clock(costs):
        cost = _cost_table(origins, assets)
    theirs = _time(lambda: _measure_with_pysal(cost, population=population, count=len(assets)))
    worst = np.abs(ours[1] - theirs[1]).max() / ours[1].max()
    _say(f"E2SFCA of {len(origins):,} places and {IN_REACH:,} assets, {len(cost):,} pairs within 5 km:")
    _say(
        f"ours {ours[0]:.2f} s from co-ordinates; PySAL {theirs[0]:.2f} s from ready distances ({costs[0]:.2f} s more)"
    )
    _say(f"ours is {theirs[0] / ours[0]:.1f} times faster; the answers differ by {worst:.0e} of the largest")


def _cost_table(origins: Points, assets: Points) -> pd.DataFrame:
    pairs = KDTree(origins).sparse_distance_matrix(KDTree(assets), WIDE.limits_m[-1], output_type="ndarray")
    return pd.DataFrame({"origin": pairs["i"], "dest": pairs["j"], "cost": pairs["v"]})


def _measure_with_pysal(cost: pd.DataFrame, *, population: FloatArray, count: int) -> FloatArray:
    found = two_stage_fca(
        demand_df=pd.DataFrame({"demand": population}, index=pd.RangeIndex(len(population), name="geoid")),
        supply_df=pd.DataFrame({"supply": np.ones(count)}, index=pd.RangeIndex(count, name="geoid")),
        cost_df=cost,
        max_cost=WIDE.limits_m[-1],
        weight_fn=step_fn(dict(zip(WIDE.limits_m, WIDE.weights, strict=True))),
    )
    return np.asarray(found.reindex(range(len(population))).fillna(0), dtype=np.float64)


def _time(act: Callable[[], FloatArray]) -> tuple[float, FloatArray]:
    """Return the best of three times, and what came of it."""
    times: list[float] = []
    for _ in range(3):
        with _clock(times):
            came = act()
    return min(times), came


@contextmanager
def _clock(times: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    times.append(time.perf_counter() - began)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
