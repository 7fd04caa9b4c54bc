"""Every list of shared/data/assets is read as it is, and what becomes of each row is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dashboard.register.actor import local_actor
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.incoming import open_incoming
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import decide, make_plan
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.rejects import REASON, write_rejects
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.text_files import read_csv
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.taxonomy import read_taxonomy
from tests.register_fakes import FakeGazetteer, FakeRegister, code_point_gazetteer

TAXONOMY = read_taxonomy()
# File: rows and the kind that its name tells.
LISTS = {
    "libraries_england_2023.csv": (3_487, "library"),
    "gm_dentists.csv": (539, "dentist"),
    "gm_food_banks.csv": (171, "food_bank"),
    "gm_jobcentreplus.csv": (26, "employment"),
    "gm_libraries.csv": (141, "library"),
    "gm_pharmacies.csv": (631, "pharmacy"),
    "gm_places_of_worship_RAW.geojson": (1_620, "faith_group"),
    "gm_post_offices.geojson": (343, "post_office"),
    "sports_facilities.csv": (314, "sport_and_green"),
    "trafford_mental_health_services.csv": (60, "health_and_wellbeing"),
}

# File: rows, added, likely duplicates, said twice, refused, and added without a point. The two big refusals: libraries
# that have closed, and places of worship that the list itself calls “Unknown”. Of the 141 local libraries 127 are in
# the national list already.
EXPECTED = {
    "libraries_england_2023.csv": (3_487, 3_136, 0, 2, 349, 42),
    "gm_dentists.csv": (539, 512, 4, 23, 0, 0),
    "gm_food_banks.csv": (171, 171, 0, 0, 0, 4),
    "gm_jobcentreplus.csv": (26, 25, 1, 0, 0, 0),
    "gm_libraries.csv": (141, 14, 127, 0, 0, 0),
    "gm_pharmacies.csv": (631, 631, 0, 0, 0, 1),
    "gm_places_of_worship_RAW.geojson": (1_620, 1_161, 0, 1, 458, 0),
    "gm_post_offices.geojson": (343, 343, 0, 0, 0, 0),
    "sports_facilities.csv": (314, 171, 0, 143, 0, 0),
    "trafford_mental_health_services.csv": (60, 60, 0, 0, 0, 1),
}


@pytest.fixture(scope="module")
def gazetteer(real_data: Path) -> FakeGazetteer:
    return code_point_gazetteer(real_data)


def _sheet(data: Path, name: str) -> Sheet:
    path = next((data / "assets").rglob(name))
    return read_upload(path.read_bytes(), file_name=name)


def _plan(sheet: Sheet, *, register: FakeRegister, gazetteer: FakeGazetteer) -> ImportPlan:
    choices = propose_choices(sheet, taxonomy=TAXONOMY)
    return make_plan(read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=gazetteer), holdings=register)


def _counts(plan: ImportPlan) -> tuple[int, ...]:
    refused = len({problem.row for problem in plan.errors})
    unplaced = sum(one.asset.place.easting is None for one in plan.additions)
    return (plan.rows, len(plan.additions), len(plan.duplicates), len(plan.repeats), refused, unplaced)


def test_every_list_goes_into_a_real_register_once(real_data: Path, gazetteer: FakeGazetteer, tmp_path: Path) -> None:
    """The page and the command line do this: read, plan, write; and all of it again changes nothing."""
    register, me = Register(f"sqlite:///{tmp_path / 'register.sqlite'}"), local_actor()

    def bring_in(name: str) -> tuple[int, ...]:
        path = next((real_data / "assets").rglob(name))
        incoming = open_incoming(path, taxonomy=TAXONOMY)
        choices = incoming.propose(taxonomy=TAXONOMY)
        assert choices.kind == LISTS[name][1]
        drafts = incoming.drafts(choices, taxonomy=TAXONOMY, gazetteer=gazetteer)
        plan = make_plan(drafts, holdings=register.holdings(actor=me))
        done = apply_plan(plan, writer=register.imports, actor=me, why=f"import of {name}")
        assert len(done.added_ids) == len(plan.additions)
        return (*_counts(plan), len(done.changed_ids))

    first = {name: bring_in(name) for name in LISTS}
    assert {name: counts[0] for name, counts in first.items()} == {name: rows for name, (rows, _) in LISTS.items()}
    assert first == {name: (*counts, 0) for name, counts in EXPECTED.items()}
    number = register.finding.changed_since(0).number
    added = {name: (counts[1], counts[-1]) for name, counts in ((name, bring_in(name)) for name in LISTS)}
    assert added == dict.fromkeys(LISTS, (0, 0))
    assert register.finding.changed_since(0).number == number
    assert register.finding.find(Query(), actor=me).total == sum(counts[1] for counts in EXPECTED.values())
    assert sum(rows for rows, *_ in first.values()) == 7_332
    assert register.upkeep.faults(actor=me) == ()
    register.close()


def test_every_refused_row_comes_back_with_its_reason(real_data: Path, gazetteer: FakeGazetteer) -> None:
    sheet = _sheet(real_data, "libraries_england_2023.csv")
    plan = _plan(sheet, register=FakeRegister(), gazetteer=gazetteer)
    assert Counter(problem.column for problem in plan.errors) == {"closed": 349}
    returned = read_csv(write_rejects(sheet, plan=plan), title="again")
    assert returned.columns == (*sheet.columns, REASON)
    assert len(returned.rows) == 349
    assert all(row[-1].startswith("closed: The list says that it has closed: “20") for row in returned.rows)


def test_a_wrong_district_code_is_left_out_and_said(real_data: Path, gazetteer: FakeGazetteer) -> None:
    plan = _plan(_sheet(real_data, "gm_dentists.csv"), register=FakeRegister(), gazetteer=gazetteer)
    wrong = [note for note in plan.notes if note.column == "area_code"]
    assert len(wrong) == 489
    assert "“E0800006” is not an area code" in wrong[0].reason
    assert all(code not in str(one.asset) for one in plan.additions for code in ("E0800006", "E0800003"))


def test_free_text_hours_become_the_syntax_where_they_are_clear_and_stay_words_where_not(
    real_data: Path, gazetteer: FakeGazetteer
) -> None:
    plan = _plan(_sheet(real_data, "gm_food_banks.csv"), register=FakeRegister(), gazetteer=gazetteer)
    hours = [one.asset.opening_hours for one in plan.additions]
    words = [one.asset.opening_notes for one in plan.additions]
    assert all(not (a and b) for a, b in zip(hours, words, strict=True))
    assert "Tu-Fr 12:00-14:00" in hours
    assert "One morning per week" in words
    assert sum(map(bool, hours)) >= 90
    pharmacies = _plan(_sheet(real_data, "gm_pharmacies.csv"), register=FakeRegister(), gazetteer=gazetteer)
    assert all(one.asset.opening_hours for one in pharmacies.additions)


def test_a_likely_duplicate_of_another_list_is_offered_and_decided_by_a_person(
    real_data: Path, gazetteer: FakeGazetteer
) -> None:
    register = FakeRegister()
    national = _plan(_sheet(real_data, "libraries_england_2023.csv"), register=register, gazetteer=gazetteer)
    apply_plan(national, writer=register, actor=local_actor(), why="national list")
    local = _plan(_sheet(real_data, "gm_libraries.csv"), register=register, gazetteer=gazetteer)
    assert len(local.duplicates) >= 90
    first, second = local.duplicates[:2]
    known = first.likely[0].known.asset
    decided = decide(local, decisions={first.draft.row: known.asset_id, second.draft.row: ""})
    assert len(decided.duplicates) == len(local.duplicates) - 2
    assert decided.updates[-1].asset.asset_id == known.asset_id
    assert decided.additions[-1].row == second.draft.row
