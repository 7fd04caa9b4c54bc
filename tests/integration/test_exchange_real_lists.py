"""Every list of shared/data/assets is read as it is, and what becomes of each row is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from dashboard.api.open_referral.routes import PREFIX, open_referral_routes
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.incoming import open_incoming
from dashboard.register.exchange.open_referral.reading import read_service
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.planning import decide, make_plan
from dashboard.register.exchange.rejects import REASON, write_rejects
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.text_files import read_csv
from dashboard.register.query import Query
from dashboard.register.register import Register
from dashboard.register.taxonomy import read_taxonomy
from etl.settings import Settings, read_settings
from tests.open_referral_schemas import Shapes
from tests.register_fakes import FakeGazetteer, code_point_gazetteer
from tests.web import Client

Json = dict[str, Any]
TAXONOMY = read_taxonomy()
ME = local_actor()
LIBRARIES, LOCAL_LIBRARIES = "libraries_england_2023.csv", "gm_libraries.csv"
# File: rows and the kind that its name tells.
LISTS = {
    LIBRARIES: (3_487, "library"),
    "gm_dentists.csv": (539, "dentist"),
    "gm_food_banks.csv": (171, "food_bank"),
    "gm_jobcentreplus.csv": (26, "employment"),
    LOCAL_LIBRARIES: (141, "library"),
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
    LIBRARIES: (3_487, 3_136, 0, 2, 349, 42),
    "gm_dentists.csv": (539, 512, 4, 23, 0, 0),
    "gm_food_banks.csv": (171, 171, 0, 0, 0, 4),
    "gm_jobcentreplus.csv": (26, 25, 1, 0, 0, 0),
    LOCAL_LIBRARIES: (141, 14, 127, 0, 0, 0),
    "gm_pharmacies.csv": (631, 631, 0, 0, 0, 1),
    "gm_places_of_worship_RAW.geojson": (1_620, 1_161, 0, 1, 458, 0),
    "gm_post_offices.geojson": (343, 343, 0, 0, 0, 0),
    "sports_facilities.csv": (314, 171, 0, 143, 0, 0),
    "trafford_mental_health_services.csv": (60, 60, 0, 0, 0, 1),
}
ADDED = sum(added for _, added, *_ in EXPECTED.values())
PAGES = -(-ADDED // 500)


@dataclass(frozen=True)
class BroughtIn:
    """One list, as it was read, planned and written."""

    sheet: Sheet
    drafts: Sequence[Draft]
    plan: ImportPlan
    changed: int

    @property
    def counts(self) -> tuple[int, ...]:
        refused = len({problem.row for problem in self.plan.errors})
        unplaced = sum(one.asset.place.easting is None for one in self.plan.additions)
        of_plan = (len(self.plan.additions), len(self.plan.duplicates), len(self.plan.repeats))
        return (self.plan.rows, *of_plan, refused, unplaced)


@pytest.fixture(scope="module")
def gazetteer(real_data: Path) -> FakeGazetteer:
    return code_point_gazetteer(real_data)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({}, home=tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def register(settings: Settings) -> Iterator[Register]:
    opened = open_register(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def lists(real_data: Path, gazetteer: FakeGazetteer, register: Register) -> dict[str, BroughtIn]:
    """Return every list, brought into one register as the page and the command line do it."""

    def bring_in(name: str) -> BroughtIn:
        incoming = open_incoming(next((real_data / "assets").rglob(name)), taxonomy=TAXONOMY)
        choices = incoming.propose(taxonomy=TAXONOMY)
        assert choices.kind == LISTS[name][1]
        assert incoming.sheet is not None
        drafts = incoming.drafts(choices, taxonomy=TAXONOMY, gazetteer=gazetteer)
        plan = make_plan(drafts, holdings=register.holdings(actor=ME))
        done = apply_plan(plan, writer=register.imports, actor=ME, why=f"import of {name}")
        assert len(done.added_ids) == len(plan.additions)
        return BroughtIn(incoming.sheet, drafts, plan, changed=len(done.changed_ids))

    return {name: bring_in(name) for name in LISTS}


def test_every_row_of_every_list_goes_in_or_is_said_not_to(lists: dict[str, BroughtIn], register: Register) -> None:
    assert {name: one.plan.rows for name, one in lists.items()} == {name: rows for name, (rows, _) in LISTS.items()}
    assert sum(one.plan.rows for one in lists.values()) == 7_332
    assert {name: one.counts for name, one in lists.items()} == EXPECTED
    assert all(one.changed == 0 for one in lists.values())
    assert register.finding.find(Query(), actor=ME).total == ADDED
    assert register.upkeep.faults(actor=ME) == ()


def test_every_list_a_second_time_changes_nothing(lists: dict[str, BroughtIn], register: Register) -> None:
    number = register.finding.latest_change()
    for one in lists.values():
        again = make_plan(one.drafts, holdings=register.holdings(actor=ME))
        done = apply_plan(again, writer=register.imports, actor=ME, why="again")
        assert (done.added_ids, done.changed_ids, again.writes) == ((), (), 0)
    assert register.finding.latest_change() == number


def test_every_refused_row_comes_back_with_its_reason(lists: dict[str, BroughtIn]) -> None:
    sheet, plan = lists[LIBRARIES].sheet, lists[LIBRARIES].plan
    assert Counter(problem.column for problem in plan.errors) == {"closed": 349}
    returned = read_csv(write_rejects(sheet, plan=plan), title="again")
    assert returned.columns == (*sheet.columns, REASON)
    assert len(returned.rows) == 349
    assert all(row[-1].startswith("closed: The list says that it has closed: “20") for row in returned.rows)


def test_a_wrong_district_code_is_left_out_and_said(lists: dict[str, BroughtIn]) -> None:
    plan = lists["gm_dentists.csv"].plan
    wrong = [note for note in plan.notes if note.column == "area_code"]
    assert len(wrong) == 489
    assert "“E0800006” is not an area code" in wrong[0].reason
    assert all(code not in str(one.asset) for one in plan.additions for code in ("E0800006", "E0800003"))


def test_free_text_hours_become_the_syntax_where_they_are_clear_and_stay_words_where_not(
    lists: dict[str, BroughtIn],
) -> None:
    food_banks = lists["gm_food_banks.csv"].plan.additions
    hours = [one.asset.opening_hours for one in food_banks]
    words = [one.asset.opening_notes for one in food_banks]
    assert all(not (a and b) for a, b in zip(hours, words, strict=True))
    assert "Tu-Fr 12:00-14:00" in hours
    assert "One morning per week" in words
    assert sum(map(bool, hours)) >= 90
    assert all(one.asset.opening_hours for one in lists["gm_pharmacies.csv"].plan.additions)


def test_a_likely_duplicate_of_another_list_is_offered_and_decided_by_a_person(lists: dict[str, BroughtIn]) -> None:
    local = lists[LOCAL_LIBRARIES].plan
    first, second = local.duplicates[:2]
    known = first.likely[0].known.asset
    assert known.source == lists[LIBRARIES].plan.additions[0].asset.source
    decided = decide(local, decisions={first.draft.row: known.asset_id, second.draft.row: ""})
    assert len(decided.duplicates) == len(local.duplicates) - 2
    assert decided.updates[-1].asset.asset_id == known.asset_id
    assert decided.additions[-1].row == second.draft.row


def test_every_entry_of_every_list_is_valid_in_the_api_and_comes_back_the_same(
    lists: dict[str, BroughtIn], register: Register, settings: Settings, real_data: Path
) -> None:
    client, shapes = Client(Starlette(routes=open_referral_routes(settings))), Shapes(real_data)

    def ask_for_all(listed: str) -> list[Json]:
        pages = [client.get(f"{PREFIX}/{listed}&per_page=500&page={page}").json() for page in range(1, PAGES + 1)]
        assert [page["last_page"] for page in pages] == [False] * (PAGES - 1) + [True]
        return [one for page in pages for one in page["contents"]]

    services = ask_for_all("services?full=true")
    placed = ask_for_all("service_at_locations?full=true")
    for kind, found in (("service", services), ("service_at_location", placed)):
        assert [said for one in found for said in shapes.complaints(kind, one)] == []
    shown = {one.asset.asset_id: one.asset for one in register.finding.find_all(Query(), actor=THE_PUBLIC)}
    assert len(shown) == sum(len(one.plan.additions) for one in lists.values()) == ADDED
    assert {one["id"] for one in services} == set(shown)
    assert {one["service"]["id"] for one in placed} == {one.asset_id for one in shown.values() if one.place.is_known}
    assert all(read_service(one, taxonomy=TAXONOMY, is_own=True) == shown[one["id"]] for one in services)
