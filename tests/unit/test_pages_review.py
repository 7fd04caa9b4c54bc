"""The page “Review”: what waits is looked at, published, sent back, settled, merged or told apart, one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import visit as visiting
from dashboard.components.stories import shown
from dashboard.opening import open_register
from dashboard.register.actor import Actor, Role, local_actor
from dashboard.register.database import Database
from dashboard.register.entry import State, Waiting
from dashboard.register.model import Asset, Audience, Place, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.store import kept_pairs
from dashboard.register.store.kept_pairs import FoundPair, KeptPairs
from dashboard.register.story import Consent, Story
from etl.settings import Settings, read_settings
from tests.registers import PARTNER, someone
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import LADS, LSOAS, make_home

ME = local_actor()
LIBRARY = Asset(
    name="Alton <b>Library</b>",
    kind="library",
    description="Books. ${alert(1)}",
    place=Place(precision=Precision.EXACT, lon=-2.0, lat=53.0, lsoa21_code=LSOAS[0]),
)
CLUB = Asset(
    name="Burton Chess Club",
    kind="social_club",
    place=Place(precision=Precision.EXACT, lon=-2.5, lat=53.5, lsoa21_code=LSOAS[9]),
)
STORY = Story(
    title="My first video call",
    words="She showed me twice. <script>alert(1)</script>",
    consent=Consent(recorded_by="Pat", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC),
    area_code=LSOAS[0],
)


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the small snapshot, made once: each test has a home, and a register, of its own."""
    return make_home(tmp_path_factory.mktemp("small")).snapshots_dir


@pytest.fixture
def settings(tmp_path: Path, snapshots: Path) -> Settings:
    (tmp_path / "snapshots").symlink_to(snapshots)
    return read_settings({}, home=tmp_path)


@pytest.fixture
def register(settings: Settings) -> Register:
    return open_register(settings)


def _press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def _queue_names(page: AppTest) -> list[str]:
    return [str(getattr(option, "content", option)) for option in page.button_group[0].options]


def _queues(page: AppTest) -> dict[str, int]:
    said = _queue_names(page)
    return {name.rpartition(" (")[0]: int(name.rpartition("(")[2].rstrip(")")) for name in said}


def _done(page: AppTest) -> str:
    return " ".join(one.value for one in page.success).replace("\\", "")


def _heading(page: AppTest) -> str:
    return str(page.subheader[0].value).replace("\\", "")


def _cells(page: AppTest) -> str:
    return " ".join(str(cell) for table in page.table for cell in table.value.to_numpy().ravel()).replace("\\", "")


def _as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setattr(visiting, "local_actor", lambda: actor)


def test_new_entries_are_published_or_sent_back_one_after_the_other(settings: Settings, register: Register) -> None:
    first, second = (register.entries.add(one, actor=PARTNER).asset.asset_id for one in (LIBRARY, CLUB))
    page = open_page("review", settings)
    assert _queues(page) == {
        "New entries": 2, "Edits": 0, "Something's wrong": 0, "Stories": 0, "Likely duplicates": 0, "Due a check": 0,
    }  # fmt: skip
    assert _heading(page) == LIBRARY.name
    assert "by Pat, Pat's organisation." in words_of(page)
    assert LIBRARY.description in _cells(page)
    _press(page, "Publish")
    assert register.entries.get(first, actor=ME).state is State.PUBLISHED
    assert _heading(page) == CLUB.name
    _press(page, "Send it back")
    assert "Write the question" in words_of(page)
    page.text_area[0].set_value("Which evening?")
    _press(page, "Send it back")
    assert "was sent back with your question" in _done(page)
    assert register.entries.get(second, actor=PARTNER).note == "Which evening?"
    assert "No new entry waits" in words_of(page)


def test_an_edit_is_shown_as_what_it_changes(settings: Settings, register: Register) -> None:
    entry = register.entries.add(LIBRARY, actor=ME)
    edited = replace(entry.asset, description="Books and laptops.", is_free=True)
    register.entries.edit(entry.asset.asset_id, edited, base_version=entry.version, actor=PARTNER, why="I *rang*")
    page = open_page("review", settings, queue="edits")
    assert "Why: I *rang*" in [one.value for one in page.text]
    table = page.table[0].value
    assert table.index.tolist() == ["What it is and does", "Is it free?"]
    assert [one.replace("\\", "") for one in table.loc["What it is and does"]] == [
        LIBRARY.description, "Books and laptops.",
    ]  # fmt: skip
    register.entries.edit(
        entry.asset.asset_id, replace(edited, cost="£1"), base_version=entry.version + 1, actor=PARTNER
    )
    _press(page, "Publish")
    assert "was changed while you looked at it" in _done(page)
    assert register.entries.get(entry.asset.asset_id, actor=PARTNER).waiting is Waiting.SUBMITTED
    _press(page, "Publish")
    assert register.entries.get(entry.asset.asset_id, actor=PARTNER).asset.cost == "£1"


def test_what_people_say_is_wrong_is_settled_in_words(settings: Settings, register: Register) -> None:
    entry = register.entries.add(LIBRARY, actor=ME)
    register.reports.say(entry.asset.asset_id, words="It has <i>moved</i>", sender="somebody")
    page = open_page("review", settings)
    assert query_of(page)["queue"] == "wrong"
    assert "It has <i>moved</i>" in [one.value for one in page.text]
    _press(page, "Settle it")
    assert "Say in a few words" in words_of(page)
    page.text_input[0].set_value("Put right")
    _press(page, "Settle it")
    assert register.reports.open(actor=ME) == ()
    assert "Nobody says that something is wrong" in words_of(page)


@pytest.mark.parametrize(("button", "shown"), [("It is right", 1), ("It is no more: archive it", 0)])
def test_an_entry_that_is_due_a_check_is_confirmed_or_archived(
    settings: Settings, register: Register, button: str, shown: int
) -> None:
    register.entries.add(LIBRARY, actor=ME)
    page = open_page("review", settings, queue="check")
    assert "Never confirmed" in words_of(page)
    _press(page, button)
    assert "No entry is due a check" in words_of(page)
    assert register.finding.find(Query(), actor=ME).total == shown


def test_likely_duplicates_are_merged_field_by_field_and_the_merge_is_undone(
    settings: Settings, register: Register
) -> None:
    twin = replace(LIBRARY, name="Alton Library (Alton)", description="", cost="free")
    kept, other = (register.entries.add(one, actor=ME).asset.asset_id for one in (LIBRARY, twin))
    page = open_page("review", settings, queue="duplicates")
    by_label = {radio.label: radio for radio in page.radio}
    assert set(by_label) == {"Which entry stays?", "Name", "What it is and does", "Cost"}
    # What only the other says is proposed from it.
    assert (by_label["Cost"].value, by_label["Name"].value) == ("second", "first")
    by_label["Name"].set_value("second")
    _press(page, "Merge them")
    merged = register.entries.get(kept, actor=ME).asset
    assert (merged.name, merged.description, merged.cost) == (twin.name, LIBRARY.description, "free")
    assert register.entries.get(other, actor=ME).merged_into == kept
    _press(page, "Undo")
    assert "is an entry of its own again" in _done(page)
    assert register.entries.get(kept, actor=ME).asset.name == LIBRARY.name
    _press(page, "They are two things")
    assert "No two entries look like one thing" in words_of(page)


def test_very_many_entries_are_compared_beside_the_page_when_somebody_looks(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (LIBRARY, replace(LIBRARY, name="Alton Library (Alton)")):
        register.entries.add(one, actor=ME)
    compare, may_go_on = KeptPairs.pairs, Event()

    def compare_slowly(self: KeptPairs, database: Database) -> list[FoundPair]:
        assert may_go_on.wait(60)
        return compare(self, database)

    monkeypatch.setattr(kept_pairs, "FEW", 1)
    monkeypatch.setattr(KeptPairs, "pairs", compare_slowly)
    page = open_page("review", settings)
    assert "Likely duplicates" in _queue_names(page)
    page.button_group[0].set_value("duplicates").run()
    assert "Look at another queue meanwhile" in words_of(page)
    assert "Merge them" not in [one.label for one in page.button]
    page.button_group[0].set_value("new").run()
    assert "No new entry waits" in words_of(page)
    may_go_on.set()
    assert len(register.pairs.likely(actor=ME)) == 1
    page.button_group[0].set_value("duplicates").run()
    assert "Merge them" in [one.label for one in page.button]
    assert "Likely duplicates (1)" in _queue_names(page)


def test_a_story_is_read_before_it_is_published(settings: Settings, register: Register) -> None:
    for title in ("One", "Two"):
        register.stories.add(replace(STORY, title=title), actor=PARTNER)
    page = open_page("review", settings, queue="stories")
    assert STORY.words in [one.value for one in page.text]
    assert "Consent for everyone, with no end; recorded by Pat on 1 March 2026." in words_of(page)
    _press(page, "Publish")
    assert [one.story.title for one in register.stories.shown(actor=PARTNER)] == ["One"]
    page.text_area[0].set_value("May the street be named?")
    _press(page, "Send it back")
    assert "No story waits" in words_of(page)
    assert register.stories.mine(actor=PARTNER)[0].note == "May the street be named?"


def test_a_story_whose_consent_ran_out_while_it_waited_says_so(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(UK_TIME).date()
    register.stories.add(replace(STORY, consent=replace(STORY.consent, until=today)), actor=PARTNER)
    assert "consent has run out" not in words_of(open_page("review", settings, queue="stories"))
    monkeypatch.setattr(shown, "uk_today", lambda: datetime.now(UK_TIME).date() + timedelta(days=1))
    assert "consent has run out" in words_of(open_page("review", settings, queue="stories"))


def test_a_reviewer_is_not_asked_to_judge_their_own_story_of_another_area(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    bea = someone("Bea", Role.REVIEWER, areas=(LADS[1],))
    register.stories.add(STORY, actor=bea)
    _as(monkeypatch, bea)
    assert _queues(open_page("review", settings))["Stories"] == 0
    _as(monkeypatch, ME)
    assert _queues(open_page("review", settings))["Stories"] == 1


def test_the_address_names_the_queue_and_the_thing_in_it(settings: Settings, register: Register) -> None:
    ids = [register.entries.add(one, actor=PARTNER).asset.asset_id for one in (LIBRARY, CLUB)]
    page = open_page("review", settings, queue="new", item=ids[1])
    assert _heading(page) == CLUB.name
    page.selectbox[0].select(0).run()
    assert (_heading(page), query_of(page)["item"]) == (LIBRARY.name, ids[0])


def test_a_reviewer_of_an_area_sees_that_area_alone(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (LIBRARY, CLUB):
        register.entries.add(one, actor=PARTNER)
    _as(monkeypatch, someone("Bea", Role.REVIEWER, areas=(LADS[1],)))
    page = open_page("review", settings)
    assert _queues(page)["New entries"] == 1
    assert _heading(page) == CLUB.name
    assert "areas that you review" in words_of(page)


def test_somebody_who_is_no_reviewer_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    _as(monkeypatch, PARTNER)
    page = open_page("review", settings)
    assert "Reviewers look here" in words_of(page)
    assert not page.button_group
