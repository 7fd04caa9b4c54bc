"""Everything that can be asked of the register, asked by strangers: refused, empty, or what everyone may know.

The questions are those that the register's own parts have: a new one is asked here, or this test fails.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboard.register.actor import THE_PUBLIC, Actor, Role
from dashboard.register.errors import NotAllowedError, NotFoundError
from dashboard.register.listed import Listed, Reference
from dashboard.register.model import Audience, Precision
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.store.settings import RegisterSettings
from dashboard.register.story import Consent, Story
from dashboard.register.tables import METADATA
from dashboard.register.taxonomy import Term
from tests.registers import (
    ADMIN,
    GROUP,
    IN_THE_NORTH,
    LUNCH_CLUB,
    NORTHTOWN,
    PARTNER,
    REVIEWER,
    someone,
)

CONSENT = Consent(recorded_by="A friend", recorded_on=date(2026, 3, 1), audience=Audience.PUBLIC)
STORY = Story(title="Told", words="Everyone may read this.", consent=CONSENT, area_code=NORTHTOWN)
# What no stranger may come to know, each a word that stands nowhere else.
SECRETS = (
    "Bright", "mary@example.org", "Backstreet", "Whispered", "Unread", "Untold", "Complaint", "Sealed", "Hush-list",
    "asker@example.org", "Pat's organisation", "A friend",
)  # fmt: skip
# These are no questions of a person: the program asks them for itself, and says who has signed in.
OF_THE_PROGRAM = frozenset(
    {"people.actor", "people.name_person", "people.add_first_admin"} | {"renewing.renew", "renewing.renew_for"}
)
# What a stranger's own word may change: a message, and a request for rights.
THEIRS_TO_WRITE = frozenset({"report", "asking"})


@dataclass(frozen=True)
class Scene:
    """A register in which there is something of every sort, and a file to write to."""

    register: Register
    file: Path
    club: str
    draft: str
    withdrawn: str
    story: str
    piece: str
    import_id: int
    report_id: int
    merge_id: int


@pytest.fixture
def scene(register: Register, tmp_path: Path) -> Scene:
    for one in (PARTNER, REVIEWER, ADMIN):
        register.people.set_rights(one, actor=ADMIN)
    register.asking.ask(organisation="Somebody", email="asker@example.org", actor=Actor(actor_id="new", name="New"))
    add = register.entries.add
    hidden = replace(IN_THE_NORTH, precision=Precision.ROUGH, address=("1 Backstreet",))
    club = add(replace(LUNCH_CLUB, place=hidden), actor=REVIEWER).asset.asset_id
    draft = add(replace(LUNCH_CLUB, name="Whispered"), actor=PARTNER, submit=False).asset.asset_id
    withdrawn = add(replace(LUNCH_CLUB, name="Whispered too"), actor=PARTNER).asset.asset_id
    register.entries.withdraw(withdrawn, actor=PARTNER)
    untold = register.stories.add(replace(STORY, words="Untold"), actor=PARTNER).story.story_id
    told = register.stories.add(STORY, actor=PARTNER).story.story_id
    register.stories.publish(told, version=1, actor=REVIEWER)
    register.entries.edit(club, replace(LUNCH_CLUB, place=hidden, cost="Unread"), base_version=1, actor=PARTNER)
    register.reports.say(club, words="Complaint", sender="somewhere")
    piece = register.kept.save(
        PieceDraft(sort=Sort.PLAN, title="Sealed", body={}, audience=Sharing.PRIVATE), actor=PARTNER
    ).piece_id
    asset = replace(LUNCH_CLUB, name="Whispered three", source="Hush-list", source_ref="1")
    brought = register.imports.bring_in(
        Listed(source="Hush-list", adds=[(asset, Reference("Hush-list", "1", "x"))]), actor=PARTNER
    )
    pair = [add(replace(LUNCH_CLUB, name="Chess"), actor=REVIEWER).asset.asset_id for _ in range(2)]
    merged = register.merging.merge(
        kept_id=pair[0], other_id=pair[1], merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER
    )
    (report,) = register.reports.open(actor=REVIEWER)
    return Scene(register, tmp_path / "stolen", club, draft, withdrawn, untold, piece, brought.import_id,
                 report.report_id, merged.merge_id)  # fmt: skip


def each(ids: Iterable[str], ask: Callable[[str], object]) -> list[Callable[[], object]]:
    """Return a question asked of each of some entries."""
    return [partial(ask, one) for one in ids]


def questions(scene: Scene, who: Actor) -> Mapping[str, list[Callable[[], object]]]:
    """Return what a stranger asks, by the part and the name of the question."""
    it = scene.register
    every = (scene.club, scene.draft, scene.withdrawn)
    new = replace(LUNCH_CLUB, name="Mischief")
    at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    listed = Listed(source="Hush-list", adds=[(new, Reference("Hush-list", "2", "y"))])
    mine = PieceDraft(sort=Sort.PLAN, title="Mischief", body={}, audience=Sharing.PUBLIC)
    return {
        "entries.add": [lambda: it.entries.add(new, actor=who), lambda: it.entries.add(new, actor=who, submit=False)],
        "entries.bring_in": [lambda: it.entries.bring_in([new], actor=who), lambda: it.entries.bring_in([], actor=who)],
        "entries.get": each(every, lambda one: it.entries.get(one, actor=who, newest=True)),
        "entries.rights": each(every, lambda one: it.entries.rights(one, actor=who)),
        "entries.edit": each(every, lambda one: it.entries.edit(one, new, base_version=1, actor=who)),
        "entries.submit": each(every, lambda one: it.entries.submit(one, actor=who)),
        "entries.confirm": each(every, lambda one: it.entries.confirm(one, actor=who)),
        "entries.withdraw": each(every, lambda one: it.entries.withdraw(one, actor=who)),
        "review.publish": each(every, lambda one: it.review.publish(one, version=1, actor=who)),
        "review.return_with_question": each(
            every, lambda one: it.review.return_with_question(one, note="?", actor=who)),
        "review.archive": each(every, lambda one: it.review.archive(one, actor=who)),
        "review.bring_back": [lambda: it.review.bring_back(scene.withdrawn, actor=who)],
        "queues.number": [it.queues.number],
        "queues.to_review": [lambda: it.queues.to_review(actor=who)],
        "queues.count_to_review": [lambda: it.queues.count_to_review(actor=who)],
        "queues.to_check": [lambda: it.queues.to_check(actor=who)],
        "queues.count_to_check": [lambda: it.queues.count_to_check(actor=who)],
        "queues.mine": [lambda: it.queues.mine(actor=who)],
        "queues.looked_after": [lambda: it.queues.looked_after(actor=who)],
        "queues.unfinished": [lambda: it.queues.unfinished(actor=who)],
        "finding.find": [lambda: it.finding.find(Query(), actor=who), lambda: it.finding.find(
            Query(text="Whispered"), actor=who), lambda: it.finding.find(Query(open_at=at), actor=who)],
        "finding.find_all": [lambda: it.finding.find_all(Query(), actor=who)],
        "finding.service": each(every, it.finding.service),
        "finding.at_location": each(every, it.finding.at_location),
        "finding.points": [lambda: it.finding.points(Query())],
        "finding.latest_change": [it.finding.latest_change],
        "finding.changed_since": [lambda: it.finding.changed_since(0)],
        "history.read": each(every, lambda one: it.history.read(one, actor=who)),
        "history.version": each(every, lambda one: it.history.version(one, 1, actor=who)),
        "history.restore": each(every, lambda one: it.history.restore(one, 1, actor=who)),
        "merging.merge": [lambda: it.merging.merge(
            kept_id=scene.club, other_id=scene.draft, merged=new, kept_version=2, actor=who)],
        "merging.undo": [lambda: it.merging.undo(scene.merge_id, actor=who)],
        "pairs.is_quick": [it.pairs.is_quick],
        "pairs.compare_beside": [lambda: it.pairs.compare_beside(actor=who)],
        "pairs.likely": [lambda: it.pairs.likely(actor=who)],
        "pairs.tell_apart": [lambda: it.pairs.tell_apart(scene.club, scene.draft, actor=who)],
        "pairs.merges": [lambda: it.pairs.merges(actor=who)],
        "erasing.number": [it.erasing.number],
        "erasing.erase": each(every, lambda one: it.erasing.erase(one, words=["Lunch"], actor=who)),
        "erasing.forget_person": [lambda: it.erasing.forget_person(PARTNER.actor_id, actor=who)],
        "claims.invite": each(every, lambda one: it.claims.invite(one, actor=who, days=7)),
        "claims.look_up": each(every, it.claims.look_up),
        "claims.redeem": each(every, lambda one: it.claims.redeem(one, actor=who)),
        "people.everyone": [lambda: it.people.everyone(actor=who)],
        "people.set_rights": [lambda: it.people.set_rights(someone("Gill", Role.ADMIN), actor=who)],
        "asking.ask": [lambda: it.asking.ask(organisation="Mischief", email="", actor=who)],
        "asking.has_asked": [lambda: it.asking.has_asked(actor=replace(who, actor_id=""))],
        "asking.everyone": [lambda: it.asking.everyone(actor=who)],
        "asking.decline": [lambda: it.asking.decline("new", actor=who)],
        "reports.say": each(every, lambda one: it.reports.say(one, words="It moved.", sender="a")),
        "reports.open": [lambda: it.reports.open(actor=who)],
        "reports.close": [lambda: it.reports.close(scene.report_id, outcome="Done", actor=who)],
        "stories.add": [lambda: it.stories.add(STORY, actor=who)],
        "stories.edit": [lambda: it.stories.edit(scene.story, STORY, actor=who)],
        "stories.publish": [lambda: it.stories.publish(scene.story, version=1, actor=who)],
        "stories.return_with_question": [lambda: it.stories.return_with_question(scene.story, note="?", actor=who)],
        "stories.end_consent": [lambda: it.stories.end_consent(scene.story, actor=who)],
        "stories.shown": [lambda: it.stories.shown(actor=who)],
        "stories.waiting": [lambda: it.stories.waiting(actor=who)],
        "stories.mine": [lambda: it.stories.mine(actor=who)],
        "stories.rights": [lambda: it.stories.rights(scene.story, actor=who)],
        "settings.read": [it.settings.read],
        "settings.change": [lambda: it.settings.change(RegisterSettings(), actor=who)],
        "settings.taxonomy": [it.settings.taxonomy],
        "settings.put_term": [lambda: it.settings.put_term("kinds", Term(term_id="new", name="New"), actor=who)],
        "kept.save": [lambda: it.kept.save(mine, actor=who), lambda: it.kept.save(
            replace(mine, piece_id=scene.piece), actor=who, base_version=1)],
        "kept.get": [lambda: it.kept.get(scene.piece, actor=who)],
        "kept.list": [lambda: it.kept.list(actor=who)],
        "kept.read_all": [lambda: it.kept.read_all(actor=who, sort=Sort.PLAN)],
        "kept.remove": [lambda: it.kept.remove(scene.piece, actor=who)],
        "imports.bring_in": [lambda: it.imports.bring_in(listed, actor=who)],
        "imports.past": [lambda: it.imports.past(actor=who)],
        "imports.undo": [lambda: it.imports.undo(scene.import_id, actor=who)],
        "upkeep.back_up": [lambda: it.upkeep.back_up(scene.file, actor=who)],
        "upkeep.restore": [lambda: it.upkeep.restore(scene.file, actor=who)],
        "upkeep.faults": [lambda: it.upkeep.faults(actor=who)],
        "holdings": [lambda: it.holdings(actor=who).of_source("Hush-list")],
    }  # fmt: skip


# What answers at all, and so must say nothing but what everyone may know; everything else is refused.
ANSWERS = frozenset(
    {"entries.get", "entries.rights", "queues.number", "queues.mine", "queues.looked_after", "queues.unfinished"}
    | {"finding.find", "finding.find_all", "finding.service", "finding.at_location", "finding.points"}
    | {
        "finding.latest_change",
        "finding.changed_since",
        "pairs.is_quick",
        "pairs.merges",
        "claims.look_up",
        "erasing.number",
    }
    | {"asking.has_asked", "reports.say", "reports.open", "stories.shown", "stories.waiting", "stories.mine"}
    | {"erasing.number", "stories.rights", "settings.read", "settings.taxonomy", "kept.list", "kept.read_all"}
)


def all_questions(register: Register) -> Iterator[str]:
    """Give every question that the register's parts, and the register itself, can be asked."""
    for name, part in vars(register).items():
        if not name.startswith("_") and type(part).__module__.startswith("dashboard.register.store."):
            yield from (f"{name}.{one}" for one, _ in inspect.getmembers(part, inspect.ismethod) if one[0] != "_")
    own = (one for one, _ in inspect.getmembers(register, inspect.ismethod) if one[0] != "_")
    yield from (one for one in own if one != "close")


def everything_kept(register: Register) -> dict[str, Any]:
    """Return every row of every table but those that a stranger may write to."""
    tables = [table for table in METADATA.sorted_tables if table.name not in THEIRS_TO_WRITE]
    with register.database.reading() as con:
        return {table.name: con.execute(select(table).order_by(*table.primary_key)).all() for table in tables}


@pytest.mark.parametrize("who", [THE_PUBLIC, GROUP], ids=["not signed in", "signed in, without rights"])
def test_a_stranger_learns_and_changes_nothing_whatever_they_ask(scene: Scene, who: Actor) -> None:
    asked = questions(scene, who)
    assert set(asked) | OF_THE_PROGRAM == set(all_questions(scene.register))
    answers = ANSWERS | ({"asking.ask"} if who.actor_id else set())
    before = everything_kept(scene.register)
    for name, acts in asked.items():
        told = [answer for act in acts if (answer := answer_of(act)) is not REFUSED]
        assert bool(told) == (name in answers), name
        assert [secret for secret in SECRETS if secret in repr(told)] == [], name
    assert everything_kept(scene.register) == before
    assert not scene.file.exists()


REFUSED = object()


def answer_of(act: Callable[[], object]) -> object:
    try:
        return act()
    except (NotAllowedError, NotFoundError):
        return REFUSED


def test_the_secrets_of_the_scene_are_there_for_those_who_may_know_them(scene: Scene) -> None:
    register = scene.register
    known = [
        register.history.read(scene.club, actor=REVIEWER), register.entries.get(scene.draft, actor=PARTNER),
        register.stories.waiting(actor=REVIEWER), register.reports.open(actor=REVIEWER),
        register.kept.list(actor=PARTNER), register.imports.past(actor=PARTNER), register.asking.everyone(actor=ADMIN),
    ]  # fmt: skip
    assert [secret for secret in SECRETS if secret not in repr(known)] == []
