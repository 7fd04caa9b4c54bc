"""A planner's path in a real browser: a place by its postcode, before and after, saved, and opened by a colleague."""

from __future__ import annotations

import re

import duckdb
import pytest
from playwright.sync_api import Page, expect

from etl.publish import current_snapshot
from etl.settings import Settings
from tests.browser.barriers import assert_nobody_is_kept_out


@pytest.fixture(autouse=True)
def patience() -> None:
    expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def postcode(demo_settings: Settings) -> str:
    """Return a postcode of the demo in a left-behind neighbourhood."""
    with duckdb.connect(str(current_snapshot(demo_settings)), read_only=True) as con:
        row = con.execute(
            "SELECT postcode FROM postcode JOIN left_behind USING (lsoa21_code) WHERE is_left_behind ORDER BY 1"
        ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_planner_adds_a_place_sees_before_and_after_saves_it_and_a_colleague_sees_the_same(
    page: Page, demo_address: str, postcode: str
) -> None:
    page.goto(f"{demo_address}/plan")
    box = page.get_by_label(re.compile("^Add a place"))
    box.fill(postcode)
    box.press("Enter")
    page.get_by_role("button", name=f"Add {postcode}").click()
    expect(page.get_by_text("Newly within 800 m")).to_be_visible()
    expect(page).to_have_url(re.compile("sites="))
    drawn = page.frame_locator("iframe[title='Map']").locator(".cg-pin")
    expect(drawn).to_have_text("1")
    reached = page.get_by_test_id("stMetricValue").first.inner_text()
    page.get_by_role("radio", name="As it is now").or_(page.get_by_role("button", name="As it is now")).first.click()
    expect(drawn).to_have_text("1")
    expect(page.get_by_text(re.compile("best possible (one|choice)")).first).to_be_visible()
    assert_nobody_is_kept_out(page)
    page.get_by_label("Its name").fill("Three hubs")
    page.get_by_role("button", name="Save the plan").click()
    expect(page).to_have_url(re.compile(r"plan\?plan=w[0-9a-f]{12}$"))
    colleague = page.context.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_text("You are looking at the plan “Three hubs”")).to_be_visible()
    expect(colleague.get_by_test_id("stMetricValue").first).to_have_text(reached)


@pytest.mark.parametrize("path", ["my-places", "compare?areas=E92000001", "switch", "own-data"])
def test_the_other_pages_of_planning_keep_nobody_out(page: Page, demo_address: str, path: str) -> None:
    page.goto(f"{demo_address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    assert_nobody_is_kept_out(page)
