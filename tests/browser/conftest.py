"""A server of the demo and a headless Chromium, for every browser test.

Each test process has one browser and one server, however many browser tests it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from etl.settings import PROJECT, Settings
from tests.browser.driving import launch_chromium, running_server
from tests.browser.streets import running_streets

LONGEST_WAIT_MS = 60_000
# Where the processor paints, pages are put together in less time without what is made for graphics cards; maps have
# their WebGL all the same.
PAINTED_PLAINLY = ("--disable-gpu-compositing",)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a browser test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return the browser; each test opens contexts of its own in it, and waits as patiently whoever came before it."""
    expect.set_options(timeout=LONGEST_WAIT_MS)
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright, extra_flags=PAINTED_PLAINLY)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_address(demo_settings: Settings) -> Iterator[str]:
    """Return the address of the whole dashboard over the demo, without a base map."""
    environ = {"COMMONGROUND_HOME": str(demo_settings.home), "COMMONGROUND_BASEMAP_URL": ""}
    with running_server(PROJECT / "dashboard" / "app.py", environ=environ) as address:
        yield address


@pytest.fixture(scope="session")
def streets_address() -> Iterator[str]:
    """Return the address of a base map on another host: any tile under /streets, none elsewhere."""
    with running_streets() as address:
        yield address


@pytest.fixture(scope="session")
def map_address(demo_settings: Settings, streets_address: str) -> Iterator[str]:
    """Return the address of a page that holds nothing but a map of the demo and what changes it."""
    environ = {
        "COMMONGROUND_HOME": str(demo_settings.home),
        "COMMONGROUND_BASEMAP_URL": f"{streets_address}/streets/{{z}}/{{x}}/{{y}}.png",
        "COMMONGROUND_BASEMAP_ATTRIBUTION": "© OpenStreetMap contributors",
    }
    with running_server(HERE / "pages" / "map_app.py", environ=environ) as address:
        yield address


@pytest.fixture(scope="module")
def profile(chromium: Browser) -> Iterator[BrowserContext]:
    """Return one person's browser for the tests of a file: what it has fetched it keeps, as everybody's does."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 1000}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(LONGEST_WAIT_MS)
    yield context
    context.close()


@pytest.fixture
def tab(profile: BrowserContext) -> Iterator[Page]:
    """Return a new tab of that browser; it knows nothing of the others, and opens in much less time than `page`."""
    opened = profile.new_page()
    yield opened
    opened.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page in a context of its own: nothing kept, nothing remembered."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(LONGEST_WAIT_MS)
    yield context.new_page()
    context.close()
