"""Lists are brought in once, looked back at, and taken back; a row stays known whatever becomes of its entry."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event

from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.entry import State, Waiting
from dashboard.register.errors import NotAllowedError, NotFoundError, RegisterError, WrongStateError
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import decide, make_plan
from dashboard.register.integrity import find_faults
from dashboard.register.listed import ImportResult, Listed
from dashboard.register.model import Asset, Contact
from dashboard.register.register import Register
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.store import bringing, taking_back
from tests.registers import (
    ADMIN,
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

ROW = replace(LUNCH_CLUB, source="list", source_ref="1", licence="OGL")
SOUTHERN = replace(
    LUNCH_CLUB, name="Chess at the Cricket Pavilion", contacts=(), place=IN_THE_SOUTH, source="list", source_ref="2"
)
# The same club in the words of another list.
OF_ANOTHER = replace(LUNCH_CLUB, name="Northtown Lunch Club (North)", description="Soup.", source="other",
                     source_ref="77", licence="ODbL")  # fmt: skip
TOLD = frozenset({"name", "kind", "description", "place", "contacts", "source", "source_ref", "licence"})


def plan(register: Register, rows: Sequence[Asset], *, actor: Actor = TRUSTED) -> ImportPlan:
    drafts = [Draft(row=at, asset=tidy_asset(one), told=TOLD) for at, one in enumerate(rows, start=2)]
    return make_plan(drafts, holdings=register.holdings(actor=actor))


def bring_in(
    register: Register, *rows: Asset, actor: Actor = TRUSTED, same: dict[int, str] | None = None
) -> ImportResult:
    """Bring rows in, those in `same` as the entries that they are."""
    decided = decide(plan(register, rows, actor=actor), decisions=same or {})
    return apply_plan(decided, writer=register.imports, actor=actor, why="a list")


def test_what_an_import_added_goes_and_what_it_changed_is_as_before(register: Register) -> None:
    (known,) = bring_in(register, SOUTHERN).added_ids
    done = bring_in(register, ROW, replace(SOUTHERN, description="New words."))
    assert (len(done.added_ids), done.changed_ids) == (1, (known,))
    undone = register.imports.undo(done.import_id, actor=REVIEWER, why="a slip")
    assert (undone.removed, undone.restored, undone.left_alone) == (done.added_ids, (known,), ())
    assert register.entries.get(known, actor=PARTNER).asset.description == LUNCH_CLUB.description
    assert register.entries.get(done.added_ids[0], actor=REVIEWER).state is State.ARCHIVED
    assert register.history.read(done.added_ids[0], actor=REVIEWER)[1].action == "import undone"
    again = plan(register, [ROW, replace(SOUTHERN, description="New words.")])
    assert (len(again.additions), len(again.updates)) == (1, 1)
    assert find_faults(register.database) == ()


def test_how_far_the_writing_has_come_is_told(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(register, ROW, SOUTHERN)
    changed = (replace(ROW, description="New."), replace(SOUTHERN, description="New."))
    decided = plan(register, [*(replace(SOUTHERN, name=f"Chess {n}", source_ref=n) for n in "xyz"), *changed])
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(bringing, "AT_ONCE", 2)
    apply_plan(decided, writer=register.imports, actor=TRUSTED, why="x", progress=lambda *far: told.append(far))
    assert told == [(0, 5), (2, 5), (3, 5), (5, 5)]
    assert find_faults(register.database) == ()


def test_many_rows_are_changed_by_as_many_statements_as_one(register: Register) -> None:
    rows = [replace(ROW, name=f"Club {n}", source_ref=str(n)) for n in range(9)]
    bring_in(register, *rows, actor=REVIEWER)
    asked: list[str] = []

    @event.listens_for(register.database.engine, "before_cursor_execute")
    def take_down(_con: object, _cursor: object, statement: str, *_others: object) -> None:
        asked.append(statement)

    counts = []
    for some, words in ((rows[:1], "Soup."), (rows, "Stew.")):
        decided = plan(register, [replace(one, description=words) for one in some], actor=NORTH_REVIEWER)
        asked.clear()
        done = apply_plan(decided, writer=register.imports, actor=NORTH_REVIEWER, why="a list")
        assert len(done.changed_ids) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1], "rights are read and versions written for all rows at once"


def test_how_far_an_undo_has_come_is_told(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    (known,) = bring_in(register, SOUTHERN).added_ids
    others = [replace(SOUTHERN, name=f"Chess {n}", source_ref=n) for n in "xyz"]
    done = bring_in(register, *others, replace(SOUTHERN, description="New words."))
    changed = replace(register.entries.get(done.added_ids[0], actor=TRUSTED).asset, cost="£2")
    register.entries.edit(changed.asset_id, changed, base_version=1, actor=TRUSTED)
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(taking_back, "AT_ONCE", 2)
    undone = register.imports.undo(done.import_id, actor=REVIEWER, progress=lambda *far: told.append(far))
    assert told == [(2, 4), (4, 4)]
    assert (undone.removed, undone.restored) == (done.added_ids[1:], (known,))
    assert [one.asset_id for one in undone.left_alone] == [done.added_ids[0]]
    assert find_faults(register.database) == ()


def test_an_import_of_long_ago_is_looked_back_at_and_undone_once(register: Register, clock: StoppedClock) -> None:
    first = bring_in(register, ROW, SOUTHERN)
    clock.wait(days=400)
    second = bring_in(register, replace(ROW, description="Changed"))
    past = register.imports.past(actor=ADMIN)
    assert [(one.import_id, one.source, one.added, one.changed) for one in past] == [
        (second.import_id, "list", 0, 1), (first.import_id, "list", 2, 0),
    ]  # fmt: skip
    assert [(one.who, one.organisation, one.undone_at) for one in past] == [("Tess", "Tess's organisation", None)] * 2
    assert (past[0].at - past[1].at).days == 400
    assert [one.import_id for one in register.imports.past(actor=TRUSTED, most=1)] == [second.import_id]
    for one in (second, first):
        assert register.imports.undo(one.import_id, actor=REVIEWER).left_alone == ()
        with pytest.raises(WrongStateError, match="undone already"):
            register.imports.undo(one.import_id, actor=REVIEWER)
    assert [one.undone_at for one in register.imports.past(actor=REVIEWER)] == [clock.now] * 2
    register.erasing.forget_person(TRUSTED.actor_id, actor=ADMIN)
    assert {one.who for one in register.imports.past(actor=ADMIN)} == {"somebody"}


def test_what_somebody_has_built_on_since_stays_and_is_named(register: Register) -> None:
    edited, claimed, merged, other = (replace(SOUTHERN, name=f"Chess {n}", source_ref=n) for n in "wxyz")
    known = bring_in(register, replace(edited, source_ref="k", name="Draughts")).added_ids[0]
    done = bring_in(register, edited, claimed, merged, other, replace(edited, source_ref="k", name="Dominoes"))
    ids = done.added_ids
    for asset_id in (ids[0], known):
        entry = register.entries.get(asset_id, actor=TRUSTED)
        register.entries.edit(asset_id, replace(entry.asset, cost="£2"), base_version=entry.version, actor=TRUSTED)
    register.claims.redeem(register.claims.invite(ids[1], actor=REVIEWER, days=1).token, actor=GROUP)
    register.merging.merge(
        kept_id=ids[2], other_id=ids[3], merged=register.entries.get(ids[2], actor=REVIEWER).asset, kept_version=1,
        actor=REVIEWER,
    )  # fmt: skip
    undone = register.imports.undo(done.import_id, actor=REVIEWER)
    assert (undone.removed, undone.restored) == ((), ())
    named = dict(zip((*ids, known), ("Chess w", "Chess x", "Chess y", "Chess z", "Dominoes"), strict=True))
    assert {one.asset_id: one.name for one in undone.left_alone} == named
    assert plan(register, [edited, claimed]).additions == ()


def test_an_entry_that_was_changed_and_changed_back_is_taken_back(register: Register) -> None:
    done = bring_in(register, ROW)
    (asset_id,) = done.added_ids
    asset = register.entries.get(asset_id, actor=TRUSTED).asset
    register.entries.edit(asset_id, replace(asset, cost="£2"), base_version=1, actor=TRUSTED)
    register.entries.edit(asset_id, asset, base_version=2, actor=TRUSTED)
    assert register.imports.undo(done.import_id, actor=REVIEWER).removed == (asset_id,)


def test_a_partner_takes_back_what_still_waits_and_nobody_else_s(register: Register) -> None:
    done = bring_in(register, ROW, actor=PARTNER)
    assert register.imports.past(actor=OTHER_PARTNER) == ()
    for nobody in (THE_PUBLIC, GROUP):
        with pytest.raises(NotAllowedError):
            register.imports.past(actor=nobody)
        with pytest.raises(NotAllowedError):
            register.imports.undo(done.import_id, actor=nobody)
    for import_id in (done.import_id, 999):
        with pytest.raises(NotFoundError, match="no such import"):
            register.imports.undo(import_id, actor=OTHER_PARTNER)
    assert register.imports.undo(done.import_id, actor=PARTNER).removed == done.added_ids
    assert register.entries.get(done.added_ids[0], actor=PARTNER).state is State.WITHDRAWN


def test_a_reviewer_of_one_town_cannot_take_back_a_list_that_reaches_beyond_it(register: Register) -> None:
    done = bring_in(register, ROW, SOUTHERN)
    with pytest.raises(NotAllowedError):
        register.imports.undo(done.import_id, actor=NORTH_REVIEWER)
    assert register.entries.get(done.added_ids[0], actor=PARTNER).state is State.PUBLISHED
    assert register.imports.past(actor=NORTH_REVIEWER)[0].undone_at is None


def test_an_edit_of_a_list_that_waits_is_taken_back_without_another_to_review(register: Register) -> None:
    (known,) = bring_in(register, SOUTHERN).added_ids
    done = bring_in(register, replace(SOUTHERN, description="Changed"), actor=PARTNER)
    assert len(register.queues.to_review(actor=REVIEWER)) == 1
    register.imports.undo(done.import_id, actor=PARTNER)
    assert register.queues.to_review(actor=REVIEWER) == ()
    entry = register.entries.get(known, actor=PARTNER)
    assert (entry.asset.description, entry.waiting) == (LUNCH_CLUB.description, Waiting.NOTHING)


def test_a_row_that_is_an_entry_of_another_list_is_known_as_that_from_then_on(register: Register) -> None:
    (asset_id,) = bring_in(register, ROW).added_ids
    assert len(plan(register, [OF_ANOTHER]).duplicates) == 1
    assert bring_in(register, OF_ANOTHER, same={2: asset_id}).changed_ids == (asset_id,)
    asset = register.entries.get(asset_id, actor=PARTNER).asset
    assert (asset.name, asset.source, asset.source_ref) == (OF_ANOTHER.name, "list", "1")
    assert asset.licence == "OGL; ODbL"
    for row in (ROW, OF_ANOTHER, ROW):
        again = plan(register, [row])
        assert (again.duplicates, again.additions, again.updates, again.unchanged) == ((), (), (), (2,))
        assert apply_plan(again, writer=register.imports, actor=TRUSTED, why="again") == ImportResult()
    (news,) = plan(register, [replace(OF_ANOTHER, description="Soup and bread.")]).updates
    assert (news.asset.asset_id, news.changed) == (asset_id, ("description",))


def test_a_row_that_says_nothing_new_is_remembered_all_the_same(register: Register) -> None:
    (asset_id,) = bring_in(register, ROW).added_ids
    twin = replace(ROW, source="other", source_ref="77")
    decided = decide(plan(register, [twin]), decisions={2: asset_id})
    assert (decided.updates, decided.unchanged, decided.writes) == ((), (2,), 1)
    done = apply_plan(decided, writer=register.imports, actor=TRUSTED, why="x")
    assert (done.added_ids, done.changed_ids) == ((), ())
    assert plan(register, [twin]).unchanged == (2,)
    assert register.imports.undo(done.import_id, actor=TRUSTED).restored == ()
    assert len(plan(register, [twin]).duplicates) == 1
    known_as = [(one.asset_id, one.reference) for one in decided.links]
    for nobody in (GROUP, THE_PUBLIC):
        with pytest.raises(NotAllowedError):
            register.imports.bring_in(Listed(source="other", known_as=known_as), actor=nobody)


def test_two_rows_may_be_one_entry_and_both_are_known_again(register: Register) -> None:
    (asset_id,) = bring_in(register, ROW).added_ids
    rows = (OF_ANOTHER, replace(OF_ANOTHER, source_ref="78", name="Lunch Club of Northtown"))
    done = bring_in(register, *rows, same={2: asset_id, 3: asset_id})
    assert done.changed_ids == (asset_id,)
    assert register.entries.get(asset_id, actor=PARTNER).version == 2
    again = plan(register, rows)
    assert (again.duplicates, again.updates, again.unchanged) == ((), (), (2, 3))
    both = bring_in(register, *(replace(one, description=f"{one.source_ref}!") for one in rows))
    assert both.changed_ids == (asset_id,)
    assert register.entries.get(asset_id, actor=PARTNER).asset.description == "78!"


def test_what_a_person_has_corrected_is_not_undone_by_the_same_list(register: Register) -> None:
    (asset_id,) = bring_in(register, ROW).added_ids
    asset = register.entries.get(asset_id, actor=TRUSTED).asset
    register.entries.edit(asset_id, replace(asset, name="The right name"), base_version=1, actor=TRUSTED)
    assert plan(register, [ROW]).updates == ()
    (news,) = plan(register, [replace(ROW, description="Changed")]).updates
    assert news.changed == ("name", "description")


def test_lists_of_merged_entries_know_their_rows_again_and_after_the_merge_is_undone(register: Register) -> None:
    one = bring_in(register, ROW).added_ids[0]
    other = bring_in(register, OF_ANOTHER, same={2: ""}).added_ids[0]
    chosen = replace(register.entries.get(one, actor=REVIEWER).asset, description=OF_ANOTHER.description)
    merged = register.merging.merge(
        kept_id=one, other_id=other, merged=replace(chosen, source="mine"), kept_version=1, actor=REVIEWER
    )
    assert (merged.kept.asset.source, merged.kept.asset.licence) == ("list", "OGL; ODbL")
    for row in (ROW, OF_ANOTHER):
        assert plan(register, [row]).unchanged == (2,)
    news = bring_in(register, replace(OF_ANOTHER, name="New name"))
    assert news.changed_ids == (one,)
    register.imports.undo(news.import_id, actor=REVIEWER)
    register.merging.undo(merged.merge_id, actor=REVIEWER)
    back = plan(register, [replace(OF_ANOTHER, name="New name")])
    assert [update.asset.asset_id for update in back.updates] == [other]


def test_erased_words_do_not_come_back_with_the_list_and_go_from_what_was_merged(register: Register) -> None:
    named = replace(ROW, contacts=(Contact(name="Mary Bright", phone="0161 496 0001"),))
    one = bring_in(register, named).added_ids[0]
    other = bring_in(register, replace(OF_ANOTHER, source_ref="mary-bright", contacts=named.contacts), same={2: ""})
    register.merging.merge(
        kept_id=one, other_id=other.added_ids[0], merged=register.entries.get(one, actor=REVIEWER).asset,
        kept_version=1, actor=REVIEWER,
    )  # fmt: skip
    register.erasing.erase(one, words=["Mary Bright", "mary-bright"], actor=REVIEWER)
    assert plan(register, [named]).updates == ()
    for asset_id in (one, other.added_ids[0]):
        assert "Bright" not in repr(register.history.read(asset_id, actor=REVIEWER))
    with register.database.reading() as con:
        assert "mary-bright" not in repr(con.exec_driver_sql("SELECT source_ref FROM list_reference").all())


def test_of_two_imports_of_one_list_at_once_one_is_refused_and_nothing_is_there_twice(register: Register) -> None:
    planned = plan(register, [ROW, SOUTHERN])

    def apply(_: int) -> ImportResult | RegisterError:
        try:
            return apply_plan(planned, writer=register.imports, actor=TRUSTED, why="at once")
        except RegisterError as error:
            return error

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(apply, range(2)))
    refused = [one for one in done if isinstance(one, RegisterError)]
    assert [type(one) for one in refused] == [WrongStateError]
    assert "brought in rows of this list just now" in str(refused[0])
    assert len(register.finding.changed_since(0).shown) == 2
    assert len(register.imports.past(actor=REVIEWER)) == 1
    assert find_faults(register.database) == ()


def test_an_entry_changed_between_preview_and_writing_stops_the_whole_list(register: Register) -> None:
    (asset_id,) = bring_in(register, ROW).added_ids
    planned = plan(register, [replace(ROW, description="Of the list"), SOUTHERN])
    asset = register.entries.get(asset_id, actor=TRUSTED).asset
    register.entries.edit(asset_id, replace(asset, cost="£9"), base_version=1, actor=TRUSTED)
    with pytest.raises(RegisterError, match="Somebody else changed"):
        apply_plan(planned, writer=register.imports, actor=TRUSTED, why="late")
    assert len(register.finding.changed_since(0).shown) == 1
