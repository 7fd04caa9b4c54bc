"""The map in a real browser: what a person does with it, and what they then see."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Position, Route, expect

from tests.browser.map_on_page import MapOnPage

MOST_BYTES_FOR_AN_INDICATOR = 40_000
HOSTILE = "<img src=x onerror=\"parent.document.title='run'\">${alert(1)}`"
NO_WEBGL = """
const getContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
};
"""


@pytest.fixture
def page(tab: Page) -> Page:
    return tab


@pytest.fixture
def drawn(page: Page, map_address: str) -> MapOnPage:
    drawn = MapOnPage(page)
    drawn.open(map_address)
    return drawn


def hosts_of(drawn: MapOnPage) -> set[str]:
    return {urlsplit(request.url).netloc for request in drawn.requests if request.url.startswith("http")}


def test_every_neighbourhood_is_drawn_without_a_word_of_complaint(drawn: MapOnPage) -> None:
    assert drawn.box.get_attribute("data-state") == "drawn"
    expect(drawn.inside.get_by_text("Drawing the map…")).to_be_hidden()
    assert drawn.problems == []
    counts = drawn.frame.evaluate(
        "() => Object.values(map._layers).find(layer => layer.getMaplibreMap).getMaplibreMap()"
        ".querySourceFeatures('lsoa', {sourceLayer: 'lsoa'}).length"
    )
    assert counts > 500


def test_no_request_leaves_the_origin_while_there_is_no_base_map(drawn: MapOnPage, map_address: str) -> None:
    drawn.choose("Show", "crime_2025")
    drawn.page.reload()
    drawn.wait()
    assert hosts_of(drawn) == {urlsplit(map_address).netloc}


def test_another_indicator_is_new_colours_and_few_bytes_and_no_tile(chromium: Browser, map_address: str) -> None:
    # A browser of its own, which has fetched nothing before.
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    drawn = MapOnPage(context.new_page())
    drawn.open(map_address)
    before = drawn.picture()
    drawn.choose("Show", "income_2025")
    assert drawn.asked("/tiles/") == []
    (figures,) = drawn.asked("/values/")
    assert figures.endswith("/lsoa/income_2025.bin")
    (request,) = [request for request in drawn.requests if request.url == figures]
    assert 0 < request.sizes()["responseBodySize"] < MOST_BYTES_FOR_AN_INDICATOR
    assert drawn.picture() != before
    assert drawn.problems == []
    context.close()


def test_an_indicator_seen_before_comes_back_without_any_request(drawn: MapOnPage) -> None:
    drawn.choose("Show", "income_2025")
    drawn.choose("Show", "imd_2025")
    assert drawn.asked("/tiles/") + drawn.asked("/values/") == []


def test_another_threshold_moves_the_outlines_without_any_request(drawn: MapOnPage) -> None:
    before = drawn.picture()
    with drawn.repainted():
        field = drawn.page.get_by_label("Worst per cent")
        field.fill("60")
        field.press("Enter")
    assert drawn.asked("/tiles/") + drawn.asked("/values/") == []
    assert drawn.picture() != before


def test_need_and_exclusion_together_have_a_legend_in_words(drawn: MapOnPage) -> None:
    drawn.choose("Show", "both")
    legend = drawn.page.get_by_role("region", name="Legend")
    expect(legend.get_by_role("columnheader")).to_have_text(["Worst third", "Middle third", "Best third"])
    expect(legend.get_by_role("rowheader")).to_have_text(["Worst third", "Middle third", "Best third"])
    expect(legend).to_contain_text("Need: worst third; digital exclusion: worst third")
    expect(legend).to_contain_text("Left behind: worst 20% on need and worst 20% on digital exclusion")


def test_every_level_is_drawn_on_the_same_map(drawn: MapOnPage) -> None:
    drawn.frame.evaluate("() => { window.isTheSame = true; }")
    pictures = [drawn.picture()]
    for level in ("msoa", "ward", "lad", "icb"):
        drawn.choose("Level", level)
        assert drawn.asked(f"/{level}/")
        assert drawn.frame.evaluate("() => window.isTheSame")
        pictures.append(drawn.picture())
    assert len(set(pictures)) == len(pictures)
    assert drawn.problems == []


def test_one_district_alone_is_outlined_and_looked_at(drawn: MapOnPage) -> None:
    before = drawn.view
    drawn.tick("One district alone")
    assert drawn.asked("/members/")
    drawn.frame.wait_for_function("lon => Math.abs(map.getCenter().lng - lon) > 0.05", arg=before[1])


def test_figures_can_be_counted_within_a_district(drawn: MapOnPage) -> None:
    before = drawn.picture()
    drawn.tick("Count within the district")
    assert all("?base=E" in address for address in drawn.asked("/values/"))
    assert drawn.picture() != before


def spot_on_an_area(drawn: MapOnPage) -> Position:
    """Return a point of the map, in pixels, where an area is drawn."""
    spot: Position = drawn.frame.evaluate(
        """() => {
            const gl = Object.values(map._layers).find(layer => layer.getMaplibreMap).getMaplibreMap();
            const size = map.getSize();
            for (let x = size.x * 0.5; x > 60; x -= 9) for (let y = size.y * 0.3; y > 20; y -= 9) {
                const at = map.containerPointToLatLng([x, y]);
                const found = gl.queryRenderedFeatures(gl.project([at.lng, at.lat]), {layers: ["fill-lsoa"]});
                if (found.length) return {x, y};
            }
        }"""
    )
    return spot


def click_an_area(drawn: MapOnPage) -> None:
    """Click where an area is drawn."""
    drawn.box.click(position=spot_on_an_area(drawn))


def test_a_click_names_the_neighbourhood_that_lies_there(drawn: MapOnPage) -> None:
    for _ in range(3):
        drawn.zoom_in()
    with drawn.repainted():
        click_an_area(drawn)
    said = drawn.page.get_by_text("Clicks: 1.")
    expect(said).to_be_visible()
    named = re.fullmatch(r"Clicks: 1\. Drawn there: (\w+)\. Lies there: (\w+)\.", said.inner_text())
    assert named is not None
    assert named[1] == named[2] != "nothing"


def test_a_click_on_a_map_that_is_half_in_sight_does_not_move_the_page(drawn: MapOnPage) -> None:
    drawn.page.set_viewport_size({"width": 1280, "height": 900})
    drawn.page.evaluate("() => window.scrollTo(0, 0)")
    size = drawn.box.bounding_box()
    spot = spot_on_an_area(drawn)
    assert size is not None
    assert size["y"] + size["height"] > 900 > size["y"] + spot["y"]
    with drawn.repainted():
        drawn.page.mouse.click(size["x"] + spot["x"], size["y"] + spot["y"])
    assert drawn.box.bounding_box() == size
    expect(drawn.inside.locator(".cg-cross")).to_be_hidden()


def test_a_click_is_answered_once_whatever_else_changes(drawn: MapOnPage) -> None:
    with drawn.repainted():
        click_an_area(drawn)
    drawn.choose("Show", "crime_2025")
    drawn.choose("Level", "msoa")
    expect(drawn.page.get_by_text("Clicks: 1.")).to_be_visible()


def test_a_zoom_is_in_the_address_and_a_reload_keeps_it(drawn: MapOnPage) -> None:
    drawn.zoom_in()
    drawn.zoom_in()
    left = drawn.view
    assert drawn.view_in_address == left
    drawn.page.reload()
    drawn.wait()
    assert drawn.view == left


def test_a_shared_link_opens_the_same_view_in_another_browser(drawn: MapOnPage, chromium: Browser) -> None:
    drawn.zoom_in()
    left, link = drawn.view, drawn.page.url
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    other = MapOnPage(context.new_page())
    other.open(link)
    assert other.view == left
    context.close()


def test_what_the_page_writes_in_the_address_keeps_the_view(drawn: MapOnPage) -> None:
    drawn.zoom_in()
    left = drawn.view
    drawn.page.get_by_role("button", name="Write the address").click()
    drawn.page.wait_for_function("() => location.search.includes('show=imd_2025')")
    assert drawn.view_in_address == left
    drawn.choose("Show", "crime_2025")
    assert drawn.view_in_address == left
    assert drawn.view == left


def test_a_mistyped_link_opens_the_whole_map(page: Page, map_address: str) -> None:
    mistyped = MapOnPage(page)
    for query in ("lat=x&lon=1&zoom=9", "lat=999&lon=0&zoom=9", "lat=52&lon=0", "zoom="):
        mistyped.open(f"{map_address}/?{query}")
        assert mistyped.box.get_attribute("data-state") == "drawn"
        lat, lon, _ = mistyped.view
        assert 49 < lat < 56
        assert -7 < lon < 3
        # The next one is a newcomer's link too: nothing is remembered of where this one looked.
        page.evaluate("() => sessionStorage.clear()")


def test_the_keyboard_alone_moves_zooms_chooses_and_leaves(drawn: MapOnPage) -> None:
    drawn.box.focus()
    before = drawn.view
    expect(drawn.inside.locator(".cg-cross")).to_be_visible()
    drawn.page.keyboard.press("+")
    drawn.frame.wait_for_function("zoom => map.getZoom() > zoom && !map._animatingZoom", arg=before[2])
    drawn.page.keyboard.press("ArrowUp")
    drawn.frame.wait_for_function("lat => map.getCenter().lat > lat + 0.01", arg=before[0])
    drawn.page.keyboard.press("Enter")
    expect(drawn.page.get_by_text("Clicks: 1.")).to_be_visible()
    drawn.box.focus()
    for _ in range(6):
        drawn.page.keyboard.press("Tab")
    assert drawn.page.evaluate("() => document.activeElement.tagName") != "IFRAME"


def test_pointing_at_an_area_says_its_name_as_text_whatever_it_holds(page: Page, map_address: str) -> None:
    def answer(route: Route) -> None:
        value = {"name": HOSTILE, "value": HOSTILE, "rank": ""}
        route.fulfill(json={"name": HOSTILE, "values": [value]})

    page.route("**/areas/**", answer)
    drawn = MapOnPage(page)
    drawn.open(map_address)
    hover_an_area(drawn)
    card = drawn.inside.locator(".cg-card")
    expect(card.get_by_role("heading")).to_have_text(HOSTILE)
    assert card.locator("img").count() == 0
    assert page.title() != "run"


def hover_an_area(drawn: MapOnPage) -> None:
    """Point at an area that is in sight, and wait for its card."""
    size = drawn.box.bounding_box()
    assert size is not None
    card = drawn.inside.locator(".cg-card")
    spot = spot_on_an_area(drawn)
    drawn.page.mouse.move(size["x"] + spot["x"] + 1, size["y"] + spot["y"])
    drawn.page.mouse.move(size["x"] + spot["x"], size["y"] + spot["y"])
    expect(card).to_be_visible()


def test_a_base_map_is_asked_of_its_own_host_and_of_no_other(
    drawn: MapOnPage, map_address: str, streets_address: str
) -> None:
    drawn.tick("Streets")
    expect(drawn.inside.locator(".leaflet-basemap-pane img.leaflet-tile-loaded").first).to_be_attached()
    assert hosts_of(drawn) <= {urlsplit(address).netloc for address in (map_address, streets_address)}
    assert urlsplit(streets_address).netloc in hosts_of(drawn)
    expect(drawn.inside.get_by_role("link", name="OpenStreetMap")).to_be_visible()
    drawn.tick("Streets")
    assert drawn.inside.locator(".leaflet-basemap-pane img").count() == 0
    assert drawn.problems == []


def test_a_base_map_that_is_not_there_is_said_quietly(page: Page, map_address: str) -> None:
    drawn = MapOnPage(page)
    drawn.open(f"{map_address}/?streets=gone")
    expect(drawn.inside.get_by_text("The base map is not available just now.")).to_be_visible()
    assert drawn.inside.locator(".leaflet-basemap-pane img").count() == 0
    assert drawn.box.get_attribute("data-state") == "drawn"


def test_a_choice_made_while_the_map_is_still_coming_is_not_lost(page: Page, map_address: str) -> None:
    held: list[Route] = []
    page.route("**/maplibre-gl-csp.js", lambda route: held.extend([route]))
    drawn = MapOnPage(page)
    with page.expect_request("**/maplibre-gl-csp.js"):
        page.goto(map_address)
    page.get_by_role("combobox", name="Show").click()
    page.get_by_role("option", name="crime_2025", exact=True).click()
    expect(page.get_by_role("region", name="Legend")).to_contain_text("crime_2025")
    with page.expect_request("**/lsoa/crime_2025.bin"):
        held[0].continue_()
    drawn.wait()
    assert drawn.box.get_attribute("data-state") == "drawn"


def test_without_webgl_the_frame_says_so_and_points_to_the_table(page: Page, map_address: str) -> None:
    page.add_init_script(NO_WEBGL)
    drawn = MapOnPage(page)
    drawn.open(map_address)
    expect(
        drawn.inside.get_by_text("WebGL is turned off or missing. The table on this page says the same.")
    ).to_be_visible()
    assert drawn.asked("/tiles/") == []


def test_figures_that_cannot_be_fetched_are_said_with_what_to_do(page: Page, map_address: str) -> None:
    page.route("**/values/**", lambda route: route.abort())
    drawn = MapOnPage(page)
    drawn.open(map_address)
    expect(drawn.inside.get_by_text("The figures for this map could not be fetched. Reload the page")).to_be_visible()
    assert drawn.box.get_attribute("data-state") == "failed"


def test_figures_that_failed_once_are_drawn_when_they_come(page: Page, map_address: str) -> None:
    page.route("**/values/**", lambda route: route.abort())
    drawn = MapOnPage(page)
    drawn.open(map_address)
    page.unroute("**/values/**")
    drawn.choose("Show", "crime_2025")
    assert drawn.box.get_attribute("data-state") == "drawn"
    expect(drawn.inside.get_by_text("could not be fetched")).to_be_hidden()


def test_the_page_and_the_frame_break_no_rule_of_wcag_2_2_aa(drawn: MapOnPage) -> None:
    drawn.choose("Show", "both")
    drawn.tick("Streets")
    hover_an_area(drawn)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    for part in (drawn.page, drawn.frame):
        found = Axe().run(part, options=rules)
        assert found.violations_count == 0, found.generate_report()


def test_the_map_has_a_name_and_says_how_to_use_it_and_where_else_to_look(drawn: MapOnPage) -> None:
    assert drawn.page.locator("iframe").get_attribute("title") == "Map"
    label = drawn.box.get_attribute("aria-label") or ""
    assert "Arrow keys" in label
    assert "table" in label


def test_on_a_phone_the_map_fits_and_its_buttons_are_large_enough(chromium: Browser, map_address: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    drawn = MapOnPage(context.new_page())
    drawn.open(map_address)
    size = drawn.box.bounding_box()
    assert size is not None
    assert size["width"] <= 360
    assert drawn.frame.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    for name in ("Zoom in", "Zoom out"):
        button = drawn.inside.get_by_role("button", name=name).bounding_box()
        assert button is not None
        assert min(button["width"], button["height"]) >= 24
    context.close()
