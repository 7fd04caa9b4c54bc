"""The asset layer: clusters, filters and fading as numbers, cards as plain words, and an address that keeps it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from starlette.applications import Starlette

from dashboard.api.asset_routes import asset_routes
from dashboard.assets import layer as asset_layer
from dashboard.assets.layer import AssetChoice, read_asset_choice, write_asset_choice
from dashboard.assets.live import live_table
from dashboard.assets.live_map import MOST_NAMED, draw_assets, is_fresh, passing
from dashboard.assets.view import AssetView
from dashboard.components.maps.asset_clusters import MOST_CELLS, cluster_points, to_world
from dashboard.components.maps.asset_symbols import SYMBOLS, asset_legend_html, symbol_of
from dashboard.components.maps.places import ENGLAND, Bounds
from dashboard.components.maps.view import AssetLayer
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Availability, Place, Precision, Trust
from dashboard.register.register import Register
from dashboard.register.taxonomy import read_taxonomy
from etl.settings import Settings, read_settings
from tests.payloads import read_payloads
from tests.web import Client

ME = local_actor()
TODAY = date(2026, 3, 4)
FRESH = Trust(confirmed_on=date(2026, 1, 1), next_check_due=date(2027, 1, 1))
STALE = Trust(confirmed_on=date(2024, 1, 1), next_check_due=date(2025, 1, 1))
MANCHESTER = Bounds(west=-2.35, south=53.4, east=-2.15, north=53.55)


def at(lon: float, lat: float) -> Place:
    return Place(precision=Precision.EXACT, lon=lon, lat=lat)


LIBRARY = Asset(
    name="Library", kind="library", offers=("free_wifi",), referral=("self",), opening_hours="24/7", trust=FRESH,
    place=at(-2.25, 53.48),
)  # fmt: skip
PANTRY = Asset(
    name="Pantry", kind="food_bank", offers=("food",), referral=("gp",), opening_hours="Mo-Su off", trust=STALE,
    place=at(-2.2502, 53.4801), availability=Availability.FULL,
)  # fmt: skip
NOBODY_CHECKED = Asset(name="Walkers", kind="sport_and_green", place=at(-2.2, 53.5))
NO_POINT = Asset(name="Phone friends", kind="mutual_aid", service_areas=("E08000003",))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({}, home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def register(settings: Settings) -> Iterator[Register]:
    opened = open_register(settings)
    opened.entries.bring_in([LIBRARY, PANTRY, NOBODY_CHECKED, NO_POINT], actor=ME)
    yield opened
    opened.close()


@pytest.fixture
def client(settings: Settings, register: Register) -> Client:
    assert register.database.file.parent == settings.home
    return Client(Starlette(routes=asset_routes(settings)))


def names(register: Register, view: AssetView) -> set[str]:
    table = live_table(register)
    open_hours = frozenset(table.hours_id[:1].tolist()) if view.is_open_now else None
    rows = np.flatnonzero(passing(table, view=view, today=TODAY, open_hours=open_hours))
    return {register.entries.get(str(table.asset_id[row]), actor=ME).asset.name for row in rows}


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (AssetView(), {"Library", "Pantry", "Walkers", "Phone friends"}),
        (AssetView(kinds=("library", "sport_and_green")), {"Library", "Walkers"}),
        (AssetView(offers=("digital_help",)), {"Library"}),
        (AssetView(referral=("gp",)), {"Pantry"}),
        (AssetView(availability=("full",)), {"Pantry"}),
        (AssetView(freshness=("fresh",)), {"Library"}),
        (AssetView(freshness=("stale",)), {"Pantry"}),
        (AssetView(freshness=("stale", "unchecked")), {"Pantry", "Walkers", "Phone friends"}),
        (AssetView(is_open_now=True), {"Library"}),
        (AssetView(kinds=("library",), referral=("gp",)), set()),
        (AssetView(kinds=("of_old",)), set()),
    ],
)
def test_each_filter_finds_what_it_says(register: Register, view: AssetView, expected: set[str]) -> None:
    assert names(register, view) == expected


def test_what_was_never_checked_or_not_lately_fades(register: Register) -> None:
    assert is_fresh(live_table(register), today=TODAY).tolist() == [True, False, False, False]


def test_from_afar_neighbours_are_one_number_and_near_by_they_are_named(register: Register) -> None:
    table = live_table(register)
    far = draw_assets(register, table, view=AssetView(), bounds=ENGLAND, zoom=6)
    assert (far["total"], far["points"]) == (3, [])
    assert [cluster[2:] for cluster in far["clusters"]] == [[3, 0]]  # type: ignore[attr-defined]
    streets = Bounds(west=-2.26, south=53.47, east=-2.24, north=53.49)
    near = draw_assets(register, table, view=AssetView(), bounds=streets, zoom=16)
    assert [cluster[2:] for cluster in near["clusters"]] == [[2, 0, [1, 2]]]  # type: ignore[attr-defined]
    street = Bounds(west=-2.251, south=53.479, east=-2.249, north=53.481)
    nearest = draw_assets(register, table, view=AssetView(), bounds=street, zoom=18)
    assert nearest["clusters"] == []
    assert nearest["points"] == [
        (-2.25, 53.48, 1, symbol_of("library"), 0), (-2.2502, 53.4801, 2, symbol_of("food_bank"), 1),
    ]  # fmt: skip


def test_a_crowd_in_one_building_is_named_up_to_a_dozen(register: Register) -> None:
    crowd = [replace(NOBODY_CHECKED, name=f"Tenant {number}", place=at(-5.0, 50.3)) for number in range(MOST_NAMED + 2)]
    ids, _ = register.entries.bring_in(crowd, actor=ME)
    table = live_table(register)
    door = Bounds(west=-5.001, south=50.299, east=-4.999, north=50.301)
    drawn = draw_assets(register, table, view=AssetView(), bounds=door, zoom=17)
    keys = [table.key_of(one) for one in ids]
    for one in ids:
        register.entries.withdraw(one, actor=ME)
    ((_, _, count, _, named),) = drawn["clusters"]  # type: ignore[misc]
    assert (count, len(named)) == (len(keys), MOST_NAMED)  # type: ignore[has-type]
    assert set(named) < set(keys)  # type: ignore[has-type]


def test_open_now_asks_the_opening_hours(register: Register) -> None:
    drawn = draw_assets(register, live_table(register), view=AssetView(is_open_now=True), bounds=MANCHESTER, zoom=18)
    assert [point[2] for point in drawn["points"]] == [1]  # type: ignore[attr-defined]


def test_every_point_in_view_is_counted_once_at_any_zoom() -> None:
    rng = np.random.default_rng(3)
    lonlat = np.column_stack([rng.uniform(-6, 2, 5_000), rng.uniform(50, 55.5, 5_000)])
    world = to_world(np.vstack([lonlat, [[np.nan, np.nan]]]))
    for zoom in (0, 5, 6.25, 9, 12, 16, 18, 99, -3):
        clusters = cluster_points(world, bounds=ENGLAND, zoom=zoom)
        assert clusters.count.sum() == len(lonlat) == len(clusters.in_view)
        assert len(clusters.count) <= 2 * MOST_CELLS
    assert clusters.lon.min() >= -180


def test_a_cluster_stands_in_the_middle_of_its_points() -> None:
    world = to_world(np.array([[-2.0, 53.0], [-2.0002, 53.0002]]))
    clusters = cluster_points(world, bounds=ENGLAND, zoom=10)
    assert (clusters.lon[0], clusters.lat[0]) == pytest.approx((-2.0001, 53.0001), abs=1e-6)


def test_a_view_moved_a_little_groups_the_same_points_together() -> None:
    rng = np.random.default_rng(4)
    world = to_world(np.column_stack([rng.uniform(-2.4, -2.0, 800), rng.uniform(53.3, 53.6, 800)]))
    inner = Bounds(west=-2.25, south=53.42, east=-2.15, north=53.48)
    moved = replace(inner, west=-2.26, east=-2.16)
    found = [
        {
            frozenset(clusters.in_view[clusters.cluster_of == number].tolist())
            for number in range(len(clusters.count))
            if -2.24 < clusters.lon[number] < -2.17 and 53.43 < clusters.lat[number] < 53.47
        }
        for clusters in (cluster_points(world, bounds=box, zoom=12) for box in (inner, moved))
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 1


def test_an_asset_published_a_second_ago_is_in_the_next_answer(client: Client, register: Register) -> None:
    address = "/map-assets/view.json?bbox=-6,50,-5,51&zoom=12"
    before = client.get(address)
    added = register.entries.add(replace(LIBRARY, name="New", place=at(-5.5, 50.5)), actor=ME).asset.asset_id
    after = client.get(address)
    register.entries.withdraw(added, actor=ME)
    assert before.json()["points"] == client.get(address).json()["points"] == []
    assert [point[:2] for point in after.json()["points"]] == [[-5.5, 50.5]]
    assert after.json()["number"] > before.json()["number"]
    assert after.headers["cache-control"] == "no-cache"


def test_filters_travel_as_they_do_on_the_assets_page(client: Client) -> None:
    box = "bbox=-2.35,53.4,-2.15,53.55&zoom=18"
    assert client.get(f"/map-assets/view.json?{box}&kind=library,food_bank&referral=self").json()["total"] == 1
    assert client.get(f"/map-assets/view.json?{box}&checked=stale").json()["total"] == 1
    assert client.get(f"/map-assets/view.json?{box}&open=yes").json()["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "bbox=1,2,3&zoom=5",
        "bbox=a,b,c,d&zoom=5",
        "bbox=1,2,3,4&zoom=nan",
        "bbox=1,2,3,inf&zoom=1",
        "bbox=-1e300,-1e300,1e300,1e300&zoom=5",
        "bbox=1,2,3,4&zoom=1e300",
    ],
)
def test_a_box_that_is_none_is_refused_in_a_sentence(client: Client, query: str) -> None:
    answer = client.get(f"/map-assets/view.json?{query}")
    assert answer.status_code == 400
    assert "Give bbox" in answer.json()["error"]


def test_a_card_says_what_everyone_may_see_in_plain_text(client: Client) -> None:
    (card,) = client.get("/map-assets/cards.json?keys=2").json()
    assert (card["name"], card["kind"], card["fades"]) == ("Pantry", "Food support", True)
    lines = dict(card["lines"])
    assert lines["Offers"] == "Food"
    assert lines["How to come to it"] == "Through a GP practice"
    assert lines["Taking people"] == "It is full"
    assert lines["Checked"].startswith("Not checked for")
    assert card["address"] == f"/assets?asset={card['id']}"


def test_cards_of_what_is_not_published_are_left_out(client: Client, register: Register) -> None:
    draft = register.entries.add(replace(LIBRARY, name="Draft"), actor=ME, submit=False).asset.asset_id
    assert register.entries.get(draft, actor=ME).published_version is None
    assert client.get("/map-assets/cards.json?keys=99,x,-1,,9999999999999999999999").json() == []
    assert len(client.get("/map-assets/cards.json?keys=1,2,3").json()) == 3


def test_an_entry_taken_back_while_its_card_is_made_is_left_out(
    client: Client, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = register.entries.add(replace(LIBRARY, name="Brief"), actor=ME).asset.asset_id
    table = live_table(register)
    key = table.key_of(added)
    register.entries.withdraw(added, actor=ME)
    monkeypatch.setattr("dashboard.api.asset_routes.live_table", lambda _register: table)
    assert client.get(f"/map-assets/cards.json?keys={key}").json() == []


def test_every_kind_has_a_sign_and_no_two_signs_look_the_same() -> None:
    kinds = read_taxonomy().terms["kinds"]
    assert {kind for symbol in SYMBOLS for kind in symbol.kinds} == set(kinds)
    assert symbol_of("added_by_an_admin") == len(SYMBOLS) - 1
    assert len({symbol.path for symbol in SYMBOLS}) == len({symbol.words for symbol in SYMBOLS}) == len(SYMBOLS)
    legend = asset_legend_html()
    assert all(symbol.words in legend for symbol in SYMBOLS)
    assert "Faded" in legend


def test_the_choice_of_assets_survives_the_address() -> None:
    filters = AssetView(kinds=("library",), offers=("food",), freshness=("stale",), is_open_now=True)
    choice = AssetChoice(is_shown=True, filters=filters, asset_id="a-1")
    assert read_asset_choice(write_asset_choice(choice)) == choice
    assert choice.is_filtered
    assert write_asset_choice(replace(choice, is_shown=False)) == {}
    assert read_asset_choice({}) == AssetChoice()
    assert read_asset_choice({"assets": "on", "q": "words", "page": "9", "within": "E08000003"}) == AssetChoice(
        is_shown=True
    )
    assert {"assets", "asset", "kind", "offer", "referral", "checked", "open"} == asset_layer.NAMES


@pytest.mark.parametrize("text", [*read_payloads()[:40], "a b", "A", "kind=1"])
def test_no_typed_text_travels_to_the_map_as_a_filter(text: str) -> None:
    assert read_asset_choice({"assets": "on", "kind": text, "offer": text}).asked.get("kind", "") != text
    with pytest.raises(ValueError, match="is not a filter of ids"):
        AssetLayer(number=1, filters={"kind": text})
