"""What a person does to be sure of an order, and to see what might help, on the made-up places of the demo."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.browser.barriers import assert_nobody_is_kept_out
from tests.browser.map_on_page import MapOnPage


@pytest.fixture(scope="module")
def repository(demo_settings: Settings) -> Repository:
    return open_repository(current_snapshot(demo_settings))


def test_weighing_otherwise_and_working_out_how_sure_the_order_is(
    page: Page, demo_address: str, repository: Repository
) -> None:
    town = repository.areas_of_level("lad").iloc[0]
    drawn = MapOnPage(page)
    drawn.open(f"{demo_address}/?within={town['area_code']}")
    said = page.get_by_text("in the worst tenth in 95 or more of 100 ways of weighing")
    expect(said).to_be_visible()
    for there in (page, drawn.frame):
        there.evaluate("() => { window.isTheSame = true; }")
    drawn.requests.clear()
    page.get_by_role("button", name="What counts as left behind").click()
    page.get_by_role("slider", name="Weight of need in the order").press("ArrowRight")
    expect(page).to_have_url(re.compile("need_weight=6"))
    assert_nobody_is_kept_out(page)
    page.keyboard.press("Escape")
    expect(page.get_by_text("Not worked out yet for these choices")).to_be_visible()
    page.get_by_role("button", name="Work out how sure the order is").click()
    expect(said).to_be_visible()
    page.get_by_role("button", name="What counts as left behind").click()
    page.get_by_role("slider", name="Worst per cent on digital exclusion").press("ArrowRight")
    expect(page).to_have_url(re.compile("exclusion_worst=21"))
    page.get_by_role("combobox", name="Digital exclusion").click()
    page.get_by_role("option").filter(has_not_text=repository.recipes[View().exclusion].name).first.click()
    expect(page).to_have_url(re.compile("exclusion=[a-z]"))
    expect(page.get_by_text("Not worked out yet for these choices")).to_be_visible()
    page.get_by_text(town["name"], exact=True).last.click()
    expect(page).to_have_url(re.compile("base=within"))
    expect(page.get_by_text(f"in {town['name']}'s worst 20% on need")).to_be_visible()
    page.get_by_role("button", name="Reset these choices").click()
    expect(page).to_have_url(f"{demo_address}/?within={town['area_code']}")
    expect(said).to_be_visible()
    # All of it on the page and the map that were there, and without a tile.
    assert all(there.evaluate("() => window.isTheSame") for there in (page, drawn.frame))
    assert drawn.asked("/tiles/") == []


def test_tapping_a_cell_lists_its_places_and_shows_what_partners_have_tried(page: Page, demo_address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{demo_address}/segments")
    page.get_by_role("button", name=re.compile("Middling need, low digital exclusion")).click()
    expect(page).to_have_url(re.compile(r"need=2.*exclusion=3|exclusion=3.*need=2"))
    expect(page.get_by_role("heading", name="Middling need, low digital exclusion").first).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Ask volunteers from here to help")).to_be_visible()
    page.frame_locator("iframe[title='Map']").locator("#map_div[data-painted]").wait_for(state="attached")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1280, "height": 900})
    assert_nobody_is_kept_out(page)
