"""Personal data that somebody has a right to have erased: gone from everywhere, and nothing else with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from dashboard.register.actor import THE_PUBLIC, Role
from dashboard.register.errors import InvalidEntryError
from dashboard.register.integrity import find_faults
from dashboard.register.listed import Listed, Reference
from dashboard.register.model import Audience, Availability, Contact, Trust
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.story import Consent, Story
from dashboard.register.tables import METADATA
from tests.registers import ADMIN, GROUP, LUNCH_CLUB, NORTHTOWN, PARTNER, REVIEWER, TRUSTED, someone

CONSENT = Consent(recorded_by="A friend", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC)


def everything_stored(register: Register) -> bytes:
    """Return every row of every table as text, and of SQLite the bytes of its files too, in small letters."""
    with register.database.reading() as con:
        rows = [row for table in METADATA.sorted_tables for row in con.execute(select(table))]
    stored = repr(rows).encode()
    if register.database.is_sqlite:
        folder = register.database.file.parent
        stored += b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    return stored.lower()


def test_erased_words_are_gone_from_every_version_and_from_the_files(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    told = replace(
        LUNCH_CLUB, description="Ask for Mary  Bright at the door.", website="https://mary-bright.example.org"
    )
    why = "mary bright asked for it"
    register.entries.edit(asset_id, told, base_version=1, actor=TRUSTED, why=why)
    register.reports.say(asset_id, words="Mary Bright has left", sender="a")
    words = ["Mary Bright", "mary@example.org", "mary-bright"]
    erased = register.erasing.erase(asset_id, words=words, actor=REVIEWER, why="Mary Bright asked")
    assert erased.asset.description == "Ask for (removed) at the door."
    assert erased.asset.website == ""
    assert [one.name for one in erased.asset.contacts] == ["Front desk"]
    history = repr(register.history.read(asset_id, actor=REVIEWER)).casefold()
    assert "bright" not in history
    assert "mary" not in history
    assert register.reports.open(actor=REVIEWER)[0].words == "(removed) has left"
    assert register.finding.find(Query(text="bright"), actor=THE_PUBLIC).total == 0
    assert b"bright" not in everything_stored(register)
    with pytest.raises(InvalidEntryError, match="at least 3"):
        register.erasing.erase(asset_id, words=["a"], actor=REVIEWER)


def test_a_person_who_is_forgotten_is_somebody_in_history(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    register.erasing.forget_person(PARTNER.actor_id, actor=ADMIN)
    happening = register.history.read(asset_id, actor=REVIEWER)[-1]
    assert (happening.who, happening.organisation) == ("somebody", "")
    assert b"pat's organisation" not in everything_stored(register)


def test_nothing_names_the_id_of_a_person_who_is_forgotten(register: Register) -> None:
    person = replace(PARTNER, actor_id="https://id.example|mary-4711")
    register.people.set_rights(person, actor=ADMIN)
    register.entries.add(LUNCH_CLUB, actor=person)
    consent = Consent(recorded_by="A friend", recorded_on=date(2026, 3, 1))
    register.stories.add(Story(title="T", words="W", consent=consent, area_code="E08000001"), actor=person)
    chess = (replace(LUNCH_CLUB, name="Chess", source="list", source_ref="1"), Reference("list", "1", "x"))
    register.imports.bring_in(Listed(source="list", adds=[chess]), actor=person)
    register.erasing.forget_person(person.actor_id, actor=ADMIN)
    with register.database.reading() as con:
        rows = [row for table in METADATA.sorted_tables for row in con.execute(select(table))]
    assert len(rows) > 10
    assert "mary-4711" not in repr(rows)


def tell(register: Register, asset_id: str) -> str:
    """Have a story about an entry published that names somebody everywhere; return its id."""
    story = Story(
        title="Mary Bright and I",
        words="It was Mary  Bright who showed me.",
        credit="A friend of Mary Bright",
        consent=replace(CONSENT, recorded_by="Mary Bright"),
        asset_id=asset_id,
    )
    story_id = register.stories.add(story, actor=PARTNER).story.story_id
    register.stories.return_with_question(story_id, note="Does Mary Bright know?", actor=REVIEWER)
    register.stories.edit(story_id, story, actor=PARTNER, why="Mary Bright does")
    register.stories.publish(story_id, version=2, actor=REVIEWER)
    return story_id


def test_a_name_goes_from_lists_hours_trust_stories_and_what_became_of_messages(register: Register) -> None:
    brought = replace(
        LUNCH_CLUB,
        source="Mary Bright's list",
        source_ref="mary bright 1",
        opening_hours='We 11:00-14:00 "ring Mary Bright"',
        trust=Trust(confirmed_on=date(2026, 1, 1), confirmed_by="Mary Bright"),
    )
    reference = Reference("Mary Bright's list", "mary bright 1", "x")
    listed = Listed(source="Mary Bright's list", adds=[(brought, reference)])
    (asset_id,) = register.imports.bring_in(listed, actor=REVIEWER).added_ids
    register.reports.say(asset_id, words="Gone", sender="a")
    (report,) = register.reports.open(actor=REVIEWER)
    register.reports.close(report.report_id, outcome="Mary Bright says no", actor=REVIEWER)
    story_id = tell(register, asset_id)
    register.erasing.erase(asset_id, words=["Mary Bright", "mary@example.org"], actor=REVIEWER)
    stored = everything_stored(register)
    assert b"bright" not in stored
    assert b"mary@example" not in stored
    (told,) = register.stories.shown(actor=THE_PUBLIC, asset_id=asset_id)
    assert (told.story.story_id, told.story.words) == (story_id, "It was (removed) who showed me.")
    entry = register.entries.get(asset_id, actor=REVIEWER)
    assert (entry.asset.source, entry.asset.opening_hours) == ("(removed)'s list", "")
    register.entries.edit(asset_id, replace(entry.asset, cost="£1"), base_version=1, actor=REVIEWER)
    assert register.finding.find(Query(open_at=register._desk.clock()), actor=THE_PUBLIC).total == 0
    assert find_faults(register.database) == ()


def test_a_group_does_not_take_words_out_of_what_others_have_told(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    tell(register, asset_id)
    token = register.claims.invite(asset_id, actor=REVIEWER, days=7).token
    register.claims.redeem(token, actor=GROUP)
    register.erasing.erase(asset_id, words=["Mary Bright"], actor=GROUP)
    assert "Mary" not in repr(register.history.read(asset_id, actor=REVIEWER))
    assert register.stories.shown(actor=THE_PUBLIC)[0].story.title == "Mary Bright and I"


@pytest.mark.parametrize("word", ["Faith", "Open", "exact", "public", "partners", "E01000001", "2026"])
def test_a_name_that_is_also_a_word_of_ours_leaves_the_entry_whole(register: Register, word: str) -> None:
    desk = Contact(name=f"{word} Brown", audience=Audience.PARTNERS)
    asset = replace(
        LUNCH_CLUB,
        kind="faith_group",
        organisation_sort="faith",
        availability=Availability.OPEN,
        description=f"{word} Brown makes the tea.",
        contacts=(LUNCH_CLUB.contacts[0], desk),
        trust=Trust(confirmed_on=date(2026, 1, 1), confirmed_by="A library"),
    )
    asset_id = register.entries.add(asset, actor=REVIEWER).asset.asset_id
    register.entries.confirm(asset_id, actor=REVIEWER)
    story = Story(title="T", words=f"{word} was there.", consent=CONSENT, area_code=NORTHTOWN, asset_id=asset_id)
    register.stories.add(story, actor=PARTNER)
    before = register.entries.get(asset_id, actor=REVIEWER).asset
    register.erasing.erase(asset_id, words=[word], actor=REVIEWER)
    after = register.entries.get(asset_id, actor=REVIEWER)
    described = "(removed) Brown makes the tea."
    assert after.asset == replace(before, description=described, contacts=LUNCH_CLUB.contacts[:1])
    assert register.history.read(asset_id, actor=REVIEWER)
    (waiting,) = register.stories.waiting(actor=REVIEWER)
    assert waiting.story == replace(story, words="(removed) was there.", story_id=waiting.story.story_id)
    saved = register.entries.edit(asset_id, replace(after.asset, cost="£1"), base_version=1, actor=REVIEWER)
    assert saved.version == 2
    assert find_faults(register.database) == ()


def test_a_forgotten_person_without_an_organisation_is_no_longer_named_as_who_confirmed(register: Register) -> None:
    lone = replace(someone("Winifred", Role.PARTNER), organisation="")
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    assert register.entries.confirm(asset_id, actor=lone).asset.trust.confirmed_by == "Winifred"
    register.entries.confirm(asset_id, actor=PARTNER)
    register.entries.confirm(asset_id, actor=lone)
    register.erasing.forget_person(lone.actor_id, actor=ADMIN)
    trust = register.entries.get(asset_id, actor=THE_PUBLIC).asset.trust
    assert (trust.confirmed_by, trust.confirmed_on) == ("", date(2026, 3, 4))
    assert b"winifred" not in everything_stored(register)
    assert "Pat's organisation" in repr(register.history.read(asset_id, actor=REVIEWER))
