"""Every payload through every way into a register, on both databases: back as the same text, or refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from dashboard.register.actor import THE_PUBLIC, Actor, Role
from dashboard.register.errors import InvalidEntryError, NotFoundError
from dashboard.register.integrity import find_faults
from dashboard.register.piece import PieceDraft, Sort
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.store.settings import RegisterSettings
from dashboard.register.story import Consent, Story
from dashboard.register.taxonomy import FACETS, Term
from tests.hostile_records import PAYLOADS, storable_assets
from tests.registers import ADMIN, GROUP, LUNCH_CLUB, NORTHTOWN, PARTNER, REVIEWER

CONSENT = Consent(recorded_by="Pat", recorded_on=date(2026, 3, 1))
LONG, SHORT = 1_900, 190


def in_few(most: int) -> Iterator[str]:
    """Give texts of several lines in which every payload that fits stands once."""
    lines: list[str] = []
    room = most
    for payload in (one for one in PAYLOADS if 0 < len(one) <= most // 2):
        if len(payload) + 1 > room:
            yield "\n".join(lines)
            lines, room = [], most
        lines.append(payload)
        room -= len(payload) + 1
    yield "\n".join(lines)


def test_every_payload_is_stored_in_every_field_found_and_read_back_word_for_word(register: Register) -> None:
    assets = storable_assets()
    added, _ = register.entries.bring_in(assets, actor=REVIEWER, why="payloads")
    assert added == [one.asset_id for one in assets]
    held = {one.asset.asset_id: one.asset for one in register.finding.changed_since(0).shown}
    for asset in assets:
        stored = register.entries.get(asset.asset_id, actor=REVIEWER).asset
        assert replace(stored, place=replace(stored.place, lsoa21_code=asset.place.lsoa21_code)) == asset
    assert len(held) == len(assets)
    for payload in PAYLOADS[::5]:
        register.finding.find(Query(text=payload, kinds=(clean_line(payload)[:60],)), actor=THE_PUBLIC)
    assert find_faults(register.database) == ()


def test_every_payload_as_a_note_a_message_a_reason_and_a_story_comes_back_as_it_was_typed(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=REVIEWER).asset.asset_id
    register.settings.change(RegisterSettings(reports_per_hour=1_000, reports_per_entry_per_day=10_000), actor=ADMIN)
    version = 1
    for at, text in enumerate(in_few(LONG)):
        register.reports.say(asset_id, words=text, sender=PAYLOADS[at])
        version = register.entries.edit(
            asset_id, replace(LUNCH_CLUB, cost=f"£{at}"), base_version=version, actor=PARTNER, why=text
        ).version
        entry = register.review.return_with_question(asset_id, note=text, actor=REVIEWER)
        assert entry.note == clean_words(text)
        assert register.history.read(asset_id, actor=REVIEWER)[1].why == clean_words(text)
        story = Story(title=clean_line(text)[:200], words=text, credit=clean_line(text)[:200], area_code=NORTHTOWN,
                      consent=replace(CONSENT, recorded_by=text[:200]))  # fmt: skip
        added = register.stories.add(story, actor=PARTNER).story
        assert (added.words, added.consent.recorded_by) == (clean_words(text), clean_line(text[:200]))
        returned = register.stories.return_with_question(added.story_id, note=text, actor=REVIEWER)
        assert returned.note == clean_words(text)
    messages = register.reports.open(actor=REVIEWER)
    assert [one.words for one in messages] == [clean_words(text) for text in in_few(LONG)]
    for one in messages:
        register.reports.close(one.report_id, outcome=one.words, actor=REVIEWER)
    assert find_faults(register.database) == ()


def test_what_is_far_too_long_or_empty_is_refused_wherever_words_are_typed(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    long = max(PAYLOADS, key=len)
    person = Actor(actor_id="new", name="New")
    refused: tuple[Callable[[], object], ...] = (
        lambda: register.review.return_with_question(asset_id, note=long, actor=REVIEWER),
        lambda: register.entries.edit(
            asset_id, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=PARTNER, why=long
        ),
        lambda: register.asking.ask(organisation=long, email="", actor=person),
        lambda: register.people.set_rights(replace(person, organisation=long), actor=ADMIN),
        lambda: register.people.set_rights(replace(person, actor_id=long), actor=ADMIN),
        lambda: register.people.set_rights(replace(person, areas=frozenset({long})), actor=ADMIN),
        lambda: register.settings.put_term("kinds", Term(term_id="a", name="A", note=long), actor=ADMIN),
        lambda: register.settings.put_term("kinds", Term(term_id="a", name="A", within=long), actor=ADMIN),
        lambda: register.settings.change(RegisterSettings(claim_days=long), actor=ADMIN),  # type: ignore[arg-type]
        lambda: register.settings.change(RegisterSettings(claim_days=True), actor=ADMIN),
        lambda: register.kept.save(PieceDraft(sort=Sort.PLAN, title=long, body={}), actor=PARTNER),
    )
    for act in refused:
        with pytest.raises(InvalidEntryError) as refusal:
            act()
        assert refusal.value.problems[0].message
    assert register.entries.get(asset_id, actor=PARTNER).version == 1
    assert register.people.everyone(actor=ADMIN)


@pytest.mark.parametrize("at", range(4))
def test_every_payload_as_a_name_of_a_person_a_word_or_a_piece_is_kept_as_text_or_refused(
    register: Register, at: int
) -> None:
    for number, payload in enumerate(PAYLOADS[at::4]):
        line = clean_line(payload)
        person = Actor(actor_id=f"p{number}", name=payload, organisation=payload, roles=frozenset({Role.PARTNER}))
        term = Term(term_id=f"t{number}", name=payload, note=payload)
        facet = FACETS[number % len(FACETS)]
        draft = PieceDraft(sort=Sort.PLAN, title=payload, body={"words": payload})
        if 0 < len(line) <= 200:
            register.people.set_rights(person, actor=ADMIN)
            assert register.people.actor(person.actor_id).organisation == line
            register.settings.put_term(facet, term, actor=ADMIN)
            assert register.settings.taxonomy().terms[facet][term.term_id].name == line
            piece = register.kept.save(draft, actor=PARTNER)
            assert (piece.title, piece.body) == (line, {"words": clean_words(payload)})
            register.asking.ask(organisation=payload, email=payload, actor=Actor(actor_id=f"q{number}", name=payload))
        else:
            for act in (
                lambda: register.settings.put_term(facet, term, actor=ADMIN),  # noqa: B023
                lambda: register.kept.save(draft, actor=PARTNER),  # noqa: B023
                lambda: register.asking.ask(organisation=payload, email="", actor=GROUP),  # noqa: B023
            ):
                with pytest.raises(InvalidEntryError):
                    act()
    assert find_faults(register.database) == ()


def test_a_payload_where_an_id_or_a_link_is_expected_finds_nothing(register: Register) -> None:
    for payload in PAYLOADS:
        with pytest.raises(NotFoundError):
            register.entries.get(payload, actor=REVIEWER)
        assert register.finding.service(payload) is None
        assert register.finding.at_location(payload) is None
    for payload in PAYLOADS[::6]:
        assert register.claims.look_up(payload) is None
        for act in (
            lambda: register.claims.redeem(payload, actor=GROUP),  # noqa: B023
            lambda: register.stories.end_consent(payload, actor=REVIEWER),  # noqa: B023
            lambda: register.kept.get(payload, actor=REVIEWER),  # noqa: B023
        ):
            with pytest.raises((NotFoundError, InvalidEntryError)):
                act()
