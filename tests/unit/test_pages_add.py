"""The form by which entries are added and changed: nothing typed is lost, and every refusal stands beside its box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.entry_form import place as entry_form_place
from dashboard.components.maps.view import MapEvent
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import State, Waiting
from dashboard.register.model import Asset, Audience, Contact, Place, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.limits import WORDS
from etl.settings import Settings
from tests.hostile import TEXT_LINES, hostile_entries
from tests.registers import LUNCH_CLUB, PARTNER, REVIEWER
from tests.unit.asset_pages import (
    box,
    copy_register,
    labels_of,
    links_of,
    look_as,
    make_pattern,
    open_form,
    press,
    words_of,
)
from tests.unit.page_scripts import query_of
from tests.unit.small_snapshot import ICB, LADS, LSOAS

SEND, KEEP = "Save and send in", "Keep as a draft"
KNOWN = "AB1 3EF"
CLUB = replace(
    LUNCH_CLUB, place=Place(precision=Precision.EXACT, postcode=KNOWN, lsoa21_code=LSOAS[0], address=("1 High Street",))
)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_pattern(tmp_path_factory.mktemp("add"))


@pytest.fixture
def settings(pattern: Settings, tmp_path: Path) -> Settings:
    return copy_register(pattern, tmp_path)


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    opened = open_register(settings)
    yield opened
    opened.close()


def fill(page: AppTest, *, of: str = "new", **values: object) -> AppTest:
    for field, value in values.items():
        box(page, field, of=of).set_value(value)
    return page.run()


def said_of(page: AppTest) -> str:
    return page.success[0].value.replace("\\", "")


def everything(register: Register) -> list[Asset]:
    return [entry.asset for entry in register.finding.find(Query(), actor=REVIEWER).entries]


def test_a_name_a_kind_and_a_place_are_enough_and_can_be_undone(settings: Settings, register: Register) -> None:
    page = fill(open_form(settings), name="Hill Street Choir", kind="social_club", where="ab13ef")
    page = press(page, SEND)
    assert page.title[0].value == "Hill Street Choir"
    assert "everyone can see it now" in said_of(page)
    assert everything(register)[0].place.postcode == KNOWN
    press(page, "Undo")
    assert everything(register) == []


def test_an_area_served_will_do_for_a_place(settings: Settings, register: Register) -> None:
    page = fill(open_form(settings), name="Ring and Ride", kind="transport", precision="none")
    page = fill(page, service_areas=[ICB], service_area_words="and its edges")
    press(page, SEND)
    made = everything(register)[0]
    assert (made.place, made.service_areas, made.service_area_words) == (Place(), (ICB,), "and its edges")


def test_everything_else_may_be_said_too(settings: Settings, register: Register) -> None:
    page = fill(
        open_form(settings), name="Hub", kind="digital_hub", where=KNOWN, description="Help.\nTea.",
        offers=["device_loan"], audiences=["older_people"], audience_words="All", min_age=18, max_age=99,
        availability="open", referral=["self"], referral_words="Ring", meets=["phone"], is_free="no", cost="£1",
        opening_hours="Mon-Fri 9am-5pm", opening_notes="Not in May", website="example.org", languages=["ur"],
        accessibility=["step_free"], accessibility_words="Ramp", organisation="Trust", organisation_sort="charity",
        source="Me", source_ref="1", licence="OGL", precision="rough", address="1 High Street\nAlton",
    )  # fmt: skip
    page = fill(page, **{"contacts[0].name": "Jo", "contacts[0].phone": "0161 496 0000"})
    press(page, "Add another contact")
    fill(page, **{"contacts[1].email": "a@example.org", "contacts[1].audience": "public"})
    press(page, SEND)
    made = everything(register)[0]
    assert (made.min_age, made.max_age, made.is_free, made.cost) == (18, 99, False, "£1")
    assert (made.opening_hours, made.website) == ("Mo-Fr 09:00-17:00", "https://example.org")
    assert made.contacts == (
        Contact(name="Jo", phone="0161 496 0000"),
        Contact(email="a@example.org", audience=Audience.PUBLIC),
    )
    assert (made.place.precision, made.place.address) == (Precision.ROUGH, ("1 High Street", "Alton"))
    assert (made.offers, made.languages, made.organisation_sort) == (("device_loan",), ("ur",), "charity")


def test_what_people_with_bad_intent_type_in_every_box_goes_in_word_for_word(
    settings: Settings, register: Register
) -> None:
    names = (*TEXT_LINES, *WORDS)
    for typed in hostile_entries(2):
        texts: dict[str, str] = {name: getattr(typed, name) for name in names}
        texts |= {"contacts[0].name": typed.contacts[0].name, "contacts[0].title": typed.contacts[0].title}
        address = "\n".join(typed.place.address)
        place = {"where": KNOWN, "address": address} if address else {"precision": "none"}
        press(fill(fill(open_form(settings), kind="other", **place), **texts), SEND)
        made = next(one for one in everything(register) if one.name == typed.name)
        assert {name: getattr(made, name) for name in names} == {name: getattr(typed, name) for name in names}
        assert made.place.address == typed.place.address
        assert (made.contacts[0].name, made.contacts[0].title) == (typed.contacts[0].name, typed.contacts[0].title)


def test_hours_are_read_back_while_they_are_typed(settings: Settings) -> None:
    page = fill(open_form(settings), opening_hours="Mon-Fri 9am-5pm")
    assert "We read this as, in the week from today: Monday to Friday: 9am to 5pm" in words_of(page)
    assert "cannot read these hours yet" in words_of(fill(page, opening_hours="most mornings"))


def test_what_is_wrong_is_said_beside_its_box_and_nothing_typed_is_lost(settings: Settings, register: Register) -> None:
    page = fill(
        open_form(settings), name="Hub", website="javascript:alert(1)", min_age=9, max_age=3,
        opening_hours="most mornings", **{"contacts[0].phone": "ring me", "contacts[0].email": "nobody"},
    )  # fmt: skip
    page = press(page, SEND)
    said = [error.value.replace("\\", "") for error in page.error]
    for words in (
        "Choose what kind of thing it is.", "Say where it is", "must begin with https://", "oldest age is below",
        "cannot be read", "is not a telephone number", "is not an e-mail address",
    ):  # fmt: skip
        assert [words in one for one in said].count(True) == 2, "beside its box, and where it was sent from"
    assert said[-1].startswith("**7 things to put right:**")
    assert [one.label for one in page.expander if one.proto.expanded] == [
        "What it offers, and who it is for",
        "When it is open",
        "How to reach it",
    ]
    assert (box(page, "name").value, box(page, "website").value) == ("Hub", "javascript:alert(1)")
    assert everything(register) == []
    press(fill(page, kind="digital_hub", where=KNOWN, website="", min_age=None, opening_hours="",
               **{"contacts[0].phone": "", "contacts[0].email": ""}), SEND)  # fmt: skip
    assert [one.name for one in everything(register)] == ["Hub"]


def test_a_place_that_cannot_be_told_is_not_sent(settings: Settings, register: Register) -> None:
    page = press(fill(open_form(settings), name="Hub", kind="advice", where="AB1 9XY"), SEND)
    assert any("is not known here" in error.value for error in page.error)
    assert everything(register) == []


def test_a_name_of_several_places_asks_which_and_a_large_one_offers_to_serve_it(
    settings: Settings, register: Register
) -> None:
    page = fill(open_form(settings), name="Hub", kind="advice", where="Burton")
    assert "too large to be a place" in words_of(page)
    press(page, "It serves all of Burton")
    press(page, SEND)
    assert everything(register)[0].service_areas == (LADS[1],)
    again = fill(open_form(settings), where="Green")
    options = again.radio(key="entry:new|chosen").options
    assert len(options) > 1


def test_a_tap_on_the_map_sets_the_point(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    taps = [MapEvent(lon=-7.5, lat=49.77, layer="lsoa", feature_id=1)]
    monkeypatch.setattr(entry_form_place, "show_map", lambda **_: taps.pop() if taps else None)
    page = fill(open_form(settings), name="Hub", kind="advice")
    page.toggle(key="entry:new|has_map").set_value(True)
    page.run()
    assert box(page, "point").value == "49.770000, -7.500000"
    assert "Its point is in " in words_of(page)
    fill(page, point="55.0, -7.5")
    assert "in none of the neighbourhoods" in words_of(page)
    fill(page, point="49.77, -7.5")
    press(page, SEND)
    assert (everything(register)[0].place.lon, everything(register)[0].place.lat) == (-7.5, 49.77)


def test_a_draft_is_for_its_author_alone(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_as(monkeypatch, PARTNER)
    page = press(fill(open_form(settings), name="Hub", kind="advice", where=KNOWN), KEEP)
    assert "This is a draft that only you and reviewers can see" in said_of(page)
    asset_id = query_of(page)["asset"]
    assert register.entries.get(asset_id, actor=PARTNER).state is State.DRAFT
    change = fill(open_form(settings, asset=asset_id), of=asset_id, cost="£1")
    assert "A reviewer will look at this" in said_of(press(change, SEND))
    assert register.entries.get(asset_id, actor=PARTNER).state is State.SUBMITTED


def test_likely_duplicates_are_shown_before_saving_and_decided_on(settings: Settings, register: Register) -> None:
    known = register.entries.add(replace(CLUB, name="Hill Street Library"), actor=REVIEWER).asset.asset_id
    page = fill(open_form(settings), name="Hill Street Libary", kind="library", where=KNOWN)
    assert "Is it one of these?" in words_of(page)
    assert "Same postcode." in words_of(page)
    assert "It is this one: go to it" in links_of(page)
    assert any("Say first whether" in error.value for error in press(page, SEND).error)
    press(page, "No, it is another")
    assert "Is it one of these?" not in words_of(page)
    press(page, SEND)
    assert {one.name for one in everything(register)} == {"Hill Street Library", "Hill Street Libary"}
    assert known in {one.asset_id for one in everything(register)}


def test_before_there_is_a_place_entries_of_the_same_name_are_shown_but_do_not_hold_anyone_up(
    settings: Settings, register: Register
) -> None:
    register.entries.add(CLUB, actor=REVIEWER)
    page = fill(open_form(settings), name="northtown lunch", kind="library", precision="none")
    assert "The same words are in its name." in words_of(page)
    press(fill(page, service_area_words="The valley"), SEND)
    assert len(everything(register)) == 2


def test_a_change_says_why_and_can_be_undone(settings: Settings, register: Register) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    page = fill(open_form(settings, asset=asset_id), of=asset_id, cost="£2", why="Costs rose")
    page = press(page, SEND)
    past = register.history.read(asset_id, actor=REVIEWER)
    assert (past[0].why, past[0].changes[0].field, len(past[0].changes)) == ("Costs rose", "cost", 1)
    press(page, "Undo")
    assert register.entries.get(asset_id, actor=REVIEWER).asset.cost == ""


def test_a_form_sent_without_a_change_makes_no_version(settings: Settings, register: Register) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    page = press(open_form(settings, asset=asset_id), SEND)
    assert register.entries.get(asset_id, actor=REVIEWER).version == 1
    assert "Undo" not in labels_of(page)


def test_a_partners_change_waits_and_the_entry_stays_as_it_was(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = replace(CLUB, place=replace(CLUB.place, precision=Precision.ROUGH))
    asset_id = register.entries.add(hidden, actor=REVIEWER).asset.asset_id
    look_as(monkeypatch, PARTNER)
    page = press(fill(open_form(settings, asset=asset_id), of=asset_id, cost="£2"), SEND)
    assert "until then everyone sees the entry as it was" in said_of(page)
    newest = register.entries.get(asset_id, actor=REVIEWER, newest=True)
    assert (newest.waiting, newest.asset.cost, newest.asset.place.postcode) == (Waiting.SUBMITTED, "£2", KNOWN)


def test_two_people_who_change_one_entry_choose_field_by_field(settings: Settings, register: Register) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    page = fill(open_form(settings, asset=asset_id), of=asset_id, name="Mine *x*", cost="£2")
    register.entries.edit(asset_id, replace(CLUB, name="Theirs", organisation="Trust"), base_version=1, actor=REVIEWER)
    page = press(page, SEND)
    assert "Somebody else changed this entry" in words_of(page)
    assert "Still to choose: Name." in words_of(page)
    # The boxes stay where they were, so that on a phone the choice is in sight where the button was.
    assert box(page, "name", of=asset_id).value == "Mine *x*"
    choices = {key: radio for radio in page.radio if (key := str(radio.key).rpartition("|")[2]).startswith("choice-")}
    assert list(choices) == ["choice-name", "choice-cost", "choice-organisation"]
    assert (choices["choice-cost"].value, choices["choice-organisation"].value) == ("mine", "theirs")
    assert "Yours: Mine *x*" in choices["choice-name"].options[0].replace("\\", "")
    page = fill(page, of=asset_id, name="Mine *y*")
    assert "Yours: Mine *y*" in page.radio(key=f"entry:{asset_id}|choice-name").options[0].replace("\\", "")
    fill(page, of=asset_id, name="Mine *x*")
    press(page, "Back to the form")
    assert box(page, "name", of=asset_id).value == "Mine *x*"
    page = press(page, SEND)
    page.radio(key=f"entry:{asset_id}|choice-name").set_value("mine").run()
    # A third person is quicker once more.
    register.entries.edit(asset_id, replace(CLUB, name="Third", organisation="Trust"), base_version=2, actor=REVIEWER)
    page = press(page, "Save what I chose")
    page.radio(key=f"entry:{asset_id}|choice-name").set_value("mine").run()
    page = press(page, "Save what I chose")
    kept = register.entries.get(asset_id, actor=REVIEWER).asset
    assert (kept.name, kept.cost, kept.organisation) == ("Mine *x*", "£2", "Trust")
    names = [one.after for happening in register.history.read(asset_id, actor=REVIEWER) for one in happening.changes]
    assert {"Theirs", "Third"} <= {name for name in names if isinstance(name, str)}


def test_a_form_that_is_opened_again_still_knows_the_version_it_began_from(
    settings: Settings, register: Register
) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    first = fill(open_form(settings, asset=asset_id), of=asset_id, cost="£2")
    assert query_of(first)["from"] == "1"
    register.entries.edit(asset_id, replace(CLUB, cost="£3"), base_version=1, actor=REVIEWER)
    # The browser comes back to another server process: its boxes are filled, and the address says the rest.
    again = AppTest.from_string(first._script_path and Path(first._script_path).read_text(), default_timeout=60)
    again.query_params["asset"], again.query_params["from"] = asset_id, "1"
    for key in ("name", "kind", "where", "point", "address", "precision", "cost"):
        again.session_state[f"entry:{asset_id}|{key}"] = box(first, key, of=asset_id).value
    page = press(again.run(), SEND)
    assert "Somebody else changed this entry" in words_of(page)


@pytest.mark.parametrize("odd", ["2", "0", "9" * 5_000, "-1", "¹"])
def test_an_address_that_names_a_version_there_is_none_of_opens_the_newest(
    settings: Settings, register: Register, odd: str
) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    first = fill(open_form(settings, asset=asset_id), of=asset_id, cost="£2")
    again = AppTest.from_string(first._script_path and Path(first._script_path).read_text(), default_timeout=60)
    again.query_params["asset"], again.query_params["from"] = asset_id, odd
    again.session_state[f"entry:{asset_id}|name"] = CLUB.name
    page = again.run()
    assert not page.exception
    assert query_of(page)["from"] == "1"
    assert box(page, "name", of=asset_id).value == CLUB.name


def test_no_box_keeps_to_the_browser_what_stands_in_it(settings: Settings) -> None:
    """Streamlit forgets what a box that asks for no rerun has kept back, when another page is looked at."""
    page = open_form(settings)
    boxes = [*page.text_input, *page.text_area, *page.multiselect, *page.selectbox, *page.radio, *page.number_input]
    assert len(boxes) > 20
    assert [one.label for one in boxes if one.proto.ignore_rerun] == []


def test_starting_again_empties_the_form(settings: Settings) -> None:
    page = fill(open_form(settings), name="Hub", where=KNOWN)
    press(page, "Start again")
    assert (box(page, "name").value, box(page, "where").value) == ("", "")


def test_the_question_of_a_reviewer_stands_above_the_form(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset_id = register.entries.add(CLUB, actor=PARTNER).asset.asset_id
    register.review.return_with_question(asset_id, note="Which hall?", actor=REVIEWER)
    look_as(monkeypatch, PARTNER)
    assert "They wrote: “Which hall?”" in words_of(open_form(settings, asset=asset_id))


def test_the_public_is_asked_to_sign_in(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset_id = register.entries.add(CLUB, actor=REVIEWER).asset.asset_id
    look_as(monkeypatch, THE_PUBLIC)
    assert "Sign in to add a group or place" in words_of(open_form(settings))
    assert "You may not change this entry" in words_of(open_form(settings, asset=asset_id))
