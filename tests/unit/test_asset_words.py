"""Entries, their hours, their addresses and their differences in words: pure, so that every page says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.assets.entry_conflict import Choice, differences, settle
from dashboard.assets.entry_typed import asset_of, is_untouched, typed_of
from dashboard.assets.hours_words import clock, open_now_words, week_words
from dashboard.assets.view import AssetView, read_asset_id, read_asset_view, write_asset_view
from dashboard.assets.words import LABELS, Naming, age_words, field_words, where_words
from dashboard.register.errors import ConflictError
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import VERSIONED_FIELDS, Asset, Availability, Place, Precision
from dashboard.register.rules.freshness import Freshness
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store.rows import differing_fields
from dashboard.register.taxonomy import read_taxonomy
from tests.asset_strategies import HOURS, assets
from tests.payloads import read_payloads
from tests.registers import IN_THE_NORTH, LUNCH_CLUB, NORTH

AREAS = {NORTH: "Hill Top, Northtown", "E08000001": "Northtown"}
NAMING = Naming(read_taxonomy(), lambda code: AREAS.get(code, code))
MONDAY = date(2026, 12, 21)
MONDAY_11AM = datetime(2026, 12, 21, 11, 0, tzinfo=UTC)
IDS = st.lists(st.sampled_from(["library", "advice", "food_bank"]), unique=True).map(tuple)
VIEWS = st.builds(
    AssetView,
    text=st.text(max_size=200),
    kinds=IDS,
    offers=IDS,
    audiences=IDS,
    referral=IDS,
    availability=st.lists(st.sampled_from(["open", "full"]), unique=True).map(tuple),
    freshness=st.lists(st.sampled_from([str(one) for one in Freshness]), unique=True).map(tuple),
    area=st.sampled_from(["", "E08000003", "C1ABCDEF"]),
    is_open_now=st.booleans(),
    is_free=st.booleans(),
    page=st.integers(1, 100_000),
)


@given(VIEWS)
def test_a_view_comes_back_from_its_address(view: AssetView) -> None:
    assert read_asset_view(write_asset_view(view)) == view


def test_the_plain_list_has_a_bare_address() -> None:
    assert write_asset_view(AssetView()) == {}


def test_an_address_full_of_rubbish_opens_the_plain_list() -> None:
    parts = ("kind", "offer", "for", "referral", "takes", "checked", "within", "open", "free", "page")
    for payload in read_payloads():
        view = read_asset_view(dict.fromkeys(parts, payload))
        assert replace(view, kinds=(), offers=(), audiences=(), referral=(), area="") == AssetView(page=view.page)
        assert len(read_asset_id({"asset": payload})) <= 100
    assert read_asset_id({"asset": " a\x00b\u202e "}) == "ab"


def test_a_change_goes_back_to_the_first_page_and_turning_a_page_does_not() -> None:
    view = AssetView(page=7)
    assert view.changed(text="hub").page == 1
    assert view.changed(page=8) == AssetView(page=8)


def test_what_is_asked_of_the_register_says_it_all() -> None:
    view = AssetView(text="hub", area="E08000003", freshness=("stale",), is_open_now=True, page=3)
    query = view.query(now=MONDAY_11AM)
    assert (query.text, query.areas, query.freshness) == ("hub", ("E08000003",), (Freshness.STALE,))
    assert (query.open_at, query.page) == (MONDAY_11AM, 3)
    assert AssetView().query(now=MONDAY_11AM).open_at is None


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        # Christmas Day and the holiday for Boxing Day are in this week.
        ("Mo-Fr 09:00-17:00; PH off", [("Monday to Thursday", "9am to 5pm"), ("Friday to Sunday", "closed")]),
        ("24/7", [("Every day", "day and night")]),
        ("Mo-Su 18:00-02:00", [("Every day", "6pm to 2am")]),
        ("Mo,Tu 09:30-12:00,13:00-17:00", [
            ("Monday and Tuesday", "9:30am to midday and 1pm to 5pm"), ("Wednesday to Sunday", "closed")]),
        ('Tu 14:00-16:00 "by appointment"', [
            ("Monday", "closed"), ("Tuesday", "2pm to 4pm (“by appointment”)"), ("Wednesday to Sunday", "closed")]),
        ("Su 10:00-12:00 unknown", [
            ("Monday to Saturday", "closed"), ("Sunday", "10am to midday (perhaps: ask first)")]),
        ("Mo 08:00-24:00; Tu 00:00-24:00; We 00:00-10:00", [
            ("Monday", "8am to midnight"), ("Tuesday", "day and night"), ("Wednesday", "midnight to 10am"),
            ("Thursday to Sunday", "closed")]),
    ],
)  # fmt: skip
def test_hours_of_a_week_are_said_in_words(hours: str, said: list[tuple[str, str]]) -> None:
    assert week_words(hours, today=MONDAY) == said


def test_the_week_begins_with_the_day_asked_for_but_is_said_from_monday() -> None:
    assert week_words("Mo-Fr 09:00-17:00", today=date(2026, 3, 5)) == week_words(
        "Mo-Fr 09:00-17:00", today=date(2026, 3, 3)
    )


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("", ""),
        ("Mo-Fr 09:00-17:00", "Open now, until 5pm."),
        ("Tu 14:30-16:00", "Closed now, until 2:30pm tomorrow."),
        ("Sa 10:00-12:00", "Closed now, until Saturday at 10am."),
        ("Apr-Sep Su 10:00-16:00", "Closed now, until 4 April at 10am."),
        ("Mo 10:00-12:00 unknown", "Ask whether it is open now."),
        ("24/7", "Open now."),
    ],
)
def test_whether_it_is_open_now_says_until_when(hours: str, said: str) -> None:
    assert open_now_words(hours, moment=MONDAY_11AM) == said


@given(st.sampled_from([one for one in HOURS if one]), st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_every_day_of_the_week_is_said_once(hours: str, today: date) -> None:
    said = ", ".join(days for days, _ in week_words(hours, today=today))
    assert said == "Every day" or (said.startswith("Monday") and said.endswith("Sunday"))


def test_hours_are_worked_out_over_the_end_of_summer_time() -> None:
    assert week_words("Su 00:00-24:00", today=date(2026, 10, 20))[-1] == ("Sunday", "day and night")
    assert clock(datetime(2026, 1, 1, 0, 5, tzinfo=UTC)) == "12:05am"


def test_where_it_is_is_said_as_far_as_it_may_be() -> None:
    place = replace(IN_THE_NORTH, lsoa21_code=NORTH)
    assert where_words(replace(LUNCH_CLUB, place=place), naming=NAMING) == "1 High Street, M1 1AA"
    bare = replace(place, postcode="", address=())
    assert where_words(replace(LUNCH_CLUB, place=bare), naming=NAMING) == "Hill Top, Northtown"
    assert where_words(replace(LUNCH_CLUB, place=replace(bare, lsoa21_code="")), naming=NAMING) == "A point on the map"
    rough = Place(precision=Precision.ROUGH, lsoa21_code=NORTH)
    assert where_words(replace(LUNCH_CLUB, place=rough), naming=NAMING) == "Somewhere in Hill Top, Northtown"
    assert "not shown" in where_words(replace(LUNCH_CLUB, place=Place(precision=Precision.ROUGH)), naming=NAMING)
    served = replace(LUNCH_CLUB, place=Place(), service_areas=("E08000001",), service_area_words="its edges")
    assert where_words(served, naming=NAMING) == "Serves Northtown and its edges"


def test_ages_are_said_whichever_end_is_known() -> None:
    said = [age_words(replace(LUNCH_CLUB, min_age=low, max_age=high)) for low, high in ((5, 11), (50, None), (None, 4))]
    assert said == ["5 to 11 years", "50 years and over", "Up to 4 years"]
    assert age_words(LUNCH_CLUB) == ""


def test_every_field_that_can_change_has_a_name_in_words() -> None:
    assert set(VERSIONED_FIELDS) <= set(LABELS)


@given(assets())
def test_every_field_of_any_entry_can_be_said(asset: Asset) -> None:
    for field, value in asset_to_json(asset).items():
        if field in VERSIONED_FIELDS:
            assert field_words(field, value, naming=NAMING)


def test_fields_are_said_in_the_words_of_the_taxonomy() -> None:
    body = asset_to_json(replace(LUNCH_CLUB, is_free=True, service_areas=("E08000001",)))
    said = {name: field_words(name, value, naming=NAMING) for name, value in body.items() if name in VERSIONED_FIELDS}
    assert said["kind"] == "Social club"
    assert said["offers"] == "Company, Free Wi-Fi"
    assert (said["is_free"], said["cost"], said["availability"]) == ("Yes", "nothing", "Nobody has said")
    assert "Mary Bright, 0161 496 0001, mary@example.org (for partners only)" in said["contacts"]
    assert said["place"] == "1 High Street, M1 1AA, point 53.58000, -2.25000 (shown exactly)"
    assert said["service_areas"] == "Northtown"
    assert field_words("availability", "waiting_list", naming=NAMING) == "There is a waiting list"
    assert field_words("place", asset_to_json(Asset(name="", kind=""))["place"], naming=NAMING).startswith("no place")


@given(assets())
def test_a_form_that_nobody_touches_changes_nothing(asset: Asset) -> None:
    typed = typed_of(asset)
    assert tidy_asset(asset_of(typed, base=asset, place=asset.place)) == tidy_asset(asset)
    assert is_untouched(typed, asset.place)


def test_hours_typed_in_words_are_kept_in_the_syntax_and_others_as_they_are() -> None:
    typed = typed_of(LUNCH_CLUB) | {"opening_hours": "Mon-Fri 9am-5pm"}
    assert asset_of(typed, base=LUNCH_CLUB, place=IN_THE_NORTH).opening_hours == "Mo-Fr 09:00-17:00"
    typed["opening_hours"] = "when the light is on"
    assert asset_of(typed, base=LUNCH_CLUB, place=IN_THE_NORTH).opening_hours == "when the light is on"


def make_conflict(mine: Asset, theirs: Asset) -> ConflictError:
    return ConflictError(mine=mine, theirs=theirs, base=LUNCH_CLUB, version=3, differing=differing_fields(mine, theirs))


def test_what_only_one_of_two_changed_is_offered_and_what_both_changed_is_not() -> None:
    mine = replace(LUNCH_CLUB, name="My Lunch Club ", cost="£2")
    theirs = replace(LUNCH_CLUB, name="Their Lunch Club", availability=Availability.FULL)
    found = {one.field: one.offered for one in differences(make_conflict(mine, theirs))}
    assert found == {"name": None, "cost": Choice.MINE, "availability": Choice.THEIRS}


def test_choosing_field_by_field_makes_one_entry_of_two() -> None:
    mine = replace(LUNCH_CLUB, name="Mine", cost="£2")
    theirs = replace(LUNCH_CLUB, name="Theirs", organisation="Trust")
    choices = {"name": Choice.MINE, "cost": Choice.THEIRS, "organisation": Choice.THEIRS}
    assert settle(make_conflict(mine, theirs), choices) == replace(LUNCH_CLUB, name="Mine", organisation="Trust")
