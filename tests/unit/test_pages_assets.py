"""The list of assets and the page of one entry, with everything that may be done there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components.assets import report as asset_report
from dashboard.opening import open_register
from dashboard.own.areas import CODES
from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import State
from dashboard.register.exchange.reading import OWN_REF_PREFIX
from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision, Trust
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register
from dashboard.register.story import Consent, Story
from etl.settings import Settings
from tests.registers import LUNCH_CLUB, PARTNER, REVIEWER
from tests.unit.asset_pages import (
    copy_register,
    labels_of,
    links_of,
    look_as,
    make_pattern,
    open_assets,
    press,
    words_of,
)
from tests.unit.page_scripts import query_of
from tests.unit.small_snapshot import LADS, LSOAS

IN_ALTON = Place(precision=Precision.EXACT, postcode="AB1 2AB", lsoa21_code=LSOAS[0], address=("1 High Street",))
TODAY = date.today()  # noqa: DTZ011 - the pages ask the real clock
CLUB = replace(
    LUNCH_CLUB,
    place=IN_ALTON,
    website="https://www.example.org/(a)_b",
    organisation="Friends of Alton",
    organisation_sort="charity",
    min_age=50,
    is_free=False,
    cost="£2",
    audiences=("older_people",),
    audience_words="Dogs\nwelcome",
    languages=("ur",),
    accessibility=("step_free",),
    opening_notes="Not in August",
    service_areas=(LADS[0],),
    source="Alton's list",
    licence="OGL v3.0",
    trust=Trust(
        confirmed_on=TODAY - timedelta(days=90), confirmed_by="Alton CVS", next_check_due=TODAY + timedelta(275)
    ),
)
HUB = Asset(
    name="Émile's *Digital* Hub",
    kind="digital_hub",
    offers=("device_loan",),
    referral=("gp",),
    availability=Availability.WAITING_LIST,
    is_free=True,
    opening_hours="24/7",
    place=Place(precision=Precision.ROUGH, postcode="AB1 2AB", lsoa21_code=LSOAS[0]),
    trust=Trust(confirmed_on=TODAY - timedelta(days=500), next_check_due=TODAY - timedelta(days=135)),
)
RIDE = Asset(name="Ring and Ride", kind="transport", service_area_words="the whole valley")


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_pattern(tmp_path_factory.mktemp("assets"))


@pytest.fixture
def settings(pattern: Settings, tmp_path: Path) -> Settings:
    return copy_register(pattern, tmp_path)


@pytest.fixture
def register(settings: Settings) -> Iterator[Register]:
    opened = open_register(settings)
    yield opened
    opened.close()


@pytest.fixture
def club(register: Register) -> str:
    return register.entries.add(CLUB, actor=REVIEWER).asset.asset_id


def said_of(page: AppTest) -> str:
    return page.success[0].value.replace("\\", "")


def test_an_empty_register_says_how_to_begin(settings: Settings) -> None:
    page = open_assets(settings)
    assert "Nothing has been added yet" in words_of(page)
    assert "Add a group or place" in links_of(page)


def test_the_list_says_of_each_entry_what_one_must_know_to_choose(settings: Settings, register: Register) -> None:
    for asset in (CLUB, HUB, RIDE):
        register.entries.add(asset, actor=REVIEWER)
    page = open_assets(settings)
    said = words_of(page)
    assert "3 entries" in said
    assert {CLUB.name, HUB.name, RIDE.name} <= set(links_of(page))
    assert "Social club · 1 High Street, AB1 2AB" in said
    assert "Confirmed 2 months ago by Alton CVS." in said
    assert "Digital help · Somewhere in =Café [x](y) *Green*, Alton" in said
    assert "There is a waiting list · Open now" in said
    assert "Not checked for over a year" in said
    assert "Transport · Serves the whole valley" in said
    assert "Not checked by anyone yet." in said


LINKS: list[tuple[dict[str, str], set[str]]] = [
    ({"q": "emiles digital"}, {HUB.name}),
    ({"kind": "transport,social_club"}, {RIDE.name, CLUB.name}),
    ({"checked": "stale,unchecked"}, {HUB.name, RIDE.name}),
    ({"within": LADS[1]}, set()),
    ({"for": "older_people", "checked": "fresh", "offer": "digital_help"}, {CLUB.name}),
    ({"open": "yes", "q": "hub", "takes": "waiting_list", "referral": "gp", "free": "yes"}, {HUB.name}),
    ({"kind": "no_such_kind"}, set()),
    ({"page": "99"}, set()),
]


def test_a_link_to_a_filtered_list_finds_what_it_says(settings: Settings, register: Register) -> None:
    for asset in (CLUB, HUB, RIDE):
        register.entries.add(asset, actor=REVIEWER)
    for query, found in LINKS:
        page = open_assets(settings, **query)
        assert not page.exception
        assert set(links_of(page)) & {CLUB.name, HUB.name, RIDE.name} == found, query
        if not found:
            assert "Nothing fits" in words_of(page) or "not that many pages" in words_of(page)


def test_each_filter_changes_the_address_and_the_list(settings: Settings, register: Register) -> None:
    for asset in (CLUB, HUB, RIDE):
        register.entries.add(asset, actor=REVIEWER)
    page = open_assets(settings, page="2")
    page.multiselect(key="asset-kinds").select("digital_hub").run()
    page.checkbox(key="asset-is_free").check().run()
    page.selectbox(key="asset-area").select(LADS[0]).run()
    assert query_of(page) == {"kind": "digital_hub", "free": "yes", "within": LADS[0]}
    assert "1 entry" in words_of(page)
    page.text_input(key="asset-text").set_value("nobody").run()
    assert "Nothing fits" in words_of(page)
    press(page, "Show everything")
    assert query_of(page) == {}
    assert "3 entries" in words_of(page)


def test_of_two_choices_within_a_moment_neither_is_lost(settings: Settings, register: Register) -> None:
    register.entries.add(CLUB, actor=REVIEWER)
    page = open_assets(settings)
    page.multiselect(key="asset-kinds").select("social_club").run()
    # The browser has not heard of the first choice yet: it sends the address from before it.
    page.query_params.clear()
    page.checkbox(key="asset-is_free").check().run()
    assert query_of(page) == {"kind": "social_club", "free": "yes"}
    assert page.multiselect(key="asset-kinds").value == ["social_club"]


def test_a_long_list_is_shown_a_page_at_a_time(settings: Settings, register: Register) -> None:
    register.entries.bring_in([replace(RIDE, name=f"Ride {n:02d}") for n in range(45)], actor=REVIEWER)
    page = open_assets(settings)
    assert "1 to 20 shown" in words_of(page)
    assert "Ride 19" in links_of(page)
    last = open_assets(settings, page="3")
    assert "41 to 45 shown" in words_of(last)
    assert "Ride 44" in links_of(last)


def test_an_entry_says_everything_public_in_plain_words(settings: Settings, club: str) -> None:
    page = open_assets(settings, asset=club)
    assert not page.exception
    said = words_of(page)
    for words in (
        CLUB.name, CLUB.description, "Social club · 1 High Street, AB1 2AB", "Company, Free Wi-Fi", "Older people",
        "Dogs", "welcome",
        "50 years and over", "Just turn up or get in touch", "There is something to pay", "£2",
        "Wednesday: 11am to 2pm", "Not in August", "Front desk", "0161 496 0000", "Step-free", "Urdu", "Alton",
        "Friends of Alton, Charity", "Alton's list", "OGL v3.0", "Confirmed 2 months ago by Alton CVS.",
        "Next check due on",
    ):  # fmt: skip
        assert words in said, words
    assert "(<https://www.example.org/(a)_b>)" in said


def test_an_id_of_the_source_is_shown_and_one_of_our_own_making_is_not(settings: Settings, register: Register) -> None:
    for ref, is_shown in (("A-17", True), (f"{OWN_REF_PREFIX}e153da9ee0cb", False)):
        made = register.entries.add(replace(RIDE, source="Bus list", source_ref=ref), actor=REVIEWER)
        said = words_of(open_assets(settings, asset=made.asset.asset_id))
        assert "Bus list" in said
        assert (ref in said) is is_shown


def test_contacts_for_partners_are_marked_and_kept_from_everyone_else(
    settings: Settings, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = words_of(open_assets(settings, asset=club))
    assert "Mary Bright" in said
    assert "For partners only" in said
    look_as(monkeypatch, THE_PUBLIC)
    public = open_assets(settings, asset=club)
    assert "Front desk" in words_of(public)
    assert "Mary Bright" not in words_of(public)
    assert labels_of(public) == ["Send"]


def test_a_rough_place_is_said_to_be_the_middle_of_its_neighbourhood(settings: Settings, register: Register) -> None:
    hub = register.entries.add(HUB, actor=REVIEWER).asset.asset_id
    said = words_of(open_assets(settings, asset=hub))
    assert "Shown only roughly" in said
    assert "AB1 2AB" not in said
    assert "Ask before you rely on it" in said


def test_an_entry_that_is_not_there_or_not_for_everyone_sounds_the_same(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = register.entries.add(CLUB, actor=PARTNER, submit=False).asset.asset_id
    look_as(monkeypatch, THE_PUBLIC)
    for asset_id in (draft, "no-such-entry"):
        page = open_assets(settings, asset=asset_id)
        assert "There is no entry" in words_of(page)
        assert CLUB.name not in words_of(page)


def test_confirming_says_so_at_once(settings: Settings, register: Register) -> None:
    hub = register.entries.add(HUB, actor=REVIEWER).asset.asset_id
    page = press(open_assets(settings, asset=hub), "It is right: confirm it")
    assert "Confirmed today" in words_of(page)
    assert "Confirmed, thank you." in said_of(page)


def test_withdrawing_and_archiving_say_what_happens_next_and_can_be_undone(
    settings: Settings, register: Register, club: str
) -> None:
    for label, state in (("Withdraw", State.WITHDRAWN), ("Archive", State.ARCHIVED)):
        page = press(open_assets(settings, asset=club), f"{label} it")
        assert "no longer shown" in said_of(page)
        assert register.entries.get(club, actor=REVIEWER).state is state
        assert "It is right: confirm it" not in labels_of(page)
        press(page, "Undo")
        assert register.entries.get(club, actor=REVIEWER).state is State.PUBLISHED
    press(open_assets(settings, asset=club), "Withdraw it")
    press(open_assets(settings, asset=club), "Bring it back")
    assert register.entries.get(club, actor=REVIEWER).state is State.PUBLISHED


def test_what_was_said_is_gone_on_the_next_entry(settings: Settings, register: Register, club: str) -> None:
    other = register.entries.add(RIDE, actor=REVIEWER).asset.asset_id
    page = press(open_assets(settings, asset=club), "It is right: confirm it")
    page.query_params["asset"] = other
    assert not page.run().success


def test_anyone_may_say_that_something_is_wrong_a_few_times(
    settings: Settings, register: Register, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_as(monkeypatch, THE_PUBLIC)
    monkeypatch.setattr(asset_report, "sender", lambda: "192.0.2.1")
    for _ in range(5):
        page = open_assets(settings, asset=club)
        page.text_area(key="report-words").set_value("The number is dead.")
        assert "Thank you" in press(page, "Send").success[0].value
    page = open_assets(settings, asset=club)
    page.text_area(key="report-words").set_value("Again.")
    assert "many messages" in press(page, "Send").error[0].value
    assert [one.words for one in register.reports.open(actor=REVIEWER)] == ["The number is dead."] * 5


@pytest.mark.parametrize(
    ("address", "who"),
    [(None, "this machine"), ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64")],
)
def test_whoever_has_very_many_addresses_is_one_sender(
    address: str | None, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asset_report.st, "context", SimpleNamespace(ip_address=address))
    assert asset_report.sender() == who


def test_an_empty_message_is_refused_in_words(settings: Settings, club: str) -> None:
    assert "Say what is wrong" in press(open_assets(settings, asset=club), "Send").error[0].value


def test_history_is_told_field_by_field_and_any_version_comes_back(
    settings: Settings, register: Register, club: str
) -> None:
    register.entries.edit(club, replace(CLUB, cost="£3"), base_version=1, actor=REVIEWER, why="Costs _rose_")
    page = open_assets(settings, asset=club)
    page.session_state["asset-history"] = True
    page.run()
    said = words_of(page)
    assert "**Changed (version 2)** by Rae, Rae's organisation" in said
    assert "Cost: £2 → £3" in said
    assert "Why: Costs _rose_" in said
    press(page, "Bring version 1 back")
    assert register.entries.get(club, actor=REVIEWER).asset.cost == "£2"
    press(page, "Undo")
    assert register.entries.get(club, actor=REVIEWER).asset.cost == "£3"


def test_the_public_sees_no_history_and_no_erasing(
    settings: Settings, club: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_as(monkeypatch, THE_PUBLIC)
    assert [one.label for one in open_assets(settings, asset=club).expander] == ["Something's wrong with this entry"]


def test_personal_data_is_erased_once_somebody_is_sure(settings: Settings, register: Register, club: str) -> None:
    page = open_assets(settings, asset=club)
    page.text_area(key="erase-words").set_value("Mary Bright\n\n")
    assert "Tick the box first" in press(page, "Erase it for good").error[0].value
    page.checkbox(key="erase-sure").check()
    page = press(page, "Erase it for good")
    assert "Erased, from its history too." in said_of(page)
    assert "Mary Bright" not in repr(register.history.read(club, actor=REVIEWER))


def test_stories_that_may_be_shown_are(settings: Settings, register: Register, club: str) -> None:
    consent = Consent(recorded_by="Rae", recorded_on=TODAY, audience=Audience.PUBLIC)
    for title, is_published in (("My Wednesdays", True), ("Not read yet", False)):
        told = register.stories.add(Story(title=title, words="I *go*", asset_id=club, consent=consent), actor=REVIEWER)
        if is_published:
            register.stories.publish(told.story.story_id, version=told.version, actor=REVIEWER)
    said = words_of(open_assets(settings, asset=club))
    assert "My Wednesdays" in said
    assert "The teller wishes to stay unnamed." in said
    assert "Not read yet" not in said


def test_a_merged_entry_leads_to_the_one_that_took_its_place(settings: Settings, register: Register, club: str) -> None:
    other = register.entries.add(replace(CLUB, name="Lunch"), actor=REVIEWER).asset.asset_id
    register.merging.merge(kept_id=club, other_id=other, merged=CLUB, kept_version=1, actor=REVIEWER)
    assert "It was merged with another entry: go there" in links_of(open_assets(settings, asset=other))


def test_what_somebody_added_and_nobody_sees_yet_is_theirs_to_find(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = register.entries.add(CLUB, actor=PARTNER).asset.asset_id
    register.review.return_with_question(sent, note="Which hall?", actor=REVIEWER)
    register.entries.add(RIDE, actor=PARTNER)
    look_as(monkeypatch, PARTNER)
    page = open_assets(settings)
    assert page.expander[0].label == "Yours, not yet shown to everyone (2)"
    assert "They wrote: “Which hall?”" in words_of(page)
    assert "A reviewer will look at this" in words_of(page)
    entry = press(open_assets(settings, asset=sent), "Send it in")
    assert "A reviewer will look at this" in said_of(entry)


def test_a_change_that_waits_is_told_to_whoever_reads_the_entry(
    settings: Settings, register: Register, club: str
) -> None:
    register.entries.edit(club, replace(CLUB, cost="£9"), base_version=1, actor=PARTNER)
    said = words_of(open_assets(settings, asset=club))
    assert "A change to this entry waits" in said
    assert "£9" not in said


def test_contacts_without_a_name_still_have_a_heading(settings: Settings, register: Register) -> None:
    mailed = replace(RIDE, contacts=(Contact(email="a+b@example.org", audience=Audience.PUBLIC),))
    said = words_of(open_assets(settings, asset=register.entries.add(mailed, actor=REVIEWER).asset.asset_id))
    assert "**Contact**" in said
    assert "(<mailto:a+b@example.org>)" in said


def test_an_own_area_is_shared_on_a_website_once_everyone_may_open_it(settings: Settings, register: Register) -> None:
    register.entries.add(CLUB, actor=REVIEWER)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Our patch", body={CODES: [LSOAS[0]]})
    kept = register.kept.save(draft, actor=REVIEWER)
    within = f"custom-{kept.piece_id}"
    page = open_assets(settings, within=within)
    assert "1 entry" in words_of(page)
    assert not page.code
    assert "choose “Everyone” under “Who may open it”" in words_of(page)
    assert "Neighbourhoods of our own" in links_of(page)
    shared = replace(draft, audience=Sharing.PUBLIC, piece_id=kept.piece_id)
    register.kept.save(shared, actor=REVIEWER, base_version=kept.version)
    (lines,) = open_assets(settings, within=within).code
    assert f"/embed/list?within={within}" in lines.value
