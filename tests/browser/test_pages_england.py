"""The same pages on all of England, where the real data is to hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from etl.settings import PROJECT, Settings
from tests.browser.barriers import stand_still
from tests.browser.driving import running_server

pytestmark = pytest.mark.england

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def england_address(england_settings: Settings) -> Iterator[str]:
    environ = {"COMMONGROUND_HOME": str(england_settings.home), "COMMONGROUND_BASEMAP_URL": ""}
    with running_server(PROJECT / "dashboard" / "app.py", environ=environ) as address:
        yield address


@pytest.fixture(scope="module")
def opened(chromium: Browser, england_address: str) -> Iterator[Page]:
    """Return the Find page of England with its map, opened once: drawing it takes longest."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(england_address)
    page.frame_locator("iframe[title='Map']").locator("#map_div[data-painted]").wait_for(state="attached")
    yield page
    context.close()


@pytest.fixture
def find(opened: Page) -> Page:
    """Return the same page as a newcomer sees it, whatever was chosen on it before."""
    stand_still(opened)
    opened.get_by_role("button", name="Start again").click()
    expect(opened).not_to_have_url(re.compile(r"[?&]at="))
    expect(opened.get_by_role("textbox", name="Find a place or postcode")).to_have_value("")
    stand_still(opened)
    return opened


def test_the_answer_for_england_is_one_sentence(find: Page) -> None:
    expect(find.get_by_text(re.compile(r"[\d,]+ of 33,755 neighbourhoods"))).to_be_visible()


def test_a_postcode_in_manchester_leads_to_manchester(find: Page) -> None:
    search = find.get_by_role("textbox", name="Find a place or postcode")
    search.fill("m144px")
    search.press("Enter")
    expect(find).to_have_url(re.compile("at=E01005244"))
    expect(find.get_by_role("heading", name=re.compile("Moss Side East, Manchester"))).to_be_visible()


def test_a_ward_name_that_two_districts_share_is_asked_about(find: Page) -> None:
    search = find.get_by_role("textbox", name="Find a place or postcode")
    search.fill("Moss Side")
    search.press("Enter")
    find.get_by_text("Moss Side, Manchester (ward)").click()
    expect(find.get_by_role("heading", name="Moss Side, Manchester", exact=True)).to_be_visible()


def test_the_shift_to_telephone_is_shown_where_the_file_covers_it(page: Page, england_address: str) -> None:
    page.goto(f"{england_address}/area?area=E54000022")
    expect(page.get_by_role("heading", level=1)).to_have_text("Norfolk and Waveney")
    expect(page.get_by_text("Not every practice reports")).to_be_visible()
