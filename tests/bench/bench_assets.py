"""100,000 assets on the map beside folium's MarkerCluster, and access beside PySAL's, each pair in one run.

Run as `python -m tests.bench assets`; it reads the snapshot that COMMONGROUND_HOME serves. folium gets all it asks for
from this machine, and its clock starts when the browser is told to open its file; it is given a minute.

Ours is measured by two clocks. From the switch: from its press on an open page, through Streamlit and back. The layer's
own: from when the map's script knows which view to draw (told by the page, or as a zoom begins, so that the quarter of
a second in which the map glides is in it, or when a drag ends) through the server's answer to the task after the frame
in which the signs are drawn, while the areas beneath are being drawn anew by the processor alone. Bytes are those of
the answers to the map.
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
from playwright.sync_api import Browser, Playwright, Route, sync_playwright
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
LONGEST_WAIT_MS = 120_000
PEER_WAIT_S = 60
DRAG_PX = 300
VIEWS = {
    "England, zoom 6": (ENGLAND, 6.0),
    "England on a wall, zoom 9": (ENGLAND, 9.0),
    "London, zoom 10": (Bounds(-0.6, 51.2, 0.4, 51.8), 10.0),
    "London, zoom 13": (Bounds(-0.2, 51.47, 0.0, 51.55), 13.0),
    "London, zoom 17": (Bounds(-0.13, 51.5, -0.11, 51.51), 17.0),
    "an absurdly large screen, zoom 18": (Bounds(-0.6, 51.2, 0.4, 51.8), 18.0),
}
MIDDLES = {"London": (-0.1, 51.5), "Manchester": (-2.24, 53.48), "England": (-1.5, 52.8)}
SCREENS_PX = ((360, 560), (360, 2_400), (1_280, 560), (3_840, 2_160), (7_680, 4_320))
ZOOMS = [4 + half / 2 for half in range(27)]
CLUSTERS_ARE_PAINTED = "() => document.querySelector('.marker-cluster') !== null"
OURS_IS_PAINTED = "() => document.querySelector('#map_div').dataset.assetsMs !== undefined"
FORGET_PAINT = "() => delete document.querySelector('#map_div').dataset.assetsMs"


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
                packed = _pack(drawn)
        _say(f"{name:36} {1000 * statistics.median(times):5.0f} ms on the server, {len(packed) / 1000:6.1f} KB")
    sizes = [
        len(_pack(draw_assets(register, live_table(register), view=AssetView(), bounds=bounds, zoom=zoom)))
        for zoom in ZOOMS
        for bounds in (_seen(lonlat, size_px, zoom) for lonlat in MIDDLES.values() for size_px in SCREENS_PX)
    ]
    kilobytes = max(sizes) / 1000
    _say(f"the largest of {len(sizes)} views, {', '.join(MIDDLES)}, phone to wall, zoom 4 to 17: {kilobytes:.1f} KB")


def _pack(drawn: dict[str, object]) -> bytes:
    return gzip.compress(json.dumps(drawn, separators=(",", ":")).encode())


def _seen(lonlat: tuple[float, float], size_px: tuple[int, int], zoom: float) -> Bounds:
    """Return about what a screen shows; a degree of latitude is taken to be as long as it is in the middle."""
    degree_px = 256 * 2**zoom / 360
    wide, high = size_px[0] / degree_px, size_px[1] / degree_px * np.cos(np.radians(lonlat[1]))
    return Bounds(lonlat[0] - wide / 2, lonlat[1] - high / 2, lonlat[0] + wide / 2, lonlat[1] + high / 2)


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
            _open_link(browser, f"{address}/?assets=on")
        browser.close()
        theirs = _paint_plain(playwright, plain)
    packed = len(gzip.compress(plain.read_bytes(), 6)) / 1000
    _say(f"ours: {ours:.2f} s from the switch to paint, {kilobytes:.1f} KB at most; and again at each move")
    more = "" if theirs else "more than "
    _say(f"folium MarkerCluster: {_in_words(theirs)}, {packed:,.0f} KB packed")
    _say(
        f"ours is {more}{(theirs or PEER_WAIT_S) / ours:.0f} times faster, {packed / kilobytes:,.0f} times fewer bytes"
    )


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
    first = _layer_ms(drawn)
    zooms = [_painted_after(drawn, drawn.zoom_in) for _ in range(3)]
    drags = [_painted_after(drawn, lambda: _drag(drawn)) for _ in range(3)]
    _say(f"ours: the layer painted in {first} ms first, {_listed(zooms)} ms at zooms, {_listed(drags)} ms after drags")
    views = [one for one in drawn.requests if "/map-assets/view.json" in one.url]
    kilobytes = max(one.sizes()["responseBodySize"] for one in views if one.failure is None) / 1000
    page.close()
    return took, kilobytes


def _open_link(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(LONGEST_WAIT_MS)
    drawn = MapOnPage(page)
    page.goto(address)
    drawn.frame.wait_for_function(f"() => document.querySelector('#map_div') && ({OURS_IS_PAINTED})()")
    _say(f"ours: the layer painted in {_layer_ms(drawn)} ms on a page that opens with it, before its areas are drawn")
    page.close()


def _painted_after(drawn: MapOnPage, move: Callable[[], None]) -> int:
    drawn.frame.evaluate(FORGET_PAINT)
    move()
    drawn.frame.wait_for_function(OURS_IS_PAINTED)
    return _layer_ms(drawn)


def _layer_ms(drawn: MapOnPage) -> int:
    return int(drawn.box.get_attribute("data-assets-ms") or 0)


def _drag(drawn: MapOnPage) -> None:
    box = drawn.box.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = drawn.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - DRAG_PX, y, steps=10)
    mouse.up()


def _paint_plain(playwright: Playwright, file: Path) -> float | None:
    """Return how many seconds folium's page takes to its first cluster; None when it has none when its time is up."""
    browser = launch_chromium(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(1_000 * PEER_WAIT_S)
    page.route("http*://**", _from_this_machine)
    began = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        page.wait_for_function(CLUSTERS_ARE_PAINTED)
        return time.perf_counter() - began
    except PlaywrightTimeoutError:
        return None
    finally:
        browser.close()


def _in_words(seconds: float | None) -> str:
    return f"nothing painted after {PEER_WAIT_S} s" if seconds is None else f"{seconds:.1f} s to its first cluster"


def _listed(times: list[int]) -> str:
    return ", ".join(map(str, times))


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
