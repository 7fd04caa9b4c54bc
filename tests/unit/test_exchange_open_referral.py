"""Open Referral UK in both versions: services of others are read, ours are filtered, paged and valid."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral import files
from dashboard.register.exchange.open_referral.files import draft_services, services_in
from dashboard.register.exchange.open_referral.older import is_older_page, renew_service
from dashboard.register.exchange.open_referral.pages import api_details, cut_page, wrap_page
from dashboard.register.exchange.open_referral.queries import SERVICES, ServiceQuery, read_paging, read_query
from dashboard.register.exchange.open_referral.reading import read_service
from dashboard.register.exchange.open_referral.schedules import read_schedules, weekly_spans, write_schedules
from dashboard.register.exchange.open_referral.terms import (
    FACETS,
    write_full_taxonomy,
    write_taxonomy,
    write_terms,
)
from dashboard.register.exchange.open_referral.writing import EXTENSION, write_service
from dashboard.register.model import Asset, Availability, Contact, Place, Precision
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import read_taxonomy
from tests.open_referral_schemas import complaints

TAXONOMY = read_taxonomy()
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
HUB = tidy_asset(
    Asset(
        asset_id="11111111-1111-4111-8111-111111111111",
        name="Digital Hub",
        kind="digital_hub",
        offers=("free_wifi",),
        opening_hours="Mo-Fr 09:00-17:00",
        min_age=16,
        max_age=99,
        place=Place(precision=Precision.EXACT, lon=-2.24, lat=53.48, postcode="M1 1AA", address=("1 High St", "Leeds")),
        contacts=(Contact(phone="0161 496 0000"),),
    )
)
# As a publisher of version 1.x has it: other names, everything nested.
OLDER = {
    "id": "s1",
    "name": "Lunch club",
    "status": "active",
    "organization": {"id": "o1", "name": "Age Well"},
    "eligibilitys": [{"eligibility": "Over 60s", "minimum_age": "60", "maximum_age": None}],
    "regular_schedules": [
        {"opens_at": "12:00:00", "closes_at": "14:00:00", "freq": "weekly", "byday": "tu"},
        {"opens_at": "10:00", "closes_at": "11:00", "weekday": "Monday"},
        {"opens_at": "10:00", "closes_at": "11:00", "freq": "MONTHLY", "byday": "1MO", "description": "First Monday"},
    ],
    "service_taxonomys": [{"id": "x", "taxonomy": {"id": "y", "name": "Lunch clubs"}}],
    "languages": [{"id": "l", "language": "Urdu"}],
    "cost_options": [{"amount": 3.5, "amount_description": "a meal"}],
    "contacts": [{"name": "Jo", "phones": [{"number": "0161 496 0000"}, {"number": "0161 496 0001"}]}],
    "service_at_locations": [
        {
            "id": f"at{at}",
            "location": {
                "latitude": "53.48",
                "longitude": -2.2 - at / 10,
                "physical_addresses": [{"address_1": "1 Lane", "city": "Bury", "postal_code": "M1 1AA"}],
                "accessibility_for_disabilities": [{"accessibility": "Ramp"}],
            },
        }
        for at in range(2)
    ],
}


def test_a_feed_of_version_1_is_read_with_one_entry_for_each_location() -> None:
    services = services_in(json.dumps({"totalElements": 1, "content": [OLDER]}).encode())
    drafts = draft_services(services, taxonomy=TAXONOMY, source="Bury feed", licence="OGL")
    assert [one.problems for one in drafts] == [(), ()]
    assert [one.asset.source_ref for one in drafts] == ["at0", "at1"]
    asset = drafts[0].asset
    assert (asset.kind, asset.min_age, asset.max_age, asset.audience_words) == ("social_club", 60, None, "Over 60s")
    assert asset.opening_hours == "Mo 10:00-11:00; Tu 12:00-14:00"
    assert asset.opening_notes == "First Monday"
    assert (asset.organisation, asset.languages, asset.cost, asset.is_free) == (
        "Age Well",
        ("ur",),
        "£3.5 a meal",
        False,
    )
    assert [one.phone for one in asset.contacts] == ["0161 496 0000", "0161 496 0001"]
    assert asset.place.address == ("1 Lane", "Bury")
    assert (asset.accessibility_words, asset.source, asset.licence) == ("Ramp", "Bury feed", "OGL")


@pytest.mark.parametrize("folder", ["example_feed_default", "example_feed_test"])
def test_the_published_example_feeds_are_read(real_data: Path, folder: str) -> None:
    content = (real_data / "openreferral" / folder / "service_full.json").read_bytes()
    (draft,) = draft_services(services_in(content), taxonomy=TAXONOMY, source="example")
    asset = draft.asset
    # Its point is at latitude 100, its postcode is ABC 1234: the rules say so, everything else is there.
    assert {problem.reason[:12] for problem in draft.problems} == {"“ABC 1234” i"}
    assert (asset.name, asset.kind) == ("Community Counselling", "health_and_wellbeing")
    assert asset.place.lat is None
    assert asset.min_age == 12
    assert asset.opening_hours == "Th-Fr 10:00-18:00"
    listed = services_in((real_data / "openreferral" / folder / "service_list.json").read_bytes())
    assert all(one.asset.name for one in draft_services(listed, taxonomy=TAXONOMY, source="example"))


def test_a_service_that_is_no_more_is_refused_and_a_paused_one_is_paused() -> None:
    defunct = {"id": "a", "name": "Gone library", "status": "defunct"}
    (draft,) = draft_services([defunct], taxonomy=TAXONOMY, source="x")
    assert "no more" in draft.problems[0].reason
    paused = read_service({"id": "a", "name": "x", "status": "temporarily closed"}, taxonomy=TAXONOMY)
    assert paused.availability is Availability.PAUSED


@pytest.mark.parametrize("content", [b"[]", b'{"contents": []}', b'"x"', b"[1]", b"{}"])
def test_a_file_without_services_is_refused(content: bytes) -> None:
    with pytest.raises(UploadError, match="no Open Referral services"):
        services_in(content)


def test_older_pages_and_ages_that_are_no_numbers_are_told() -> None:
    assert is_older_page({"content": []})
    assert not is_older_page({"contents": [], "content": []})
    ages = [{"minimum_age": "old"}, {"minimum_age": 5, "maximum_age": 9}]
    assert renew_service({"eligibilitys": ages})["maximum_age"] == 9


def test_too_many_services_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 1)
    with pytest.raises(UploadError, match="more than 1 services"):
        services_in(json.dumps([OLDER, OLDER]).encode())


def test_nonsense_in_a_service_is_read_as_nothing() -> None:
    wild = dict.fromkeys(write_service(HUB, taxonomy=TAXONOMY), 7) | {
        "name": "Wild",
        "minimum_age": "many",
        "cost_options": [{"amount": True}, {"amount": "1e999"}, "x"],
        "languages": [{"code": 3, "name": None}],
        "service_areas": [{"extent": {}, "name": "Town"}],
        "schedules": [{"freq": "WEEKLY", "byday": "XX", "opens_at": "9", "closes_at": None}],
        "assured_date": "soon",
        EXTENSION: {"contacts": 5, "trust": "x", "place": []},
    }
    asset = read_service(wild, taxonomy=TAXONOMY, is_own=True)
    assert (asset.name, asset.min_age, asset.is_free, asset.service_area_words) == ("Wild", None, None, "Town")


def test_the_extension_says_only_what_the_standard_cannot() -> None:
    assert set(write_service(HUB, taxonomy=TAXONOMY)[EXTENSION]) <= {"contacts"}
    public = replace(HUB, contacts=())
    assert EXTENSION not in write_service(public, taxonomy=TAXONOMY)


def test_taxonomies_and_terms_are_valid(real_data: Path) -> None:
    for facet in FACETS:
        assert complaints(real_data, "taxonomy", write_taxonomy(facet)) == []
        assert complaints(real_data, "taxonomy", write_full_taxonomy(facet, taxonomy=TAXONOMY)) == []
    terms = write_terms(TAXONOMY)
    assert all(complaints(real_data, "taxonomy_term", term) == [] for term in terms)
    assert len({term["id"] for term in terms}) == len(terms)
    assert complaints(real_data, "taxonomy_term", {**terms[0], "id": "not a uuid"})


def test_pages_have_the_standards_envelope() -> None:
    first, last = (cut_page(list(range(5)), page=page, per_page=2) for page in (1, 3))
    assert (first["first_page"], first["last_page"], first["contents"]) == (True, False, [0, 1])
    assert (last["last_page"], last["size"], last["total_pages"], last["total_items"]) == (True, 1, 3, 5)
    none = wrap_page([], page=1, per_page=2, total=0)
    assert (none["empty"], none["first_page"], none["last_page"], none["total_pages"]) == (True, True, True, 0)
    assert api_details(openapi_url="https://x.example/openapi.json")["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"day": "MO"}, ServiceQuery(day=0)),
        ({"day": " sunday "}, ServiceQuery(day=6)),
        ({"day": "wed", "start_time": "09:00:00", "end_time": "24:00"},
         ServiceQuery(day=2, start_time="09:00", end_time="24:00")),
        ({"page": "0", "per_page": "99999"}, ServiceQuery(page=1, per_page=500)),
        ({"per_page": "0", "search": ""}, ServiceQuery(per_page=1)),
        ({"minimum_age": "16", "maximum_age": "17.5"}, ServiceQuery(minimum_age=16, maximum_age=17.5)),
        ({"taxonomy_term_id": "a, b,", "taxonomy_id": "c"},
         ServiceQuery(term_ids=frozenset({"a", "b"}), taxonomy_ids=frozenset({"c"}))),
        ({"postcode": "m11aa", "proximity": "1000"}, ServiceQuery(postcode="M1 1AA", proximity_m=1000)),
        ({"full": "TRUE", "minimal": "0", "format": "json"}, ServiceQuery(is_full=True)),
        ({"modified_after": "2026-03-04"}, ServiceQuery(modified_after=datetime(2026, 3, 4, tzinfo=UTC))),
        ({"modified_after": "2026-03-04T13:00:00 01:00"}, ServiceQuery(modified_after=NOON)),
        ({"modified_after": "2026-03-04T12:00:00Z"}, ServiceQuery(modified_after=NOON)),
    ],
)  # fmt: skip
def test_every_parameter_of_the_standard_is_read(parameters: dict[str, str], expected: ServiceQuery) -> None:
    assert read_query(parameters) == expected


WITH_A_FORM = sorted(set(SERVICES) - {"search", "taxonomy_term_id", "taxonomy_id", "organization_id"})


@pytest.mark.parametrize("name", WITH_A_FORM)
def test_a_parameter_that_cannot_be_read_is_named(name: str) -> None:
    others = {"postcode": "M1 1AA"} if name == "proximity" else {}
    with pytest.raises(UploadError, match=f"parameter {name} "):
        read_query({name: "'; DROP TABLE asset --", **others})


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"perPage": "5"}, "no parameter “perPage”"),
        ({"proximity": "5"}, "without a postcode"),
        ({"search": "x" * 4_001}, "longer than 4,000"),
        ({"start_time": "24:30"}, "a time such as"),
        ({"day": "moose"}, "a day such as"),
        ({"modified_after": "0001-01-01T00:00:00+23:00"}, "a moment such as"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(parameters: dict[str, str], said: str) -> None:
    with pytest.raises(UploadError, match=said):
        read_query(parameters)


def test_lists_without_filters_take_pages_only() -> None:
    assert read_paging({"page": "3"}) == (3, 50)
    with pytest.raises(UploadError, match="no parameter “search”"):
        read_paging({"search": "x"})


@pytest.mark.parametrize("hours", ["Mo-Fr 09:00-17:00", "24/7", "Mo-Su 18:00-02:00", "Mo 09:00-12:00,13:00-24:00"])
def test_weekly_hours_survive_as_schedules(hours: str) -> None:
    read, words = read_schedules(write_schedules(opening_hours=hours, notes="Ring first", service="s"))
    assert weekly_spans(read) == weekly_spans(hours) != {}
    assert words == "Ring first"


def test_hours_that_are_not_weekly_are_not_written_as_if_they_were() -> None:
    assert write_schedules(opening_hours="Apr-Sep Su 10:00-16:00", notes="", service="s") == []
    assert weekly_spans("") == {}
