"""The embedded list and map on another website: they work there, our other pages do not, and nothing typed runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from dashboard.api.serving import extra_routes, header_middleware
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from etl.settings import read_settings
from tests.browser.barriers import WCAG
from tests.browser.driving import free_port
from tests.payloads import read_payloads

PHONE_PX = 360
PLACE = Place(precision=Precision.EXACT, lon=-2.2, lat=53.4)
HOSTILE = [text for text in read_payloads() if "pwned" in text or "alert" in text]


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an app on a port of this machine until the block ends; give its address."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    pause = threading.Event()
    while not server.started and thread.is_alive():
        pause.wait(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of our open routes over a register in which every text is an attack."""
    settings = replace(read_settings({}, home=tmp_path_factory.mktemp("home")), basemap_url="")
    register = open_register(settings)
    assets = [
        Asset(
            name=f"n {text}"[:150],
            kind="library",
            organisation=text[:150],
            source=text[:150],
            licence=text[:150],
            offers=("free_wifi",),
            place=replace(PLACE, lon=-2.2 + at / 1e3, address=(text[:150],)),
        )
        for at, text in enumerate(HOSTILE)
    ]
    register.entries.bring_in([*assets, Asset(name="Plain Hall", kind="library", place=replace(PLACE, lon=0.5))],
                              actor=local_actor())  # fmt: skip
    with served(Starlette(routes=extra_routes(settings), middleware=header_middleware(settings))) as address:
        yield address
    register.close()


@pytest.fixture(scope="module")
def partner() -> Iterator[str]:
    """Return the address of another website, which shows in a frame whatever address it is asked to."""

    def page(request: Request) -> HTMLResponse:
        address = request.query_params["show"]
        return HTMLResponse(
            f'<!doctype html><title>x</title><iframe src="{address}" width="900" height="800"></iframe>'
        )

    with served(Starlette(routes=[Route("/", page)])) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Return what the browser complains of, filled as it does."""
    found: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Only the pages of the menu have an icon.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: (found.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    return found


def test_the_list_works_in_a_frame_of_another_website(
    page: Page, ours: str, partner: str, complaints: list[str]
) -> None:
    page.goto(f"{partner}/?show={ours}/embed/list?q=plain")
    frame = page.frame_locator("iframe")
    link = frame.get_by_role("link", name="Plain Hall")
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    assert "asset=" in opened.value.url
    assert opened.value.url.startswith(f"{ours}/assets")
    frame.get_by_label("Name, place or need").fill("nothing like this")
    frame.get_by_role("button", name="Search").click()
    expect(frame.get_by_text("Nothing fits.")).to_be_visible()
    assert complaints == []


def test_the_map_works_in_a_frame_of_another_website_and_by_keyboard(
    page: Page, ours: str, partner: str, complaints: list[str]
) -> None:
    page.goto(f"{partner}/?show={ours}/embed/map")
    frame = page.frame_locator("iframe")
    far = frame.get_by_role("button", name="Plain Hall, Library")
    expect(far).to_be_visible()
    together = frame.get_by_role("button", name=f"{len(HOSTILE)} entries here: look closer")
    expect(together).to_have_text(str(len(HOSTILE)))
    far.focus()
    page.keyboard.press("Enter")
    expect(frame.locator(".leaflet-popup").get_by_role("link", name="Plain Hall")).to_be_focused()
    page.keyboard.press("Escape")
    together.click()
    expect(together).to_have_count(0)
    expect(frame.get_by_role("status")).to_contain_text("with a place in this view")
    assert complaints == []


@pytest.mark.parametrize("path", ["/", "/health"])
def test_no_other_page_of_ours_can_be_put_in_a_frame_by_others(
    page: Page, demo_address: str, partner: str, path: str
) -> None:
    with page.expect_event("console", lambda message: "frame-ancestors" in message.text):
        page.goto(f"{partner}/?show={demo_address}{path}")
    (_, shown) = page.frames
    assert shown.evaluate("document.body.innerText.includes('Common Ground')") is False
    assert shown.url == "chrome-error://chromewebdata/"


def test_nothing_that_anybody_typed_runs_in_the_list_or_on_the_map(
    page: Page, ours: str, complaints: list[str]
) -> None:
    page.add_init_script("window.pwned = undefined")
    for number in range(1, -(-len(HOSTILE) // 20) + 1):
        page.goto(f"{ours}/embed/list?page={number}")
        expect(page.locator(".entries li").first).to_be_visible()
        assert page.evaluate("window.pwned") is None
    page.goto(f"{ours}/embed/map?q=n")
    expect(page.locator("#map[data-marks]")).to_be_visible()
    names = page.evaluate(
        """async () => {
          const points = document.getElementById('map').dataset.points;
          const answer = await fetch(points + '&zoom=19&bbox=-2.21,53.399,-2.01,53.401');
          const { features } = await answer.json();
          for (const feature of features) {
            draw(feature);
            if (feature.properties.entries) {
              L.popup().setLatLng([53.4, -2.2]).setContent(listOf(feature.properties.entries, 1)).openOn(map);
            }
          }
          return features.flatMap((one) => (one.properties.entries || []).map((entry) => entry.name));
        }"""
    )
    assert len(names) >= len(HOSTILE) - 5
    assert page.evaluate("window.pwned") is None
    assert page.locator("main script, main img[src='x'], main svg[onload], main iframe").count() == 0
    assert complaints == []


@pytest.mark.parametrize("path", ["list", "map"])
def test_what_is_embedded_has_no_barriers_and_fits_a_phone(page: Page, ours: str, path: str) -> None:
    page.set_viewport_size({"width": PHONE_PX, "height": 800})
    page.goto(f"{ours}/embed/{path}?q=plain")
    expect(page.get_by_role("link", name="Plain Hall").first).to_be_visible()
    if path == "map":
        expect(page.locator("#map[data-marks='1']")).to_be_visible()
    found = Axe().run(page, options={"runOnly": WCAG})
    assert not found.violations_count, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_PX
