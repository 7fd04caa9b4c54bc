"""Areas side by side: what the link names, their figures and summaries, and the page."""

from __future__ import annotations

from pathlib import Path

import altair as alt
import numpy as np
import pytest

from dashboard.compare_state import read_compared, write_compared
from dashboard.components.compare.figures import _bars, describe_side_by_side, describe_summaries
from dashboard.opening import open_register
from dashboard.own.areas import CODES
from dashboard.questions.own_areas import OwnArea
from dashboard.register.actor import local_actor
from dashboard.register.piece import PieceDraft, Sort
from dashboard.repository import Repository, open_repository
from etl.methods.ranking import worst_percent
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.page_scripts import open_page, query_of, words_of
from tests.unit.small_snapshot import ENGLAND, ICB, LADS, LSOAS, POPULATIONS, WARDS, make_home

CODE = "custom-wabc"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


@pytest.fixture
def repository(settings: Settings) -> Repository:
    return open_repository(current_snapshot(settings))


def test_a_link_names_five_areas_at_most_each_once() -> None:
    codes = (LADS[0], CODE, WARDS[0])
    assert read_compared(write_compared(codes, about="People")) == codes
    assert read_compared({"areas": f" {LADS[0].lower()} ,{LADS[0]},<b>,,{CODE.upper()}"}) == (LADS[0], CODE)
    assert len(read_compared({"areas": ",".join(f"E0100000{i}" for i in range(9))})) == 5
    assert write_compared(()) == {}
    assert read_compared({}) == ()


def test_areas_stand_beside_their_icb_and_england(repository: Repository) -> None:
    assert [area.area_code for area in repository.compared([LADS[0], "E99"])] == [LADS[0], ICB, ENGLAND]
    assert [area.area_code for area in repository.compared([ENGLAND, ICB])] == [ENGLAND, ICB]
    assert [area.area_code for area in repository.compared([])] == [ENGLAND]


def test_figures_stand_side_by_side_as_each_area_has_them(repository: Repository) -> None:
    repository.learn(OwnArea(CODE, "Alton", frozenset(LSOAS[6:])))
    areas = repository.compared([LADS[0], LADS[1], CODE])
    rows = repository.side_by_side(areas, domain="Deprivation 2025")
    of_area = rows.set_index("area_code")["value"]
    assert of_area[CODE] == pytest.approx(of_area[LADS[1]])
    shown = describe_side_by_side(rows, areas=areas)
    # Two of the name are told apart by their codes.
    assert list(shown.columns) == [
        "Figure",
        f"Alton ({LADS[0]})",
        "Burton",
        f"Alton ({CODE})",
        "Northshire",
        "England",
        "Unit",
    ]
    assert shown["Burton"].tolist() == shown[f"Alton ({CODE})"].tolist()
    assert repository.side_by_side((), domain="x").empty


def test_summaries_are_those_that_their_definitions_give_by_hand(repository: Repository) -> None:
    repository.learn(OwnArea(CODE, "Two", frozenset(LSOAS[:2])))
    areas = repository.compared([CODE, LADS[0]])
    summaries = repository.deprivation_summaries(areas)
    people = POPULATIONS[:2]
    two = summaries.loc[CODE]
    # Ranks 1 and 2 of 12, scores 11 and 10; one of the two is in the worst tenth (ranks up to 1.2).
    assert two["average_rank"] == pytest.approx((1 * people[0] + 2 * people[1]) / sum(people))
    assert two["average_score"] == pytest.approx((11 * people[0] + 10 * people[1]) / sum(people))
    assert two["proportion"] == 0.5
    percents = [9, 17]
    assert worst_percent(np.array([1.0, 2.0]), total=12).tolist() == percents
    weight = 0.95 - 0.9 / 19 * (percents[1] - 11)
    assert two["extent"] == pytest.approx((people[0] + weight * people[1]) / sum(people))
    assert two["local_concentration"] == 1.0
    described = describe_summaries(summaries, areas=areas)
    assert described["Two"].tolist() == ["10.3", "2", "50.0%", f"{two['extent']:.1%}", "1"]


def test_the_small_charts_keep_to_the_schema() -> None:
    alt.LayerChart.from_dict(_bars(3), validate=True)


def test_the_page_adds_areas_takes_them_out_and_says_so_in_its_address(settings: Settings) -> None:
    register = open_register(settings)
    draft = PieceDraft(sort=Sort.CUSTOM_AREA, title="Our *patch*", body={CODES: list(LSOAS[:3])})
    own = f"custom-{register.kept.save(draft, actor=local_actor()).piece_id}"
    page = open_page("compare", settings)
    assert "Add an area" in words_of(page)
    page.text_input(key="compare_search").set_value("Alton").run()
    page.button(key=f"compare_search-{LADS[0]}").click().run()
    page.selectbox(key="compare_own").set_value(own).run()
    assert query_of(page)["areas"] == f"{LADS[0]},{own}"
    assert list(page.dataframe[0].value.columns) == ["Figure", "Alton", "Our *patch*", "Northshire", "England", "Unit"]
    assert page.dataframe[1].value["Summary"].tolist()[0] == "Average score"
    page.selectbox(key="compare_about").set_value("People").run()
    assert query_of(page)["about"] == "People"
    page.button(key=f"compare-out-{LADS[0]}").click().run()
    assert query_of(page) == {"areas": own, "about": "People"}
    assert not page.exception


def test_five_areas_are_the_most_and_even_a_lone_neighbourhood_has_its_summaries(settings: Settings) -> None:
    full = open_page("compare", settings, areas=",".join(LSOAS[:5]))
    assert "5 areas are the most" in words_of(full)
    assert not full.text_input
    assert "more areas than can stand side by side" not in words_of(full)
    assert "more areas than can stand" in words_of(open_page("compare", settings, areas=",".join(LSOAS[:6])))
    # The second of twelve: score 10, rank 2, beyond the worst tenth, and 17 in a hundred ranks are as bad.
    second = full.dataframe[1].value.iloc[:, 2]
    assert second.tolist() == ["10.0", "2", "0.0%", f"{0.95 - 0.9 / 19 * (17 - 11):.1%}", "2"]
    assert "E01000000" not in words_of(open_page("compare", settings, areas="custom-w0"))
    lost = words_of(open_page("compare", settings, areas=f"E99999999,{LSOAS[0]},E99999998"))
    assert "There is no area E99999999 and E99999998 in this data" in lost
