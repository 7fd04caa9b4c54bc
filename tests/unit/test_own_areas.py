"""Areas of people's own behave as any other: figures as the build makes them, lists, parents, links, and rights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.components import visit as visiting
from dashboard.components.find.map import find_given, find_inside
from dashboard.components.place_search import find_places
from dashboard.opening import open_register
from dashboard.own.areas import CODES, learn_own_area, learn_own_areas
from dashboard.questions.own_areas import OwnArea
from dashboard.questions.places import SearchAnswer
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.errors import NotFoundError
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.repository import Repository, open_repository
from dashboard.state import View, read_area_code, read_view, write_view
from dashboard.warehouse import Warehouse
from etl.errors import CommonGroundError
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.registers import OTHER_PARTNER, PARTNER
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import ICB, LADS, LSOAS, POPULATIONS, make_home

CODE = "custom-wabc"
# The first district, neighbourhood by neighbourhood.
ALTON = OwnArea(CODE, "Our patch", frozenset(LSOAS[:6]))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(warehouse=Warehouse(make_home(tmp_path).snapshots_dir / "small.duckdb"))


def test_an_own_area_of_a_districts_neighbourhoods_has_the_districts_figures(repository: Repository) -> None:
    assert repository.area(CODE) is None
    repository.learn(ALTON)
    own, district = repository.area(CODE), repository.area(LADS[0])
    assert own is not None
    assert district is not None
    assert (own.population, own.neighbourhoods, own.bounds) == (district.population, 6, district.bounds)
    assert (own.lad_code, own.icb_code, own.name, own.area_type) == (LADS[0], ICB, "Our patch", "custom")
    # The small snapshot's figure of 2019 for districts counts a neighbourhood that has none.
    mine, theirs = (
        profile[profile["indicator_id"] != "imd_2019"]
        for profile in (repository.profile(own), repository.profile(district))
    )
    assert mine["value"].to_numpy() == pytest.approx(theirs["value"].to_numpy(), abs=1e-9, nan_ok=True)
    assert mine["england_value"].equals(theirs["england_value"])
    assert mine["icb_value"].equals(theirs["icb_value"])
    assert mine["national_rank"].isna().all()
    assert (mine["decile"] == 0).all()
    parts = [repository.contributions(area_code=code, recipe_id="digital_exclusion_2025") for code in (CODE, LADS[0])]
    assert parts[0].equals(parts[1])


def test_an_own_area_of_the_demo_has_the_figures_that_the_build_gave_its_district(demo_settings: Settings) -> None:
    repository = Repository(warehouse=Warehouse(current_snapshot(demo_settings)))
    lsoas, district = repository.areas_of_level("lsoa"), repository.areas_of_level("lad")["area_code"].iloc[0]
    repository.learn(OwnArea(CODE, "Ours", frozenset(lsoas.loc[lsoas["lad_code"] == district, "area_code"])))
    own, whole = repository.area(CODE), repository.area(str(district))
    assert own is not None
    assert whole is not None
    mine, theirs = (repository.profile(area)["value"].to_numpy() for area in (own, whole))
    assert np.isfinite(theirs).sum() > 20
    assert mine == pytest.approx(theirs, abs=1e-9, nan_ok=True)


def test_an_own_area_is_asked_as_any_other(repository: Repository) -> None:
    repository.learn(ALTON)
    assert [one.area_code for one in repository.parents(CODE)] == [ICB, "E38000001", LADS[0]]
    for level, size in (("lsoa", 6), ("ward", 2), ("msoa", 2), ("lad", 1), ("icb", 1), ("england", 1)):
        own = repository.areas_within(area_code=CODE, level=level)
        assert own.sum() == size
        assert (own == repository.areas_within(area_code=LADS[0], level=level)).all()
    mine, theirs = (repository.rank_areas(View(within=code)) for code in (CODE, LADS[0]))
    assert mine.order.tolist() == theirs.order.tolist()
    assert mine.summary == theirs.summary
    assert CODE in {place.area_code for place in repository.areas_to_filter_by(CODE)}
    assert repository.distribution(level="custom", indicator_id="imd_2025") is None
    assert repository.share_in_worst(area_code=CODE, indicator_id="imd_2025") == pytest.approx(3_000 / 21_000)


def test_an_own_area_that_changed_is_worked_out_anew(repository: Repository) -> None:
    repository.learn(ALTON)
    before = repository.area(CODE)
    assert before is not None
    asked = (repository.rank_areas(View(within=CODE)), repository.areas_within(area_code=CODE, level="lsoa"))
    repository.learn(OwnArea(CODE, "Renamed", frozenset(LSOAS[6:])))
    after = repository.area(CODE)
    assert after is not None
    assert (after.name, after.population) == ("Renamed", sum(POPULATIONS[6:]))
    assert repository.rank_areas(View(within=CODE)).order.tolist() != asked[0].order.tolist()
    assert not (repository.areas_within(area_code=CODE, level="lsoa") & asked[1]).any()
    repository.learn(OwnArea(CODE, "Gone", frozenset({"E01999999"})))
    assert repository.area(CODE) is None


def test_codes_that_are_not_in_this_snapshot_are_left_out(repository: Repository) -> None:
    repository.learn(OwnArea(CODE, "Half", frozenset({LSOAS[0], "E01999999"})))
    half = repository.area(CODE)
    assert half is not None
    assert half.neighbourhoods == 1


def test_the_map_is_told_what_the_servers_routes_cannot_know(repository: Repository) -> None:
    repository.learn(ALTON)
    view = View(within=CODE, base="within", show="share_75_plus_2021")
    inside = np.frombuffer(find_inside(repository, view=view) or b"", dtype=np.uint8)
    assert inside.tolist() == [1] * 6 + [0] * 6
    given = find_given(repository, view=view)
    assert set(given) == {"imd_2025", "digital_exclusion_2025", "share_75_plus_2021"}
    assert list(given["imd_2025"]) == [17, 34, 50, 67, 84, 100] + [0] * 6
    assert find_inside(repository, view=View(within=LADS[0])) is None
    assert find_inside(repository, view=View(at=CODE)) == inside.tobytes()
    assert find_inside(repository, view=View(within=LADS[0], at=CODE)) is None
    assert find_given(repository, view=View(within=CODE)) == {}


def test_a_link_holds_an_own_areas_code() -> None:
    view = View(within=CODE, base="within", at=LSOAS[0])
    assert read_view(write_view(view)) == view
    assert read_area_code({"area": " Custom-WABC "}) == CODE
    assert read_area_code({"area": "e07000001"}) == LADS[0]
    assert read_view({"within": "custom-../x"}).within == ""


def test_only_who_may_see_an_own_area_opens_it(tmp_path: Path, repository: Repository) -> None:
    register = open_register(make_home(tmp_path / "home"))
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Ours", body={CODES: [LSOAS[0]]}, audience=Sharing.PRIVATE)
    area_code = f"custom-{register.kept.save(draft, actor=PARTNER).piece_id}"
    plan = register.kept.save(PieceDraft(sort=Sort.PLAN, title="A plan", body={}), actor=PARTNER)
    assert learn_own_area(repository, register, area_code=area_code, actor=PARTNER).title == "Ours"
    for actor in (THE_PUBLIC, OTHER_PARTNER):
        with pytest.raises(NotFoundError):
            learn_own_area(repository, register, area_code=area_code, actor=actor)
    with pytest.raises(CommonGroundError, match="not of an area"):
        learn_own_area(repository, register, area_code=f"custom-{plan.piece_id}", actor=PARTNER)
    codes = [area_code, "custom-wnowhere"]
    assert learn_own_areas(repository, register, area_codes=codes, actor=PARTNER) == ("custom-wnowhere",)


def test_the_pages_open_an_own_area_by_its_link(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="[Ours](x) *now*", body={CODES: list(LSOAS[:3])})
    area_code = f"custom-{register.kept.save(draft, actor=PARTNER).piece_id}"
    page = open_page("area", settings, area=area_code)
    assert not page.exception
    said = words_of(page)
    assert "[Ours](x) *now*" in said
    assert "Area of your own" in said
    find = open_page("find", settings, within=area_code)
    assert "1 of 3 neighbourhoods" in words_of(find)
    assert area_code in find.selectbox(key="within").options or find.selectbox(key="within").value == area_code
    lost = open_page("area", settings, area="custom-w0")
    assert "not shared with you" in words_of(lost)
    assert query_of(lost) == {}


@pytest.mark.parametrize(
    ("page", "parameter", "before"),
    [("area", "area", ""), ("find", "within", ""), ("find", "at", ""), ("compare", "areas", f"{LADS[0]},")],
)
def test_no_way_of_writing_its_code_opens_anothers_private_area(
    page: str, parameter: str, before: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = make_home(tmp_path)
    draft = PieceDraft(
        sort=Sort.CUSTOM_AREA, title="Hush-hush", body={CODES: list(LSOAS[:3])}, audience=Sharing.PRIVATE
    )
    own = open_register(settings).kept.save(draft, actor=PARTNER).piece_id
    monkeypatch.setattr(visiting, "local_actor", lambda: PARTNER)
    assert "Hush-hush" in words_of(open_page("area", settings, area=f"custom-{own}"))
    monkeypatch.setattr(visiting, "local_actor", lambda: THE_PUBLIC)
    for code in (f" custom-{own}", f"\tCustom-{own.upper()} "):
        shown = open_page(page, settings, **{parameter: f"{before}{code}"})
        assert "not shared with you" in words_of(shown)
        assert "Hush-hush" not in words_of(shown)
        assert own not in "".join(query_of(shown).values()).lower()


def test_an_own_area_is_found_by_its_name_or_code_by_those_who_may_see_it(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Álton team", body={CODES: list(LSOAS[:3])})
    mine = f"custom-{register.kept.save(draft, actor=PARTNER).piece_id}"
    repository = open_repository(current_snapshot(settings))
    found = find_places(repository, settings, text="alton")
    assert [place.area_code for place in found.places][:2] == [mine, LADS[0]]
    assert found.outcome == "several"
    assert find_places(repository, settings, text="Team Alton") == SearchAnswer("found", found.places[:1])
    assert find_places(repository, settings, text=mine).places == found.places[:1]
    assert find_places(repository, settings, text="burton").places[0].area_code == LADS[1]
    assert find_places(repository, settings, text="").outcome == "none"
    assert repository.area(mine) is not None


def test_every_box_that_finds_places_finds_own_areas(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Riverside team", body={CODES: list(LSOAS[:3])})
    mine = f"custom-{register.kept.save(draft, actor=PARTNER).piece_id}"
    compare = open_page("compare", settings)
    compare.text_input(key="compare_search").set_value("riverside team").run()
    compare.button(key=f"compare_search-{mine}").click().run()
    assert query_of(compare)["areas"] == mine
    made = open_page("my_places", settings)
    made.text_input(key="own_search").set_value("riverside team").run()
    made.button(key=f"own_search-{mine}").click().run()
    assert "**3 neighbourhoods**" in words_of(made)
    plan = open_page("plan", settings)
    plan.text_input(key="plan_search").set_value("riverside team").run()
    assert "the middle of Riverside team" in plan.button(key="plan-add-0").label


def test_the_assets_of_an_own_area_are_those_of_its_neighbourhoods(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    register = open_register(settings)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Ours", body={CODES: list(LSOAS[:2])})
    mine = f"custom-{register.kept.save(draft, actor=PARTNER).piece_id}"
    for code in (LSOAS[0], LSOAS[5]):
        place = Place(precision=Precision.EXACT, lon=0.0, lat=52.0, lsoa21_code=code)
        register.entries.add(Asset(name=code, kind="library", place=place), actor=local_actor())
    page = open_page("assets", settings, within=mine)
    assert not page.exception
    assert "**1 entry**" in words_of(page)
    assert page.selectbox(key="asset-area").value == mine
    assert "Ours (your own)" in open_page("assets", settings).selectbox(key="asset-area").options
    assert "**2 entries**" in words_of(open_page("assets", settings, within="custom-w0"))
