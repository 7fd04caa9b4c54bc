"""Stories rest on consent: reviewed before anyone else sees them, gone everywhere when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import State
from dashboard.register.errors import InvalidEntryError, NotAllowedError, NotFoundError, WrongStateError
from dashboard.register.model import Audience
from dashboard.register.register import Register
from dashboard.register.story import Consent, Story
from tests.registers import (
    GROUP,
    LUNCH_CLUB,
    NORTH_REVIEWER,
    NORTHTOWN,
    OTHER_PARTNER,
    PARTNER,
    REVIEWER,
    SOUTHTOWN,
    StoppedClock,
)

CONSENT = Consent(recorded_by="Pat", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC, until=date(2026, 3, 31))
STORY = Story(
    title="The tablet",
    words="My neighbour showed me how to see my granddaughter.",
    consent=CONSENT,
    area_code=NORTHTOWN,
    themes=("getting_online",),
    credit="A grandmother",
)


def publish(register: Register, story: Story = STORY) -> str:
    entry = register.stories.add(story, actor=PARTNER)
    register.stories.publish(entry.story.story_id, version=1, actor=REVIEWER)
    return entry.story.story_id


def test_nobody_but_its_author_and_reviewers_sees_a_story_before_review(register: Register) -> None:
    story_id = register.stories.add(STORY, actor=PARTNER).story.story_id
    for actor in (THE_PUBLIC, OTHER_PARTNER):
        assert register.stories.shown(actor=actor) == ()
        assert register.stories.waiting(actor=actor) == ()
    for actor in (PARTNER, REVIEWER, NORTH_REVIEWER):
        assert [one.story.story_id for one in register.stories.waiting(actor=actor)] == [story_id]
    with pytest.raises(NotAllowedError):
        register.stories.publish(story_id, version=1, actor=PARTNER)
    with pytest.raises(NotAllowedError):
        register.stories.add(STORY, actor=THE_PUBLIC)


def test_a_published_story_is_shown_to_those_the_teller_agreed_to_and_until_then(
    register: Register, clock: StoppedClock
) -> None:
    public = publish(register)
    for_partners = publish(register, replace(STORY, consent=replace(CONSENT, audience=Audience.PARTNERS)))
    assert [one.story.story_id for one in register.stories.shown(actor=THE_PUBLIC)] == [public]
    assert [one.story.story_id for one in register.stories.shown(actor=PARTNER)] == [public, for_partners]
    assert register.stories.shown(actor=THE_PUBLIC, area_codes=(SOUTHTOWN,)) == ()
    clock.wait(days=27)
    assert len(register.stories.shown(actor=THE_PUBLIC)) == 1
    before = register.erasing.number()
    clock.wait(days=1)
    assert register.stories.shown(actor=PARTNER) == ()
    assert register.erasing.number() != before, "files that were made with it are out of date now"


def test_consent_withdrawn_removes_the_words_everywhere(register: Register) -> None:
    story_id = publish(register)
    for actor in (THE_PUBLIC, OTHER_PARTNER, GROUP):
        with pytest.raises(NotAllowedError):
            register.stories.end_consent(story_id, actor=actor)
    register.stories.return_with_question(story_id, note="Whose granddaughter?", actor=REVIEWER)
    register.stories.end_consent(story_id, actor=PARTNER)
    assert register.stories.shown(actor=PARTNER) == ()
    assert register.stories.waiting(actor=PARTNER) == ()
    with pytest.raises(NotFoundError, match="taken back"):
        register.stories.publish(story_id, version=1, actor=REVIEWER)
    if register.database.is_sqlite:
        folder = register.database.file.parent
        assert all(b"granddaughter" not in path.read_bytes() for path in folder.iterdir() if path.is_file())
    with register.database.reading() as con:
        assert con.scalar(text("SELECT count(*) FROM story WHERE CAST(body AS text) LIKE '%neighbour%'")) == 0
        assert con.scalar(text("SELECT count(*) FROM event WHERE why <> ''")) == 0


def test_a_changed_story_is_hidden_until_it_has_been_read_again(register: Register) -> None:
    story_id = publish(register)
    changed = register.stories.edit(story_id, replace(STORY, words="Other words."), actor=PARTNER)
    assert (changed.version, changed.state) == (2, State.SUBMITTED)
    assert register.stories.shown(actor=PARTNER) == ()
    with pytest.raises(WrongStateError, match="Read it again"):
        register.stories.publish(story_id, version=1, actor=REVIEWER)
    returned = register.stories.return_with_question(story_id, note="Is it hers?", actor=REVIEWER)
    assert (returned.state, returned.note) == (State.DRAFT, "Is it hers?")
    register.stories.edit(story_id, replace(STORY, words="Her words."), actor=PARTNER)
    register.stories.publish(story_id, version=3, actor=NORTH_REVIEWER)
    assert register.stories.shown(actor=THE_PUBLIC)[0].story.words == "Her words."
    with pytest.raises(NotAllowedError):
        register.stories.edit(story_id, STORY, actor=OTHER_PARTNER)


def test_a_story_may_be_about_an_entry(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    entry = register.stories.add(replace(STORY, area_code="", asset_id=asset_id), actor=PARTNER)
    register.stories.publish(entry.story.story_id, version=1, actor=NORTH_REVIEWER)
    assert len(register.stories.shown(actor=THE_PUBLIC, asset_id=asset_id)) == 1
    assert register.stories.shown(actor=THE_PUBLIC, asset_id="another") == ()
    with pytest.raises(NotFoundError):
        register.stories.add(replace(STORY, asset_id="nowhere"), actor=PARTNER)


def test_a_story_without_consent_words_or_place_is_refused_field_by_field(register: Register) -> None:
    consent = Consent(recorded_by=" ", recorded_on=date(2026, 4, 1), until=date(2026, 3, 1))
    bad = Story(title="", words="", consent=consent, themes=("nonsense",))
    with pytest.raises(InvalidEntryError) as refused:
        register.stories.add(bad, actor=PARTNER)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == [
        "title", "words", "area_code", "themes", "consent.recorded_by", "consent.recorded_on", "consent.until",
    ]  # fmt: skip
    with pytest.raises(InvalidEntryError, match="not an area code"):
        register.stories.add(replace(STORY, area_code="here", title="x" * 201), actor=PARTNER)


def test_a_story_goes_with_its_entry_when_that_is_merged(register: Register) -> None:
    kept, other = (register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id for _ in range(2))
    publish(register, replace(STORY, area_code="", asset_id=other))
    register.merging.merge(kept_id=kept, other_id=other, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER)
    assert len(register.stories.shown(actor=THE_PUBLIC, asset_id=kept)) == 1
