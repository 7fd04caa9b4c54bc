"""Community assets on the Find page: off until somebody asks, then on the map and in a list that says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.assets.live import live_table
from dashboard.components.find import map as find_map
from dashboard.components.find.assets_list import describe_assets
from dashboard.components.maps.view import MapEvent, MapView
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Availability, Place, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.taxonomy import read_taxonomy
from etl.settings import Settings
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import LADS, LSOAS, make_home

ME = local_actor()
HERE = Place(precision=Precision.EXACT, easting=500.0, northing=500.0, lsoa21_code=LSOAS[0])
HUB = Asset(
    asset_id="hub", name="[Hub](x) *here*", kind="digital_hub", offers=("device_loan",), referral=("self",), place=HERE
)
CLUB = Asset(asset_id="club", name="Club", kind="social_club", availability=Availability.OPEN, place=HERE)
FAR = Asset(asset_id="far", name="Far away", kind="library", place=Place(), service_areas=(LADS[1],))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("find-assets"))


@pytest.fixture(scope="module")
def register(settings: Settings) -> Iterator[Register]:
    opened = open_register(settings)
    opened.entries.bring_in([HUB, CLUB, FAR], actor=ME)
    yield opened
    opened.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, register: Register) -> list[MapView]:
    """Return what the map is told, run after run; nobody clicks."""
    assert live_table(register).number
    views: list[MapView] = []
    monkeypatch.setattr(find_map, "show_map", lambda *, view, **_rest: views.append(view))
    return views


def listed(page: AppTest) -> list[str]:
    (frame,) = (one.value for one in page.dataframe if "Checked" in one.value.columns)
    return list(frame["Name"])


def test_no_asset_is_drawn_until_somebody_asks(settings: Settings, told: list[MapView]) -> None:
    page = open_page("find", settings)
    assert told[-1].assets is None
    assert len(page.dataframe) == 1
    page.toggle(key="find-assets").set_value(True).run()
    assert not page.exception
    assert query_of(page) == {"assets": "on"}
    assert told[-1].assets is not None
    assert listed(page) == ["Club", "Far away", "[Hub](x) *here*"]
    page.toggle(key="find-assets").set_value(False).run()
    assert query_of(page) == {}


def test_filters_narrow_the_map_and_the_list_and_are_in_the_address(settings: Settings, told: list[MapView]) -> None:
    page = open_page("find", settings, assets="on")
    page.multiselect(key="find-asset-kinds").select("social_club").run()
    assert query_of(page) == {"assets": "on", "kind": "social_club"}
    assert told[-1].assets is not None
    assert told[-1].assets.filters == {"kind": "social_club"}
    assert listed(page) == ["Club"]
    page.checkbox(key="find-asset-is_open_now").check().run()
    assert query_of(page)["open"] == "yes"
    assert "None that fit" in words_of(page)


def test_the_list_is_that_of_the_chosen_area(settings: Settings, told: list[MapView]) -> None:
    assert listed(open_page("find", settings, assets="on", within=LADS[1])) == ["Far away"]
    assert listed(open_page("find", settings, assets="on", at=LSOAS[0])) == ["Club", "[Hub](x) *here*"]
    assert len(told) == 2


def test_a_newer_entry_is_told_to_the_map_at_the_next_interaction(
    settings: Settings, told: list[MapView], register: Register
) -> None:
    page = open_page("find", settings, assets="on")
    assert told[-1].assets is not None
    before = told[-1].assets.number
    register.entries.add(replace(CLUB, asset_id="new", name="New"), actor=ME)
    page.multiselect(key="find-asset-kinds").select("social_club").run()
    register.entries.withdraw("new", actor=ME)
    assert told[-1].assets.number > before
    assert listed(page) == ["Club", "New"]


def test_a_click_on_an_asset_chooses_it_and_links_to_its_entry(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = live_table(register).key_of("hub")
    clicks = [MapEvent(lon=0, lat=52, layer="lsoa", feature_id=None, asset_key=key)]
    monkeypatch.setattr(find_map, "show_map", lambda **_all: clicks.pop() if clicks else None)
    page = open_page("find", settings, assets="on")
    assert not page.exception
    assert query_of(page) == {"assets": "on", "asset": "hub"}
    assert next(one.proto.label for one in page.get("page_link")) == r"Open the entry of \[Hub\]\(x\) \*here\*"


def test_a_click_on_an_asset_that_is_gone_changes_nothing(
    settings: Settings, told: list[MapView], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told == []
    click = MapEvent(lon=0, lat=52, layer="lsoa", feature_id=None, asset_key=999)
    monkeypatch.setattr(find_map, "show_map", lambda **_all: click)
    assert query_of(open_page("find", settings, assets="on")) == {"assets": "on"}


def test_the_list_says_what_the_map_says_in_words(register: Register) -> None:
    entries = register.finding.find(Query(kinds=("digital_hub",)), actor=ME).entries
    (row,) = describe_assets(entries, taxonomy=read_taxonomy()).to_dict("records")
    assert row == {
        "Name": "[Hub](x) *here*",
        "Kind": "Digital help",
        "Offers": "Borrow a phone, tablet or laptop",
        "How to come to it": "Just turn up or get in touch",
        "Taking people": "Nobody has said",
        "Checked": "Not checked by anyone yet.",
    }
