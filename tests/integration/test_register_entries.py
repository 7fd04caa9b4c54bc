"""The life of an entry: drafts, review, edits that wait, two people at once, history, merging."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.entry import Entry, State, Waiting
from dashboard.register.errors import ConflictError, InvalidEntryError, NotFoundError, WrongStateError
from dashboard.register.integrity import find_faults
from dashboard.register.model import Asset, Contact, Place, Trust
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.rules.next_step import next_step
from tests.registers import (
    GROUP,
    IN_THE_SOUTH,
    LUNCH_CLUB,
    NORTH_REVIEWER,
    OTHER_PARTNER,
    PARTNER,
    REVIEWER,
    TRUSTED,
    StoppedClock,
)


def add(register: Register, asset: Asset = LUNCH_CLUB) -> Entry:
    return register.entries.add(asset, actor=REVIEWER)


def test_a_name_a_kind_and_a_place_are_enough(register: Register) -> None:
    bare = Asset(name="Knock on My Door", kind="mutual_aid", service_area_words="Northtown")
    entry = register.entries.add(bare, actor=TRUSTED)
    assert register.entries.get(entry.asset.asset_id, actor=THE_PUBLIC).asset.name == "Knock on My Door"
    with pytest.raises(InvalidEntryError) as refused:
        register.entries.add(Asset(name="", kind=""), actor=TRUSTED)
    assert [problem.field for problem in refused.value.problems] == ["name", "kind", "place"]


def test_a_draft_is_sent_in_returned_with_a_question_and_published(register: Register) -> None:
    entry = register.entries.add(LUNCH_CLUB, actor=PARTNER, submit=False)
    asset_id = entry.asset.asset_id
    assert entry.state is State.DRAFT
    assert register.queues.to_review(actor=REVIEWER) == ()
    entry = register.entries.submit(asset_id, actor=PARTNER)
    assert "A reviewer will look" in next_step(state=entry.state)
    entry = register.review.return_with_question(asset_id, note="Which hall?", actor=REVIEWER)
    assert next_step(state=entry.state, note=entry.note).endswith("They wrote: “Which hall?”")
    entry = register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=PARTNER)
    assert (entry.state, entry.version, entry.note) == (State.SUBMITTED, 2, "")
    entry = register.review.publish(asset_id, version=2, actor=REVIEWER)
    assert entry.state is State.PUBLISHED
    actions = [one.action for one in register.history.read(asset_id, actor=REVIEWER)]
    assert actions == ["published", "edited", "returned", "submitted", "added"]


def test_saving_a_draft_keeps_it_a_draft_until_it_is_sent_in(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=TRUSTED, submit=False).asset.asset_id
    changed = replace(LUNCH_CLUB, cost="£2")
    entry = register.entries.edit(asset_id, changed, base_version=1, actor=TRUSTED, submit=False)
    assert (entry.state, entry.version) == (State.DRAFT, 2)
    entry = register.entries.edit(asset_id, changed, base_version=2, actor=TRUSTED)
    assert (entry.state, entry.version) == (State.PUBLISHED, 2)
    with pytest.raises(WrongStateError, match="not a draft"):
        register.entries.submit(asset_id, actor=TRUSTED)


def test_while_an_edit_waits_the_last_approved_version_stays_public(register: Register) -> None:
    asset_id = add(register).asset.asset_id
    edited = replace(LUNCH_CLUB, name="Northtown Supper Club")
    entry = register.entries.edit(asset_id, edited, base_version=1, actor=PARTNER, why="They moved to evenings")
    assert (entry.state, entry.waiting) == (State.PUBLISHED, Waiting.SUBMITTED)
    assert "everyone sees the entry as it was" in next_step(state=entry.state, waiting=entry.waiting)
    assert register.entries.get(asset_id, actor=THE_PUBLIC).asset.name == "Northtown Lunch Club"
    assert register.entries.get(asset_id, actor=THE_PUBLIC, newest=True).asset.name == "Northtown Lunch Club"
    assert register.entries.get(asset_id, actor=OTHER_PARTNER, newest=True).asset.name == "Northtown Supper Club"
    assert register.finding.find(Query(text="supper"), actor=REVIEWER).total == 0
    returned = register.review.return_with_question(asset_id, note="Sure?", actor=REVIEWER)
    assert (returned.waiting, returned.note) == (Waiting.RETURNED, "Sure?")
    assert register.entries.get(asset_id, actor=THE_PUBLIC).note == ""
    assert register.finding.find(Query(), actor=THE_PUBLIC).entries[0].note == ""
    assert register.entries.submit(asset_id, actor=PARTNER).waiting is Waiting.SUBMITTED
    register.review.publish(asset_id, version=2, actor=REVIEWER)
    assert register.finding.find(Query(text="supper"), actor=THE_PUBLIC).total == 1


def test_of_two_people_who_edit_one_entry_the_second_is_shown_the_difference(register: Register) -> None:
    asset_id = add(register).asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=TRUSTED)
    mine = replace(LUNCH_CLUB, name="Northtown Dinner Club", asset_id=asset_id)
    with pytest.raises(ConflictError) as conflict:
        register.entries.edit(asset_id, mine, base_version=1, actor=PARTNER)
    assert conflict.value.mine == mine
    assert conflict.value.theirs.cost == "£2"
    assert conflict.value.base.cost == ""
    assert conflict.value.differing == ("name", "cost")
    both = replace(mine, cost="£2")
    saved = register.entries.edit(asset_id, both, base_version=conflict.value.version, actor=PARTNER)
    assert (saved.asset.name, saved.asset.cost) == ("Northtown Dinner Club", "£2")


def test_two_who_save_at_the_same_moment_lose_nothing(register: Register) -> None:
    asset_id = add(register).asset.asset_id

    def save(number: int) -> str:
        try:
            register.entries.edit(asset_id, replace(LUNCH_CLUB, cost=f"£{number}"), base_version=1, actor=TRUSTED)
        except ConflictError as conflict:
            return conflict.mine.cost
        return "saved"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(save, range(4)))
    assert outcomes.count("saved") == 1
    assert len(set(outcomes)) == 4
    assert register.entries.get(asset_id, actor=PARTNER).version == 2


def test_a_conflict_does_not_show_what_the_editor_may_not_see(register: Register) -> None:
    rough = replace(LUNCH_CLUB, place=replace(LUNCH_CLUB.place, precision="rough"))
    asset_id = add(register, rough).asset.asset_id
    register.entries.edit(asset_id, replace(rough, cost="£2"), base_version=1, actor=REVIEWER)
    with pytest.raises(ConflictError) as conflict:
        register.entries.edit(asset_id, replace(LUNCH_CLUB, place=IN_THE_SOUTH), base_version=1, actor=PARTNER)
    assert "High Street" not in repr(conflict.value.theirs) + repr(conflict.value.base)


def test_saving_without_a_change_makes_no_version(register: Register) -> None:
    entry = add(register)
    again = register.entries.edit(entry.asset.asset_id, entry.asset, base_version=1, actor=PARTNER)
    assert (again.version, again.waiting) == (1, Waiting.NOTHING)


def test_history_says_field_by_field_who_when_and_why(register: Register, clock: StoppedClock) -> None:
    asset_id = add(register).asset.asset_id
    clock.wait(days=1)
    edited = replace(LUNCH_CLUB, cost="£2", name="Northtown Supper Club")
    register.entries.edit(asset_id, edited, base_version=1, actor=TRUSTED, why="New leaflet")
    newest = register.history.read(asset_id, actor=PARTNER)[0]
    assert (newest.who, newest.organisation, newest.why) == ("Tess", "Tess's organisation", "New leaflet")
    assert newest.at == clock.now
    changes = {one.field: (one.before, one.after) for one in newest.changes}
    assert changes == {"cost": ("", "£2"), "name": ("Northtown Lunch Club", "Northtown Supper Club")}


def test_confirming_is_told_in_history_and_does_not_collide_with_an_edit(
    register: Register, clock: StoppedClock
) -> None:
    asset_id = add(register).asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=PARTNER)
    confirmed = register.entries.confirm(asset_id, actor=OTHER_PARTNER)
    today = clock.now.date()
    due = today + timedelta(days=365)
    assert confirmed.asset.trust == Trust(confirmed_on=today, confirmed_by="Olive's organisation", next_check_due=due)
    newest = register.history.read(asset_id, actor=PARTNER)[0]
    assert {one.field: one.after for one in newest.changes}["confirmed_on"] == "2026-03-04"
    assert register.review.publish(asset_id, version=2, actor=REVIEWER).asset.trust == confirmed.asset.trust
    draft = register.entries.add(LUNCH_CLUB, actor=PARTNER, submit=False).asset.asset_id
    with pytest.raises(WrongStateError, match="Only a published entry"):
        register.entries.confirm(draft, actor=REVIEWER)


def test_any_version_can_be_restored_and_waits_like_an_edit(register: Register) -> None:
    asset_id = add(register).asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, name="Wrong"), base_version=1, actor=TRUSTED)
    assert register.history.version(asset_id, 1, actor=PARTNER).asset.name == "Northtown Lunch Club"
    waiting = register.history.restore(asset_id, 1, actor=PARTNER, why="Vandalism")
    assert (waiting.version, waiting.waiting, waiting.asset.name) == (3, Waiting.SUBMITTED, "Northtown Lunch Club")
    register.history.restore(asset_id, 1, actor=REVIEWER)
    register.review.publish(asset_id, version=3, actor=REVIEWER)
    assert register.entries.get(asset_id, actor=THE_PUBLIC).asset.name == "Northtown Lunch Club"
    assert register.history.read(asset_id, actor=PARTNER)[1].action == "restored"
    with pytest.raises(NotFoundError, match="no version 9"):
        register.history.restore(asset_id, 9, actor=REVIEWER)


def test_an_archived_entry_is_kept_and_can_come_back(register: Register) -> None:
    asset_id = add(register).asset.asset_id
    assert register.review.archive(asset_id, actor=REVIEWER, why="Closed").state is State.ARCHIVED
    assert register.finding.find(Query(), actor=REVIEWER).total == 0
    with pytest.raises(NotFoundError):
        register.entries.get(asset_id, actor=PARTNER)
    with pytest.raises(WrongStateError, match="archived"):
        register.entries.edit(asset_id, replace(LUNCH_CLUB, cost="£9"), base_version=1, actor=REVIEWER)
    with pytest.raises(WrongStateError, match="archived"):
        register.review.publish(asset_id, version=1, actor=REVIEWER)
    assert register.review.bring_back(asset_id, actor=REVIEWER).state is State.PUBLISHED
    with pytest.raises(WrongStateError, match="neither"):
        register.review.bring_back(asset_id, actor=REVIEWER)
    assert find_faults(register.database) == ()


def test_whoever_added_an_entry_takes_it_back_until_it_is_published(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    assert register.entries.withdraw(asset_id, actor=PARTNER).state is State.WITHDRAWN
    with pytest.raises(WrongStateError, match="withdrawn"):
        register.review.archive(asset_id, actor=REVIEWER)
    assert register.review.bring_back(asset_id, actor=PARTNER).state is State.DRAFT
    assert [one.asset.asset_id for one in register.queues.mine(actor=PARTNER)] == [asset_id]
    assert register.queues.mine(actor=THE_PUBLIC) == ()
    assert [one.asset.asset_id for one in register.queues.unfinished(actor=PARTNER)] == [asset_id]
    assert register.queues.unfinished(actor=THE_PUBLIC) == ()
    register.review.publish(asset_id, version=1, actor=REVIEWER)
    assert register.queues.unfinished(actor=PARTNER) == ()


def test_a_reviewer_publishes_only_the_version_they_looked_at(register: Register) -> None:
    asset_id = register.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    register.entries.edit(asset_id, replace(LUNCH_CLUB, name="Something else"), base_version=1, actor=PARTNER)
    with pytest.raises(ConflictError) as conflict:
        register.review.publish(asset_id, version=1, actor=REVIEWER)
    assert conflict.value.differing == ("name",)
    with pytest.raises(WrongStateError, match="Nothing of this entry waits"):
        register.review.return_with_question(add(register).asset.asset_id, note="?", actor=REVIEWER)


def test_queues_are_counted_and_the_oldest_are_read_first(register: Register, clock: StoppedClock) -> None:
    quiet = register.queues.number()
    ids = []
    for place in (LUNCH_CLUB.place, IN_THE_SOUTH, LUNCH_CLUB.place):
        clock.wait(minutes=1)
        ids.append(register.entries.add(replace(LUNCH_CLUB, place=place), actor=PARTNER).asset.asset_id)
    edited = add(register)
    register.entries.edit(edited.asset.asset_id, replace(LUNCH_CLUB, cost="£1"), base_version=1, actor=PARTNER)
    assert register.queues.number() > quiet
    assert register.queues.count_to_review(actor=REVIEWER) == {State.SUBMITTED: 3, State.PUBLISHED: 1}
    assert register.queues.count_to_review(actor=NORTH_REVIEWER) == {State.SUBMITTED: 2, State.PUBLISHED: 1}
    oldest = register.queues.to_review(actor=REVIEWER, state=State.SUBMITTED, most=2)
    assert [one.asset.asset_id for one in oldest] == ids[:2]
    (edit,) = register.queues.to_review(actor=NORTH_REVIEWER, state=State.PUBLISHED)
    assert (edit.asset.asset_id, edit.asset.cost) == (edited.asset.asset_id, "£1")
    assert register.queues.count_to_check(actor=REVIEWER) == 1
    before = register.queues.number()
    register.reports.say(edited.asset.asset_id, words="It has moved.", sender="192.0.2.1")
    assert register.queues.number() != before


def test_stale_entries_queue_for_a_check(register: Register, clock: StoppedClock) -> None:
    fresh, never = add(register), add(register, replace(LUNCH_CLUB, name="Never checked"))
    register.entries.confirm(fresh.asset.asset_id, actor=PARTNER)
    assert [one.asset.name for one in register.queues.to_check(actor=REVIEWER)] == ["Never checked"]
    clock.wait(days=366)
    names = [one.asset.name for one in register.queues.to_check(actor=REVIEWER)]
    assert names == ["Never checked", "Northtown Lunch Club"]
    assert len(register.queues.to_check(actor=REVIEWER, most=1)) == 1
    assert never.asset.trust == Trust()
    south = add(register, replace(LUNCH_CLUB, name="Southern", place=IN_THE_SOUTH))
    assert "Southern" not in {one.asset.name for one in register.queues.to_check(actor=NORTH_REVIEWER)}
    assert south.asset.asset_id in {one.asset.asset_id for one in register.queues.to_check(actor=REVIEWER)}


def test_an_imported_entry_brings_its_id_and_its_trust_but_no_day_to_come(register: Register) -> None:
    brought = replace(LUNCH_CLUB, asset_id="library-42", trust=Trust(confirmed_on=date(2026, 1, 2), confirmed_by="X"))
    assert add(register, brought).asset.trust.confirmed_on == date(2026, 1, 2)
    with pytest.raises(InvalidEntryError, match="taken already"):
        add(register, brought)
    with pytest.raises(InvalidEntryError, match="in the future"):
        add(register, replace(LUNCH_CLUB, trust=Trust(confirmed_on=date(2027, 1, 2))))


def test_a_batch_goes_in_whole_or_not_at_all(register: Register) -> None:
    entry = add(register)
    good = [replace(LUNCH_CLUB, name=f"Club {number}", asset_id=f"c{number}") for number in range(3)]
    bad = (replace(entry.asset, website="javascript:alert(1)"), 1)
    with pytest.raises(InvalidEntryError, match="must begin with https"):
        register.entries.bring_in(good, edits=[bad], actor=REVIEWER)
    assert register.finding.find(Query(), actor=THE_PUBLIC).total == 1
    edits = [(replace(entry.asset, cost="£2"), 1)]
    added, changed = register.entries.bring_in(good, edits=edits, actor=REVIEWER)
    assert (added, changed) == (["c0", "c1", "c2"], [entry.asset.asset_id])
    edits = [(replace(entry.asset, cost="£2"), 2)]
    assert register.entries.bring_in([], edits=edits, actor=REVIEWER) == ([], [])


def test_a_merge_keeps_what_the_reviewer_chose_and_can_be_undone(register: Register) -> None:
    kept = add(register)
    other = add(register, replace(LUNCH_CLUB, name="Lunch Club, Northtown", cost="£2"))
    ids = {"kept_id": kept.asset.asset_id, "other_id": other.asset.asset_id}
    chosen = replace(kept.asset, cost="£2", name="Lunch Club, Northtown")
    merged = register.merging.merge(**ids, merged=chosen, kept_version=1, actor=REVIEWER, why="The same club")
    assert merged.kept.asset.cost == "£2"
    gone = register.entries.get(ids["other_id"], actor=REVIEWER)
    assert (gone.state, gone.merged_into) == (State.ARCHIVED, ids["kept_id"])
    assert register.finding.find(Query(), actor=THE_PUBLIC).total == 1
    with pytest.raises(WrongStateError):
        register.review.bring_back(ids["other_id"], actor=REVIEWER)
    later = replace(merged.kept.asset, name="The Northtown Club")
    register.entries.edit(ids["kept_id"], later, base_version=2, actor=REVIEWER)
    undone = register.merging.undo(merged.merge_id, actor=REVIEWER)
    assert undone.left_alone == ("name",)
    assert (undone.kept.asset.name, undone.kept.asset.cost) == ("The Northtown Club", "")
    assert register.entries.get(ids["other_id"], actor=THE_PUBLIC).asset.cost == "£2"
    with pytest.raises(NotFoundError, match="no such merge"):
        register.merging.undo(merged.merge_id, actor=REVIEWER)
    assert find_faults(register.database) == ()


def test_a_merge_of_an_entry_with_itself_or_of_one_that_has_changed_is_refused(register: Register) -> None:
    kept, other = add(register), add(register)
    ids = {"kept_id": kept.asset.asset_id, "other_id": other.asset.asset_id}
    with pytest.raises(WrongStateError, match="with itself"):
        register.merging.merge(
            kept_id=ids["kept_id"], other_id=ids["kept_id"], merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER
        )
    register.entries.edit(ids["kept_id"], replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=REVIEWER)
    with pytest.raises(ConflictError):
        register.merging.merge(**ids, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER)
    register.review.archive(ids["other_id"], actor=REVIEWER)
    with pytest.raises(WrongStateError, match="archived"):
        register.merging.merge(**ids, merged=LUNCH_CLUB, kept_version=2, actor=REVIEWER)


def test_the_owner_of_a_merged_entry_looks_after_the_one_that_is_kept(register: Register) -> None:
    kept, other = add(register), add(register)
    token = register.claims.invite(other.asset.asset_id, actor=REVIEWER, days=7).token
    register.claims.redeem(token, actor=GROUP)
    register.merging.merge(
        kept_id=kept.asset.asset_id, other_id=other.asset.asset_id, merged=LUNCH_CLUB, kept_version=1, actor=REVIEWER
    )
    assert register.entries.withdraw(kept.asset.asset_id, actor=GROUP).state is State.WITHDRAWN


def test_a_reader_asks_for_what_changed_since_and_misses_nothing(register: Register) -> None:
    first, second = add(register), add(register)
    start = register.finding.changed_since(0)
    assert [one.asset.asset_id for one in start.shown] == [first.asset.asset_id, second.asset.asset_id]
    assert register.finding.changed_since(start.number).shown == ()
    register.review.archive(first.asset.asset_id, actor=REVIEWER)
    register.entries.edit(second.asset.asset_id, replace(LUNCH_CLUB, cost="£2"), base_version=1, actor=REVIEWER)
    news = register.finding.changed_since(start.number)
    assert news.gone == (first.asset.asset_id,)
    assert [one.asset.cost for one in news.shown] == ["£2"]
    assert len(news.shown[0].asset.contacts) == 1
    part = register.finding.changed_since(0, most=1)
    assert (part.is_complete, part.gone) == (False, (first.asset.asset_id,))
    assert register.finding.changed_since(part.number).is_complete


def test_an_entry_that_only_serves_an_area_is_found_by_the_area(register: Register) -> None:
    served = Asset(name="Lifts", kind="transport", service_areas=("E08000002",), contacts=(Contact(phone="111"),))
    add(register, served)
    assert register.finding.find(Query(areas=("E08000002",)), actor=THE_PUBLIC).total == 1
    assert register.finding.points(Query()) == []
    assert served.place == Place()
