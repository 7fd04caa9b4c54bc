"""The page “Stories”, and taking entries away as files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import visit as visiting
from dashboard.components.assets.downloads import LABELS
from dashboard.components.stories import listing as story_list
from dashboard.components.stories import shown
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.entry import State
from dashboard.register.model import Asset, Audience, Place, Precision
from dashboard.register.register import Register
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.story import Consent, Story
from etl.settings import Settings, read_settings
from tests.registers import PARTNER
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LADS, LSOAS, make_home

ME = local_actor()
STORY = Story(
    title="My <b>first</b> call",
    words="She showed me twice. ${alert(1)}",
    consent=Consent(recorded_by="Pat", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC),
    area_code=LADS[0],
    themes=("getting_online",),
    credit="Joan",
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


def _publish(register: Register, story: Story) -> str:
    entry = register.stories.add(story, actor=PARTNER)
    register.stories.publish(entry.story.story_id, version=1, actor=ME)
    return entry.story.story_id


def _press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def _titles(page: AppTest) -> list[str]:
    return [str(one.value).replace("\\", "") for one in page.subheader]


def test_stories_are_filtered_by_area_and_theme(settings: Settings, register: Register) -> None:
    library = Asset(name="Library", kind="library",
                    place=Place(precision=Precision.EXACT, lon=-2.0, lat=53.0, lsoa21_code=LSOAS[9]))  # fmt: skip
    about = register.entries.add(library, actor=ME).asset.asset_id
    _publish(register, STORY)
    _publish(register, replace(STORY, title="At the library", area_code="", asset_id=about, themes=("loneliness",)))
    page = open_page("stories", settings)
    assert _titles(page) == [STORY.title, "At the library"]
    assert STORY.words in [one.value for one in page.text]
    page.selectbox(key="story-area").select(LADS[1]).run()
    assert _titles(page) == ["At the library"]
    assert _titles(open_page("stories", settings, theme="getting_online")) == [STORY.title]


def test_many_stories_are_shown_a_page_at_a_time_and_a_filter_begins_at_the_first(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_list, "PER_PAGE", 2)
    for number in range(5):
        theme = "loneliness" if number < 3 else "getting_online"
        _publish(register, replace(STORY, title=f"Story {number}", themes=(theme,)))
    page = open_page("stories", settings)
    assert _titles(page) == ["Story 0", "Story 1"]
    page.session_state["story-page-3"] = 3
    assert _titles(page.run()) == ["Story 4"]
    page.selectbox(key="story-theme").select("loneliness").run()
    assert not page.exception
    assert _titles(page) == ["Story 0", "Story 1"]


def test_a_story_is_written_down_with_its_consent_and_waits(settings: Settings, register: Register) -> None:
    page = open_page("stories", settings, new="yes")
    _press(page, "Send it in")
    assert "A story rests on its teller's consent" in words_of(page)
    page.checkbox[0].check()
    _press(page, "Send it in")
    assert "Give the story a title" in words_of(page)
    assert "Say which place or which entry" in words_of(page)
    assert "3 things to put right" in words_of(page)
    page.text_input(key="story:new|place").set_value("Alton").run()
    assert next(one for one in page.selectbox if one.label == "Area").value == LADS[0]
    fields = {one.label: one for one in page.text_input}
    fields["Title"].set_value(STORY.title)
    page.text_area[0].set_value(STORY.words)
    page.multiselect[0].set_value(["getting_online"])
    page.radio[0].set_value("Everyone")
    assert "Consent for everyone, with no end; recorded by You on " in words_of(page.run())
    _press(page, "Send it in")
    assert "A reviewer reads the story" in " ".join(one.value for one in page.success)
    (told,) = register.stories.mine(actor=ME)
    assert (told.state, told.story.title, told.story.area_code) == (State.SUBMITTED, STORY.title, LADS[0])
    assert (told.story.consent.recorded_by, told.story.consent.audience) == ("You", Audience.PUBLIC)
    assert register.stories.shown(actor=ME) == ()


def test_what_is_typed_of_a_story_is_there_when_somebody_comes_back_to_the_page(settings: Settings) -> None:
    page = open_page("stories", settings, new="yes")
    page.text_area[0].set_value("Told over tea.").run()
    del page.query_params["new"]
    page.run()
    assert not page.text_area
    page.query_params["new"] = "yes"
    page.run()
    assert page.text_area[0].value == "Told over tea."


def test_a_story_that_came_back_is_changed_and_sent_in_again(settings: Settings, register: Register) -> None:
    story_id = register.stories.add(STORY, actor=ME).story.story_id
    register.stories.return_with_question(story_id, note="Which month?", actor=ME)
    page = open_page("stories", settings)
    assert "A reviewer asks: Which month?" in words_of(page)
    page = open_page("stories", settings, edit=story_id)
    page.text_area[0].set_value("In March.")
    page.checkbox[0].check()
    _press(page, "Send it in")
    (told,) = register.stories.mine(actor=ME)
    assert (told.story.words, told.state, told.story.themes) == ("In March.", State.SUBMITTED, STORY.themes)


def test_a_story_can_be_changed_when_the_entry_it_is_about_is_not_shown_any_more(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = register.entries.add(Asset(name="Hub", kind="digital_hub", service_area_words="Alton"), actor=ME)
    story = replace(STORY, asset_id=about.asset.asset_id)
    story_id = register.stories.add(story, actor=PARTNER).story.story_id
    register.review.archive(about.asset.asset_id, actor=ME)
    monkeypatch.setattr(visiting, "local_actor", lambda: PARTNER)
    page = open_page("stories", settings, edit=story_id)
    chosen = next(one for one in page.selectbox if one.label == "Entry")
    assert chosen.options == ["None", "The entry it was about, which is not shown any more"]
    page.text_area[0].set_value("Shorter.")
    page.checkbox[0].check()
    _press(page, "Send it in")
    assert register.stories.mine(actor=PARTNER)[0].story.words == "Shorter."


def test_a_story_that_is_taken_back_is_gone_everywhere(settings: Settings, register: Register) -> None:
    _publish(register, STORY)
    page = open_page("stories", settings)
    _press(page, "Remove the story")
    assert "removed everywhere" in " ".join(one.value for one in page.success)
    assert register.stories.shown(actor=ME) == ()
    assert STORY.words.encode() not in register.database.file.read_bytes()


def test_whoever_wrote_a_story_down_is_told_when_its_consent_has_run_out(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(UK_TIME).date()
    entry = register.stories.add(replace(STORY, consent=replace(STORY.consent, until=today)), actor=ME)
    register.stories.publish(entry.story.story_id, version=1, actor=ME)
    assert "It is published for those whom" in words_of(open_page("stories", settings))
    monkeypatch.setattr(shown, "uk_today", lambda: datetime.now(UK_TIME).date() + timedelta(days=1))
    said = words_of(open_page("stories", settings))
    assert "consent has run out, so nobody else sees it" in said
    assert "It is published for those whom" not in said


def test_the_public_reads_what_is_for_everyone_and_adds_nothing(
    settings: Settings, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(register, STORY)
    _publish(register, replace(STORY, title="For partners", consent=replace(STORY.consent, audience=Audience.PARTNERS)))
    monkeypatch.setattr(visiting, "local_actor", lambda: THE_PUBLIC)
    page = open_page("stories", settings, new="yes")
    assert _titles(page) == [STORY.title]
    assert not page.text_area
    assert not page.button


def test_every_way_out_is_offered_at_the_filter_of_the_list(settings: Settings, register: Register) -> None:
    register.entries.add(Asset(name="Hub", kind="digital_hub", service_area_words="Alton"), actor=ME)
    page = open_page("assets", settings)
    assert page.selectbox(key="asset-download-form").options == list(LABELS.values())
    page.checkbox(key="asset-download-partners").check().run()
    assert not page.exception
