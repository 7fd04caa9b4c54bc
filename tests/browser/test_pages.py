"""What a person does on the pages, on the made-up places of the demo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from dashboard.repository import Repository, open_repository
from dashboard.state import View
from etl.publish import current_snapshot
from etl.settings import PROJECT, Settings
from tests.browser.barriers import assert_nobody_is_kept_out
from tests.browser.driving import running_server
from tests.browser.map_on_page import MapOnPage

APP = PROJECT / "dashboard" / "app.py"
PATIENCE_MS = 60_000
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
# Where the first row of the list lies below its top left corner.
FIRST_ROW = {"x": 16, "y": 54}
MAP_IS_PAINTED = "#map_div[data-painted]"


@pytest.fixture(scope="module")
def repository(demo_settings: Settings) -> Repository:
    return open_repository(current_snapshot(demo_settings))


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """Return a tab that asks nothing of any other host, whatever is done in it."""
    tab.set_viewport_size(DESKTOP)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    yield tab
    assert {urlsplit(url).netloc for url in asked if url.startswith("http")} == {urlsplit(tab.url).netloc}


@pytest.fixture
def mapless(page: Page) -> Page:
    """Return a tab that cannot have the map, for what is asked of the rest of a page: drawing it takes longest."""
    page.route("**/component/streamlit_folium*/**", lambda route: route.abort())
    return page


def open_find(page: Page, address: str, query: str = "", *, has_map: bool = True) -> None:
    page.goto(f"{address}/{query}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where are people being left behind?")
    if has_map:
        wait_for_map(page)
    else:
        page.get_by_test_id("stDataFrame").first.wait_for()


def wait_for_map(page: Page) -> None:
    page.frame_locator("iframe[title='Map']").locator(MAP_IS_PAINTED).wait_for(state="attached")


def test_choosing_an_indicator_changes_the_address_and_going_back_undoes_it(mapless: Page, demo_address: str) -> None:
    open_find(mapless, demo_address, has_map=False)
    mapless.get_by_role("combobox", name="Colour the map by").fill("Crime")
    mapless.get_by_role("option", name=re.compile("2025: Crime")).click()
    expect(mapless).to_have_url(re.compile(r"show=crime_2025"))
    mapless.go_back()
    expect(mapless.get_by_role("combobox", name="Colour the map by")).to_have_value(
        "Need and digital exclusion together"
    )


def test_changing_a_threshold_changes_the_answer(mapless: Page, demo_address: str) -> None:
    open_find(mapless, demo_address, has_map=False)
    mapless.get_by_role("button", name="What counts as left behind").click()
    mapless.get_by_role("slider", name="Worst per cent on need").press("ArrowRight")
    expect(mapless).to_have_url(re.compile(r"need_worst=21"))
    expect(mapless.get_by_text("worst 21% on need and worst 20% on digital exclusion").first).to_be_visible()


def test_two_choices_within_one_round_trip_both_hold(mapless: Page, demo_address: str) -> None:
    held: list[tuple[WebSocketRoute, str | bytes]] = []
    is_holding = False

    def pass_on(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda said: held.append((socket, said)) if is_holding else socket.send(said))

    mapless.route_web_socket(re.compile("_stcore/stream"), pass_on)
    open_find(mapless, demo_address, has_map=False)
    is_holding = True
    mapless.get_by_role("combobox", name="Size of areas").click()
    mapless.get_by_role("option", name="Wards").click()
    mapless.get_by_text("Community assets", exact=True).click()
    is_holding = False
    for socket, said in held:
        socket.send(said)
    expect(mapless).to_have_url(re.compile(r"level=ward"))
    expect(mapless).to_have_url(re.compile(r"assets=on"))


def test_choosing_a_row_shows_it_on_the_map_and_says_why(page: Page, demo_address: str, repository: Repository) -> None:
    first = repository.rank_areas(View()).rows(0, 1).iloc[0]
    open_find(page, demo_address)
    drawn = MapOnPage(page)
    with drawn.repainted():
        page.get_by_test_id("stDataFrame").first.click(position=FIRST_ROW)
    assert drawn.picked_out("lsoa") == [first["feature_id"]]
    expect(page).to_have_url(re.compile(f"at={first['area_code']}"))
    expect(page.get_by_role("heading", name=first["name"])).to_be_visible()
    expect(page.get_by_text("Number 1 of 900 in the list")).to_be_visible()


def test_another_indicator_or_threshold_recolours_the_map_that_is_there(page: Page, demo_address: str) -> None:
    open_find(page, demo_address)
    drawn = MapOnPage(page)
    drawn.frame.evaluate("() => { window.isTheSame = true; }")
    with drawn.repainted():
        page.get_by_role("combobox", name="Colour the map by").fill("Crime")
        page.get_by_role("option", name=re.compile("2025: Crime")).click()
    assert [url.split("/")[-1] for url in drawn.asked("/values/")] == ["crime_2025.bin"]
    with drawn.repainted():
        page.get_by_role("button", name="What counts as left behind").click()
        page.get_by_role("slider", name="Worst per cent on need").press("ArrowRight")
    assert drawn.asked("/values/") == []
    assert drawn.asked("/tiles/") == []
    assert drawn.frame.evaluate("() => window.isTheSame")


def test_clicking_the_map_chooses_a_neighbourhood_and_its_row(
    page: Page, demo_address: str, repository: Repository
) -> None:
    chosen = repository.rank_areas(View()).rows(0, 1).iloc[0]
    # A link to the place puts it in the middle of the map; closing the card leaves the map where it is.
    open_find(page, demo_address, f"?at={chosen['area_code']}")
    with MapOnPage(page).repainted():
        page.get_by_role("button", name="Close").click()
    expect(page).not_to_have_url(re.compile(r"[?&]at="))
    page.locator("iframe[title='Map']").click()
    expect(page).to_have_url(re.compile(r"at=E01"))
    expect(page.get_by_text("Why here?")).to_be_visible()
    expect(page.get_by_text(re.compile(r"Number [\d,]+ of 900 in the list"))).to_be_visible()


def test_a_shared_link_restores_everything(page: Page, demo_address: str, repository: Repository) -> None:
    district = repository.areas_of_level("lad").iloc[0]
    ward = repository.rank_areas(View(level="ward", within=district["area_code"])).rows(0, 1).iloc[0]
    open_find(
        page,
        demo_address,
        f"?level=ward&show=health_2025&within={district['area_code']}&base=within&need_worst=35&at={ward['area_code']}",
    )
    expect(page.get_by_role("combobox", name="Size of areas")).to_have_value("Wards")
    expect(page.get_by_role("combobox", name="Show only")).to_have_value(f"{district['name']} (district)")
    expect(page.get_by_role("heading", name=ward["name"])).to_be_visible()
    expect(page.get_by_text("worst 35% on need").first).to_be_visible()


def test_the_link_is_copied_in_one_click(mapless: Page, demo_address: str) -> None:
    open_find(mapless, demo_address, "?need_worst=33", has_map=False)
    frame = mapless.frame_locator("iframe[src*='copy_link']")
    frame.get_by_role("button", name="Copy link").click()
    expect(frame.get_by_role("status")).to_have_text("Copied")
    assert "need_worst=33" in mapless.evaluate("navigator.clipboard.readText()")


def test_starting_again_is_one_click(mapless: Page, demo_address: str) -> None:
    open_find(mapless, demo_address, "?need_worst=33&level=lad", has_map=False)
    mapless.get_by_role("button", name="Start again").click()
    expect(mapless).not_to_have_url(re.compile("need_worst|level"))


def test_a_postcode_that_is_not_there_is_said_to_be_so_and_another_leads_to_its_neighbourhood(
    mapless: Page, demo_address: str, repository: Repository
) -> None:
    row = repository.warehouse.table("postcode").filter("lsoa21_code IS NOT NULL").limit(1).df().iloc[0]
    open_find(mapless, demo_address, has_map=False)
    search = mapless.get_by_role("textbox", name="Find a place or postcode")
    search.fill("ZZ99 9ZZ")
    search.press("Enter")
    expect(mapless.get_by_text("is not among those loaded")).to_be_visible()
    search.fill(row["postcode"].replace(" ", "").lower())
    search.press("Enter")
    expect(mapless).to_have_url(re.compile(f"at={row['lsoa21_code']}"))
    expect(mapless.get_by_text("is not among those loaded")).to_be_hidden()


def test_the_card_leads_to_the_area_page_and_back(page: Page, demo_address: str, repository: Repository) -> None:
    chosen = repository.rank_areas(View()).rows(0, 1).iloc[0]
    open_find(page, demo_address, f"?need_worst=30&at={chosen['area_code']}")
    page.get_by_role("link", name="All about this area").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(chosen["name"])
    expect(page).to_have_url(re.compile(f"/area\\?area={chosen['area_code']}"))
    page.get_by_role("link", name="Find", exact=True).click()
    expect(page).to_have_url(re.compile("need_worst=30"))


def test_the_links_above_a_neighbourhood_lead_up_through_every_level_to_england(
    mapless: Page, demo_address: str, repository: Repository
) -> None:
    area = repository.areas_of_level("lsoa").iloc[0]
    above = repository.parents(area["area_code"])
    assert [parent.area_type for parent in above] == ["icb", "sicbl", "lad", "ward", "msoa"]
    mapless.goto(f"{demo_address}/area?area={area['area_code']}")
    way_up = [area["name"], *(parent.name for parent in reversed(above)), "England"]
    for place, name in enumerate(way_up):
        expect(mapless.get_by_role("heading", level=1)).to_have_text(name)
        expect(mapless.get_by_text("not for targets, league tables")).to_be_visible()
        expect(mapless.get_by_text("something went wrong")).to_have_count(0)
        links = mapless.locator(".st-key-breadcrumb").get_by_role("link")
        expect(links).to_have_count(len(way_up) - 1 - place)
        if name != "England":
            links.last.click()


@pytest.mark.parametrize("kind", ["find", "chosen", "area", "larger area", "no area", "data"])
def test_no_page_keeps_anybody_out_on_a_desk_or_in_a_hand(
    page: Page, demo_address: str, repository: Repository, kind: str
) -> None:
    area = repository.rank_areas(View()).rows(0, 1).iloc[0]
    icb = repository.areas_of_level("icb").iloc[0]
    paths = {
        "find": "/", "chosen": f"/?at={area['area_code']}", "area": f"/area?area={area['area_code']}",
        "larger area": f"/area?area={icb['area_code']}", "no area": "/area", "data": "/data",
    }  # fmt: skip
    page.goto(demo_address + paths[kind])
    expect(page.get_by_text("not for targets, league tables")).to_be_visible()
    expect(page.get_by_text("These are not real places.")).to_be_visible()
    titles = {"area": area["name"], "larger area": icb["name"], "no area": "Area", "data": "Data and methods"}
    expect(page).to_have_title(f"{titles.get(kind, 'Find')} · Common Ground")
    if kind not in {"no area", "data"}:
        wait_for_map(page)
    assert_nobody_is_kept_out(page)
    page.set_viewport_size(PHONE)
    assert_nobody_is_kept_out(page)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE["width"]


def test_an_empty_home_loads_the_demo_at_a_click_even_on_the_page_of_an_area(
    mapless: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("empty")
    with running_server(APP, environ={"COMMONGROUND_HOME": str(home)}) as empty:
        # The first thing that a server is asked may be the page of an area: it is shown by main.py all the same.
        mapless.goto(f"{empty}/area?area=E92000001")
        expect(mapless.get_by_role("heading", level=1)).to_have_text("Nothing has been loaded yet")
        expect(mapless.get_by_role("button", name="Load the demonstration")).to_be_visible()
        assert_nobody_is_kept_out(mapless)
        mapless.get_by_role("button", name="Load the demonstration").click()
        expect(mapless.get_by_role("heading", level=1)).to_have_text("England", timeout=4 * PATIENCE_MS)
        expect(mapless.get_by_text("These are not real places.")).to_be_visible()
