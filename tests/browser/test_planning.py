"""A planner's path in a real browser: my ICB, who is left behind, how sure, why, three hubs, and a colleague."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.questions.places import Area
from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.browser.barriers import assert_nobody_is_kept_out


@pytest.fixture(scope="module")
def repository(demo_settings: Settings) -> Repository:
    return open_repository(current_snapshot(demo_settings))


def test_a_planner_finds_who_is_left_behind_plans_three_hubs_and_a_colleague_sees_the_same(
    page: Page, demo_address: str, repository: Repository, chromium: Browser
) -> None:
    worst = repository.rank_areas(View()).rows(0, 1).iloc[0]
    icb = repository.area(worst["icb_code"])
    assert icb is not None
    find_my_icb(page, demo_address, icb)
    see_why_a_place_is_left_behind(page, str(worst["area_code"]), icb)
    reached = plan_three_hubs(page, icb)
    page.get_by_label("Its name").fill("Three hubs")
    page.get_by_role("button", name="Save the plan").click()
    expect(page).to_have_url(re.compile(r"plan\?plan=w[0-9a-f]{12}$"))
    elsewhere = chromium.new_context()
    colleague = elsewhere.new_page()
    colleague.goto(page.url)
    expect(colleague.get_by_text("You are looking at the plan “Three hubs”")).to_be_visible()
    expect(colleague.get_by_test_id("stMetricValue").first).to_have_text(reached)
    expect(colleague.frame_locator("iframe[title='Map']").locator(".cg-pin")).to_have_text(["1", "2", "3"])
    elsewhere.close()


def find_my_icb(page: Page, demo_address: str, icb: Area) -> None:
    page.goto(demo_address)
    find_place(page, icb.name)
    page.get_by_role("button", name="Show only this area").click()
    expect(page).to_have_url(re.compile(f"within={icb.area_code}"))
    expect(page.get_by_text(re.compile(rf"\d+ of [\d,]+ neighbourhoods in {icb.name}"))).to_be_visible()


def see_why_a_place_is_left_behind(page: Page, area_code: str, icb: Area) -> None:
    find_place(page, area_code)
    card = page.locator(".st-key-why-card")
    expect(card.get_by_text("at these thresholds")).to_contain_text("Left behind")
    expect(card.get_by_text(re.compile("It is in the worst tenth in"))).to_be_visible()
    expect(card.get_by_text("Why here?")).to_be_visible()
    card.get_by_role("link", name="All about this area").click()
    expect(page.get_by_role("heading", name="Why here")).to_be_visible()
    expect(page.get_by_role("heading", name="How sure, and what lies beside it")).to_be_visible()
    expect(page.get_by_role("link", name=icb.name).first).to_be_visible()


def plan_three_hubs(page: Page, icb: Area) -> str:
    """Begin in the neighbourhood, tap a second place, and take the three best new ones for the ICB instead.

    Returns
    -------
    people
        How many those would newly reach, in words.
    """
    page.get_by_role("link", name="What if help were offered here?").click()
    expect(page).to_have_url(re.compile(f"within={icb.area_code}.*sites="))
    map_here = page.frame_locator("iframe[title='Map']")
    expect(map_here.locator(".cg-pin")).to_have_text(["1"])
    map_here.locator("#map_div[data-painted]").wait_for(state="attached")
    map_here.locator("#map_div").click(position={"x": 120, "y": 120})
    expect(map_here.locator(".cg-pin")).to_have_text(["1", "2"])
    expect(page.get_by_text(re.compile("best possible (one|choice)")).last).to_be_visible()
    expect(page.get_by_text("Looking for the best")).to_have_count(0)
    page.get_by_role("button", name="Use these places").last.click()
    expect(page).to_have_url(re.compile("sites="))
    drawn = page.frame_locator("iframe[title='Map']").locator(".cg-pin")
    expect(drawn).to_have_text(["1", "2", "3"])
    page.get_by_role("radio", name="As it is now").or_(page.get_by_role("button", name="As it is now")).first.click()
    expect(page.get_by_text("Newly within 800 m")).to_be_visible()
    expect(drawn).to_have_count(3)
    assert_nobody_is_kept_out(page)
    return page.get_by_test_id("stMetricValue").first.inner_text()


def find_place(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Find a place or postcode")
    box.fill(text)
    box.press("Enter")
    expect(page).to_have_url(re.compile("at="))


def test_a_boundary_is_tapped_out_on_the_map_and_says_how_well_it_fits(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/my-places")
    page.get_by_text("Draw round it").click()
    inside = page.frame_locator("iframe[title='Map']")
    inside.locator("#map_div[data-painted]").wait_for(state="attached")
    for number, (x, y) in enumerate(((150, 90), (400, 100), (390, 380), (160, 370)), start=1):
        inside.locator("#map_div").click(position={"x": x, "y": y})
        expect(inside.locator(".cg-pin")).to_have_count(number)
    expect(page.get_by_text("4 corners so far")).to_be_visible()
    page.get_by_role("button", name="Use this boundary").click()
    expect(page.get_by_text("have their middle inside, and are taken in whole")).to_be_visible()
    expect(page.get_by_text(re.compile(r"About \d+% of those people live outside your boundary"))).to_be_visible()
    expect(page.get_by_label("Its name")).to_be_visible()


@pytest.mark.parametrize("path", ["my-places", "compare?areas=E92000001", "switch", "briefs?area=E92000001"])
def test_the_other_pages_of_planning_keep_nobody_out(page: Page, demo_address: str, path: str) -> None:
    page.goto(f"{demo_address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("These are not real places.")).to_be_visible()
    expect(page.get_by_text("not for targets, league tables").last).to_be_visible()
    assert_nobody_is_kept_out(page)
    page.set_viewport_size({"width": 360, "height": 780})
    assert_nobody_is_kept_out(page)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 360


def test_a_recipe_is_made_by_keyboard_alone_and_keeps_nobody_out(page: Page, demo_address: str) -> None:
    page.goto(f"{demo_address}/own-data")
    box = page.get_by_role("combobox", name="What it is made of")
    for number, name in enumerate(("2025: Crime", "Living environment"), start=1):
        box.fill(name)
        box.press("Enter")
        box.press("Escape")
        expect(page.get_by_role("slider", name=f"Weight of figure {number}")).to_have_value("5")
    weight = page.get_by_role("slider", name="Weight of figure 1")
    weight.press("ArrowRight")
    expect(weight).to_have_value("6")
    expect(page.get_by_text("have a score")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 780})
    expect(page.get_by_role("button", name="Save the recipe")).to_be_visible()
    assert_nobody_is_kept_out(page)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 360
