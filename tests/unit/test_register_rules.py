"""The rules of the register, one by one: fields, freshness, words for what happens next, limits, rights."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.register.actor import THE_PUBLIC, Actor, Role, local_actor
from dashboard.register.entry import State, Waiting
from dashboard.register.geography import NoGeography
from dashboard.register.json_form import asset_from_json, asset_to_json, story_from_json, story_to_json
from dashboard.register.model import Asset, Audience, Contact, Place, Precision, Trust
from dashboard.register.rules.consent import consent_problems, is_in_force
from dashboard.register.rules.fields import asset_problems, trust_problems
from dashboard.register.rules.freshness import Freshness, confirm_trust, freshness_of, freshness_words
from dashboard.register.rules.hours import hours_problem, is_open_at
from dashboard.register.rules.next_step import next_step
from dashboard.register.rules.permissions import WHO_MAY, Action, Standing, Subject, may, standings
from dashboard.register.rules.places import complete_place, postcode_problem, roughen
from dashboard.register.rules.rates import Limit, is_within
from dashboard.register.rules.reach import is_email, is_phone, is_postcode, tidy_postcode, website_problem
from dashboard.register.rules.text import clean_line, clean_words, search_words, sort_key
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.story import Consent, Story
from dashboard.register.taxonomy import FACETS, Term, read_taxonomy
from etl.errors import SettingsError
from etl.settings import PROJECT, read_settings
from tests.registers import LUNCH_CLUB

TAXONOMY = read_taxonomy()
TODAY = date(2026, 3, 4)


def problems_of(**changes: object) -> dict[str, str]:
    tidied = tidy_asset(replace(LUNCH_CLUB, **changes))
    return {problem.field: problem.message for problem in asset_problems(tidied, taxonomy=TAXONOMY)}


def test_a_whole_entry_has_no_problem() -> None:
    assert problems_of() == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": " \u200b "}),
        ("name", {"name": "x" * 201}),
        ("kind", {"kind": "palace"}),
        ("place", {"place": Place()}),
        ("place", {"place": Place(precision=Precision.EXACT, lon=53.5, lat=-2.2)}),
        ("place", {"place": Place(precision=Precision.EXACT, lon=float("nan"), lat=53.5)}),
        ("place", {"place": Place(precision=Precision.EXACT, lon=-2.2)}),
        ("place", {"place": Place(precision=Precision.EXACT, easting=9e9, northing=1.0)}),
        ("place", {"place": Place(precision=Precision.ROUGH, address=("1 High Street",))}),
        ("place.postcode", {"place": Place(precision=Precision.EXACT, postcode="M1")}),
        ("place.lsoa21_code", {"place": Place(precision=Precision.EXACT, lsoa21_code="x")}),
        ("place.address", {"place": Place(precision=Precision.EXACT, address=("x",) * 9)}),
        ("description", {"description": "x" * 5_001}),
        ("offers", {"offers": ("magic",)}),
        ("offers", {"offers": tuple(f"o{number}" for number in range(61))}),
        ("service_areas", {"service_areas": ("Leeds",)}),
        ("website", {"website": "javascript:alert(1)"}),
        ("website", {"website": "data:text/html,x"}),
        ("opening_hours", {"opening_hours": "Mon 9 till 5"}),
        ("opening_hours", {"opening_hours": "Mo " * 100}),
        ("contacts[0].phone", {"contacts": (Contact(phone="ask Mary"),)}),
        ("contacts[0].email", {"contacts": (Contact(email="mary at example"),)}),
        ("contacts[0].name", {"contacts": (Contact(name="x" * 201),)}),
        ("contacts", {"contacts": tuple(Contact(name=f"n{number}") for number in range(21))}),
        ("min_age", {"min_age": -1}),
        ("max_age", {"min_age": 60, "max_age": 18}),
        ("asset_id", {"asset_id": "../../etc"}),
    ],
)
def test_a_bad_field_is_named_in_plain_english(field: str, changes: dict[str, object]) -> None:
    said = problems_of(**changes)
    assert field in said
    assert said[field].endswith(".")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org",
        "http://example.org:8080/path?q=1#part",
        "https://bücher.example/weg",
        "https://xn--bcher-kva.example",
        "example.org",
    ],
)
def test_good_websites_pass(url: str) -> None:
    assert "website" not in problems_of(website=url)


@pytest.mark.parametrize(
    "url",
    [
        "JaVaScRiPt:alert(1)",
        "https://user:pass@example.org",
        "https://localhost",
        "https://",
        "https://exa mple.org",
        "https://example.org/${x}",
        'https://example.org/"onmouseover="x',
        "https://example.org:99999",
        "https://example.org:port",
        "https://[::1",
        "ftp://example.org",
        "https://-example.org",
        "https://example.org/" + "x" * 500,
        "vbscript:x",
        "https://example.org/<script>",
    ],
)
def test_bad_websites_are_refused(url: str) -> None:
    assert website_problem(url).startswith("The website address")


def test_an_address_without_a_scheme_gets_https_and_one_with_another_does_not() -> None:
    assert tidy_asset(replace(LUNCH_CLUB, website="www.example.org")).website == "https://www.example.org"
    assert tidy_asset(replace(LUNCH_CLUB, website="javascript:x")).website == "javascript:x"


@pytest.mark.parametrize("text", ["0161 496 0000", "01632 960123", "+44 161 496 0000", "111", "0800 1111", "116 123"])
def test_telephone_numbers_of_every_sort_pass(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize("text", ["12", "abc", "0161 496 0000 or 0161 496 0001", "javascript:1", "+999 1", "=1+2"])
def test_what_is_no_telephone_number_is_refused(text: str) -> None:
    assert not is_phone(text)


def test_email_addresses() -> None:
    assert is_email("mary.o'neil+x@mail.example.org")
    bad = ("a@b", "a b@example.org", "a@example.org, b@example.org", ".a@example.org", "a..b@example.org")
    for text in (*bad, "<a@example.org>", "x" * 65 + "@example.org"):
        assert not is_email(text), text


def test_postcodes_are_written_one_way() -> None:
    assert tidy_postcode("m11aa") == "M1 1AA"
    assert tidy_postcode("sw1a  1aa") == "SW1A 1AA"
    assert is_postcode("M1 1AA")
    assert not is_postcode("m11aa")
    assert tidy_postcode("somewhere") == "somewhere"


def test_text_loses_what_hides_or_turns_it_round() -> None:
    assert clean_line("pay\u202e\u2066 \u200bnow\u0000\ufeff\U000e0041") == "pay now"
    assert clean_line("e\u0301") == "\u00e9"
    assert clean_line("one\u2028two\tthree\nfour") == "one two three four"
    assert clean_words("one  \r\n\r\n\r\n\r\ntwo") == "one\n\ntwo"
    assert clean_line("Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301a") == "\u0179\u0301\u0301\u0301\u0301a"


def test_joiners_stay_where_a_script_or_a_picture_needs_them() -> None:
    assert (
        clean_line("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
        == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )
    assert clean_line("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert clean_line("pass\u200dword") == "password"


def test_words_are_searched_without_accents_case_or_apostrophes() -> None:
    assert search_words("St. Mary\u2019s CAFÉ, St Mary's") == ("st", "marys", "cafe")
    assert sort_key("Émile's") == "emiles"
    assert sort_key("!!!") == "!!!"


def test_opening_hours_follow_uk_time_and_its_holidays() -> None:
    nine = "Mo-Fr 09:00-17:00; PH off"
    assert is_open_at(nine, moment=datetime(2026, 7, 1, 8, 30, tzinfo=UTC)) is True
    assert is_open_at(nine, moment=datetime(2026, 1, 7, 8, 30, tzinfo=UTC)) is False
    assert is_open_at(nine, moment=datetime(2026, 12, 25, 12, tzinfo=UTC)) is False
    assert is_open_at("", moment=datetime(2026, 7, 1, tzinfo=UTC)) is None
    assert is_open_at("Mo-Fr unknown", moment=datetime(2026, 7, 1, 12, tzinfo=UTC)) is None
    assert hours_problem("24/7") == ""


def test_both_kinds_of_coordinates_are_kept_in_step() -> None:
    by_degrees = complete_place(Place(precision=Precision.EXACT, lon=-2.2446, lat=53.4794))
    assert by_degrees.easting == pytest.approx(383_850, abs=50)
    by_metres = complete_place(Place(precision=Precision.EXACT, easting=383_858.0, northing=398_125.0))
    assert by_metres.lat == pytest.approx(53.4794, abs=0.001)
    assert complete_place(by_metres) == by_metres
    assert complete_place(replace(by_metres, precision=Precision.NONE)) == Place()


def test_a_rough_place_without_a_known_middle_shows_no_point() -> None:
    rough = complete_place(Place(precision=Precision.ROUGH, lon=-2.2, lat=53.5, postcode="M1 1AA", address=("1",)))
    shown = roughen(rough, centroid=None)
    assert (shown.lon, shown.easting, shown.postcode, shown.address) == (None, None, "", ())
    exact = replace(rough, precision=Precision.EXACT)
    assert roughen(exact, centroid=(0.0, 50.0)) == exact


def test_a_point_far_from_its_postcode_is_questioned() -> None:
    place = complete_place(Place(precision=Precision.EXACT, lon=-2.2446, lat=53.4794, postcode="M1 1AA"))
    assert postcode_problem(place, postcode_at=(384_000.0, 398_000.0)) == ""
    assert "10.0 km from M1 1AA" in postcode_problem(place, postcode_at=(393_858.0, 398_125.0))
    assert postcode_problem(Place(), postcode_at=(0.0, 0.0)) == ""


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Confirmed today by X."),
        (1, "Confirmed yesterday by X."),
        (9, "Confirmed 9 days ago by X."),
        (30, "Confirmed 4 weeks ago by X."),
        (60, "Confirmed 2 months ago by X."),
        (95, "Confirmed 3 months ago by X."),
        (365, "Confirmed 11 months ago by X."),
        (366, "Not checked for over a year: last confirmed by X on 3 March 2025."),
        (600, "Not checked for over a year and a half: last confirmed by X on 12 July 2024."),
        (900, "Not checked for over 2 years: last confirmed by X on 16 September 2023."),
    ],
)
def test_freshness_is_said_in_words(days: int, words: str) -> None:
    trust = confirm_trust(on=TODAY - timedelta(days=days), by="X")
    assert freshness_words(trust, today=TODAY) == words


def test_a_short_interval_makes_an_entry_stale_sooner_and_a_long_one_later() -> None:
    month = confirm_trust(on=TODAY - timedelta(days=40), by="", check_every_days=30)
    assert freshness_words(month, today=TODAY) == "Not checked for 40 days: last confirmed on 23 January 2026."
    quarter = confirm_trust(on=TODAY - timedelta(days=100), by="", check_every_days=30)
    assert freshness_words(quarter, today=TODAY).startswith("Not checked for 3 months")
    long = confirm_trust(on=TODAY - timedelta(days=400), by="X", check_every_days=900)
    assert freshness_words(long, today=TODAY) == "Confirmed over a year ago by X."
    assert freshness_of(Trust(), today=TODAY) is Freshness.UNCHECKED
    assert freshness_words(Trust(), today=TODAY) == "Not checked by anyone yet."
    assert freshness_of(Trust(confirmed_on=date(2025, 1, 1)), today=TODAY) is Freshness.STALE


def test_every_state_says_what_happens_next() -> None:
    said = {next_step(state=state) for state in State}
    said |= {next_step(state=State.PUBLISHED, waiting=waiting, note="Why?") for waiting in Waiting}
    assert len(said) == len(State) + len(Waiting) - 1
    assert next_step(state=State.DRAFT, note="Why?").startswith("A reviewer has a question")


def test_a_limit_counts_only_what_is_recent() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    limit = Limit(most=2, within=timedelta(hours=1))
    assert is_within(limit, earlier=[now - timedelta(hours=2), now - timedelta(minutes=1)], now=now)
    assert not is_within(limit, earlier=[now - timedelta(minutes=5), now], now=now)


def test_consent_holds_on_its_last_day_and_not_after() -> None:
    consent = Consent(recorded_by="Pat", recorded_on=TODAY, until=TODAY)
    assert is_in_force(consent, today=TODAY)
    assert not is_in_force(consent, today=TODAY + timedelta(days=1))
    assert not is_in_force(consent, today=TODAY - timedelta(days=1))


def test_consent_that_has_run_out_is_refused() -> None:
    consent = Consent(recorded_by="Pat", recorded_on=TODAY - timedelta(days=9), until=TODAY)
    assert consent_problems(consent, today=TODAY) == ()
    (over,) = consent_problems(consent, today=TODAY + timedelta(days=1))
    assert (over.field, over.message.partition(".")[0]) == ("consent.until", "The consent has run out")


@pytest.mark.parametrize("action", list(Action))
def test_the_public_may_do_nothing_of_the_table_and_local_mode_everything(action: Action) -> None:
    assert action in WHO_MAY
    assert not may(THE_PUBLIC, action)
    assert may(local_actor(), action)


def test_a_reviewer_of_an_area_is_a_partner_everywhere_and_a_reviewer_there() -> None:
    nora = Actor(actor_id="n", roles=frozenset({Role.REVIEWER}), areas=frozenset({"E08000001"}))
    there = Subject(areas=frozenset({"E08000001", "E01000001"}))
    assert standings(nora, subject=there) == {Standing.PARTNER, Standing.REVIEWER}
    assert standings(nora, subject=Subject(areas=frozenset({"E08000002"}))) == {Standing.PARTNER}
    assert standings(nora, subject=Subject()) == {Standing.PARTNER}


def test_assets_and_stories_survive_json() -> None:
    whole = replace(tidy_asset(LUNCH_CLUB), trust=confirm_trust(on=TODAY, by="X"), is_free=False, min_age=18)
    assert asset_from_json(json.loads(json.dumps(asset_to_json(whole)))) == whole
    assert set(asset_to_json(whole)) == {field.name for field in fields(Asset)}
    story = Story(title="T", words="W", consent=Consent(recorded_by="P", recorded_on=TODAY, audience=Audience.PUBLIC))
    assert story_from_json(json.loads(json.dumps(story_to_json(story)))) == story


def test_a_body_written_before_a_field_was_added_or_after_one_was_dropped_is_read() -> None:
    assert asset_from_json({"name": "N", "kind": "library", "was_once_a_field": 1}) == Asset(name="N", kind="library")


def test_the_taxonomy_has_the_words_of_the_demo_and_plain_names() -> None:
    assert set(TAXONOMY.terms) == set(FACETS)
    demo = (PROJECT / "data" / "demo" / "assets.toml").read_text(encoding="utf-8")
    for kind in tomllib.loads(demo)["kind"]:
        assert TAXONOMY.has("kinds", kind["kind"])
        assert all(TAXONOMY.has("offers", offer) for offer in kind["offers"])
    digital = {term.term_id for term in TAXONOMY.choices("offers") if term.within == "digital_help"}
    assert {
        "free_wifi",
        "device_loan",
        "digital_skills",
        "nhs_app_help",
        "private_video_space",
        "public_computers",
    } <= digital
    for terms in TAXONOMY.terms.values():
        assert all(term.name and term.name[0].isupper() for term in terms.values())
        assert all(not term.within or term.within in terms for term in terms.values())


def test_narrow_offers_bring_their_broader_one_and_retired_terms_keep_their_names() -> None:
    assert TAXONOMY.widen("offers", ("free_wifi", "food", "gone")) == ("free_wifi", "food", "gone", "digital_help")
    retired = Term(term_id="free_wifi", name="Wi-Fi", is_retired=True)
    changed = TAXONOMY.with_terms([("offers", retired)])
    assert changed.name_of("offers", "free_wifi") == "Wi-Fi"
    assert "free_wifi" not in {term.term_id for term in changed.choices("offers")}
    assert changed.widen("offers", ("free_wifi",)) == ("free_wifi", "digital_help")
    assert TAXONOMY.name_of("offers", "unknown_id") == "unknown_id"


def test_without_geography_an_entrys_own_word_is_taken() -> None:
    nowhere = NoGeography()
    assert nowhere.lsoa_of(Place(lsoa21_code="E01000001")) == "E01000001"
    assert nowhere.areas_of("") == frozenset()
    assert nowhere.centroid_of("E01000001") is None


def test_the_registers_database_is_a_setting() -> None:
    url = "postgresql://register@localhost/register"
    assert read_settings({"COMMONGROUND_REGISTER_URL": url}).register_url == url
    with pytest.raises(SettingsError, match="COMMONGROUND_REGISTER_URL"):
        read_settings({"COMMONGROUND_REGISTER_URL": "mysql://secret@host/x"})


def test_who_confirmed_an_entry_is_checked_too() -> None:
    said = trust_problems(Trust(confirmed_on=TODAY + timedelta(days=1), confirmed_by="x" * 201), today=TODAY)
    assert [problem.field for problem in said] == ["trust.confirmed_on", "trust.confirmed_by"]
