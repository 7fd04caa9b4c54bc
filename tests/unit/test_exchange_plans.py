"""A plan says what an import would do; carrying it out is one transaction; the same file twice does nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.register.actor import Actor, local_actor
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.exchange.plan import ImportPlan, KnownEntry
from dashboard.register.exchange.planning import decide, make_plan
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.rejects import write_rejects
from dashboard.register.exchange.text_files import read_csv
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.taxonomy import read_taxonomy
from tests.register_fakes import FakeRegister

TAXONOMY = read_taxonomy()
LIST = """id,name,type,postcode,cost
1,Sale Library,library,M33 7ZF,free
2,Urmston Hub,community centre,M41 0TZ,
3,,library,M1 1AA,
"""


def _drafts(text: str) -> list[Draft]:
    sheet = read_upload(text.encode(), file_name="list.csv")
    choices = propose_choices(sheet, taxonomy=TAXONOMY)
    return read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=NoGazetteer())


def _bring_in(text: str, register: FakeRegister) -> ImportPlan:
    plan = make_plan(_drafts(text), holdings=register)
    apply_plan(plan, writer=register, actor=local_actor(), why="a test")
    return plan


def test_the_preview_says_what_would_be_done() -> None:
    plan = make_plan(_drafts(LIST), holdings=FakeRegister())
    assert plan.summary == (
        "3 rows: 2 to add, 0 to update, 0 unchanged, 0 likely duplicates to decide, 0 said twice, 1 with errors."
    )
    assert [(one.row, one.column) for one in plan.errors] == [(4, "name")]


def test_the_same_file_twice_changes_nothing_and_a_changed_row_updates_only_what_the_list_says() -> None:
    register = FakeRegister()
    _bring_in(LIST, register)
    kept = register.entries["asset-0"]
    register.entries["asset-0"] = replace(kept, asset=replace(kept.asset, description="Added by hand"))
    before = dict(register.entries)
    again = _bring_in(LIST, register)
    assert (again.additions, again.updates, len(again.unchanged)) == ((), (), 2)
    assert register.entries == before
    changed = _bring_in(LIST.replace("Sale Library", "Sale Waterside Library"), register)
    assert [(one.row, one.changed) for one in changed.updates] == [(2, ("name",))]
    assert register.entries["asset-0"].asset.description == "Added by hand"
    assert register.entries["asset-0"].asset.cost == "free"


def test_an_empty_cell_does_not_wipe_what_the_register_knows() -> None:
    register = FakeRegister()
    _bring_in(LIST, register)
    assert _bring_in(LIST.replace(",free", ","), register).updates == ()


def test_rows_of_one_thing_are_joined() -> None:
    twice = "site id,site name,facility type,postcode\n7,Park,Pitch,M1 1AA\n7,Park,Tennis courts,M1 1AA\n"
    plan = make_plan(_drafts(twice), holdings=FakeRegister())
    assert [one.asset.description for one in plan.additions] == ["Pitch\nTennis courts"]
    assert "same as row 2" in plan.repeats[0].reason


def test_a_row_without_an_id_is_known_again_by_its_name_and_postcode() -> None:
    one, two, three = _drafts(
        "name,type,postcode\nHall A,library,M1 1AA\nHALL a,library,m11aa\nHall A,library,M1 1AB\n"
    )
    assert one.asset.source_ref == two.asset.source_ref != three.asset.source_ref


def test_a_likely_duplicate_waits_for_a_person() -> None:
    register = FakeRegister()
    _bring_in(LIST, register)
    other = "ref,name,type,postcode\n900,The Sale Library,library,M33 7ZF\n901,Sale Lib,library,M33 7ZF\n"
    plan = make_plan(
        [replace(one, asset=replace(one.asset, source="another")) for one in _drafts(other)], holdings=register
    )
    assert (plan.additions, plan.updates, len(plan.duplicates)) == ((), (), 2)
    assert plan.duplicates[0].likely[0].reasons
    assert apply_plan(plan, writer=register, actor=local_actor(), why="x").added_ids == ()
    decided = decide(plan, decisions={2: "asset-0", 3: ""})
    assert [one.asset.asset_id for one in decided.updates] == ["asset-0"]
    assert [one.row for one in decided.additions] == [3]
    assert decided.duplicates == ()


def test_a_decision_that_changes_nothing_is_counted_as_unchanged() -> None:
    register = FakeRegister()
    _bring_in(LIST, register)
    entry = register.entries["asset-0"]
    draft = Draft(row=2, asset=replace(entry.asset, asset_id="", source="other"), told=frozenset({"name"}))
    plan = make_plan([draft], holdings=register)
    assert decide(plan, decisions={2: "asset-0"}).unchanged == (2,)
    assert decide(plan, decisions={}).duplicates == plan.duplicates


def test_progress_is_told_up_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    make_plan(_drafts(LIST), holdings=FakeRegister(), progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 2)]


def test_a_refusal_of_the_register_leaves_nothing_half_done() -> None:
    class Refusing(FakeRegister):
        def bring_in(self, *_: object, **__: object) -> tuple[list[str], list[str]]:
            raise PermissionError

    register = Refusing()
    plan = make_plan(_drafts(LIST), holdings=register)
    with pytest.raises(PermissionError):
        apply_plan(plan, writer=register, actor=Actor(), why="x")
    assert register.entries == {}


def test_the_bad_rows_come_back_safe_to_open() -> None:
    text = 'name,type,postcode\n,"=HYPERLINK(""http://x"")",M1 1AA\n'
    sheet = read_upload(text.encode(), file_name="list.csv")
    plan = make_plan(_drafts(text), holdings=FakeRegister())
    written = write_rejects(sheet, plan=plan).decode("utf-8-sig")
    assert "'=HYPERLINK" in written
    (row,) = read_csv(written.encode(), title="again").rows
    assert row[1].startswith("=HYPERLINK")
    assert "name: Give it a name" in row[-1]


def test_an_entry_knows_its_version() -> None:
    register = FakeRegister()
    _bring_in(LIST, register)
    changed = make_plan(_drafts(LIST.replace("Hub", "Centre")), holdings=register)
    assert changed.updates[0].version == KnownEntry(changed.updates[0].asset, 1).version == 1
