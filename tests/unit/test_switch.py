"""The switch to digital: how places moved, in words, and what changed between two builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import altair as alt
import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.components.switch.story import _scatter
from dashboard.questions.switching import Switch
from dashboard.repository import Repository
from dashboard.snapshot_changes import compare_snapshots, find_previous
from dashboard.switch_words import describe_switch, month, tell_coverage, tell_months, tell_relation, tell_span
from dashboard.warehouse import Warehouse
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LSOAS, SICBL, make_home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


def change(settings: Settings, *statements: str) -> None:
    """Change the served snapshot before anybody has opened it."""
    with duckdb.connect(str(current_snapshot(settings))) as con:
        for statement in statements:
            con.execute(statement)


def opened(settings: Settings) -> Repository:
    return Repository(warehouse=Warehouse(current_snapshot(settings)))


def many_places(*, slope: float) -> Switch:
    percents = np.arange(5, 100, 5)
    areas = pd.DataFrame(
        {
            "area_code": [f"E38{i:06d}" for i in range(len(percents))],
            "name": [f"Place {i}" for i in range(len(percents))],
            "before": 20.0,
            "after": 30.0,
            "change": slope * percents,
            "need_percent": percents,
            "exclusion_percent": 50,
            "left_behind": 0.1,
        }
    )
    return Switch(areas, ("2019-03", "2020-02"), ("2020-09", "2021-08"), followed=len(areas), of=106)


def test_a_place_moved_by_the_difference_of_the_means_of_its_first_and_last_year(settings: Settings) -> None:
    months = [f"{2019 + i // 12}-{i % 12 + 1:02d}" for i in range(30)]
    rows = ", ".join(f"('{SICBL}', 'appointments_telephone', '{at}', {i})" for i, at in enumerate(months))
    change(settings, "DELETE FROM trend", f"INSERT INTO trend (area_code, indicator_id, period, value) VALUES {rows}")
    switch = opened(settings).switch("sicbl")
    assert switch is not None
    assert (switch.first, switch.last) == (("2019-01", "2019-12"), ("2020-07", "2021-06"))
    row = switch.areas.iloc[0]
    assert (row["before"], row["after"], row["change"]) == (5.5, 23.5, 18.0)
    assert (row["need_percent"], switch.followed, switch.of) == (100, 1, 1)
    assert opened(settings).switch("lad") is None


def test_half_of_few_months_stands_for_a_year(settings: Settings) -> None:
    switch = opened(settings).switch("sicbl")
    assert switch is not None
    assert (switch.first, switch.last) == (("2021-01", "2021-01"), ("2021-02", "2021-02"))
    assert switch.areas["change"].tolist() == [0.0]


def test_the_story_is_told_in_words() -> None:
    months = pd.DataFrame(
        {
            "period": ["2019-03", "2020-04", "2021-08"] * 2,
            "indicator_id": ["appointments_telephone"] * 3 + ["appointments_face_to_face"] * 3,
            "value": [14.0, 48.0, 38.0, 80.0, 47.0, 58.0],
        }
    )
    said = tell_months(months)
    assert "In March 2019, 14 of 100 appointments were by telephone, video or online; in August 2021, 38" in said
    assert "The most was in April 2020, with 48 of 100." in said
    assert said.endswith("Face to face went from 80 to 58 of 100.")
    assert month("2019-03") == "March 2019"
    switch = many_places(slope=-0.1)
    assert "19 of 106 sub-ICB locations are followed" in tell_coverage(switch)
    assert tell_coverage(Switch(switch.areas, switch.first, switch.last, followed=5, of=5)).startswith("All 5")
    assert "from March 2019 to February 2020" in tell_span(switch)


@pytest.mark.parametrize(
    ("slope", "words"), [(-0.1, "clearly larger (Spearman's rank correlation +1.00"), (0.1, "clearly smaller")]
)
def test_how_the_switch_goes_with_need_is_a_rank_correlation(slope: float, words: str) -> None:
    said = tell_relation(many_places(slope=slope), standing="need_percent", what="deprivation")
    assert words in said
    assert "chance alone would give as much in fewer than 1 of 100 cases" in said


def test_no_relation_is_told_of_few_or_equal_places() -> None:
    switch = many_places(slope=0.1)
    assert "Too few" in tell_relation(switch, standing="exclusion_percent", what="digital exclusion")
    few = Switch(switch.areas.head(3), switch.first, switch.last, followed=3, of=3)
    assert "Too few" in tell_relation(few, standing="need_percent", what="deprivation")
    shuffled = switch.areas.assign(change=np.tile([1.0, 2.0, 1.5], 7)[:19])
    flat = Switch(shuffled, switch.first, switch.last, followed=19, of=19)
    assert "hardly goes with deprivation" in tell_relation(flat, standing="need_percent", what="deprivation")
    assert describe_switch(switch).iloc[0]["Change in points"] == 0.5


def test_the_chart_keeps_to_the_schema() -> None:
    alt.LayerChart.from_dict(_scatter("Need"), validate=True)


@pytest.fixture
def two_builds(tmp_path: Path) -> Settings:
    settings = make_home(tmp_path)
    now = current_snapshot(settings)
    shutil.copyfile(now, now.with_name("earlier.duckdb"))
    change(
        settings,
        "UPDATE build SET build_id = 'later'",
        "UPDATE source SET edition = '2026' WHERE source_id = 'one'",
        "UPDATE source SET status = 'loaded' WHERE source_id = 'two'",
        "INSERT INTO asset (asset_id, name, kind) VALUES ('a2', 'New *library*', 'library')",
        "DELETE FROM asset WHERE asset_id = 'a1'",
        # The second neighbourhood takes the first one's place at the top of both.
        f"UPDATE area_value SET national_rank = 3 WHERE area_code = '{LSOAS[0]}' AND indicator_id = 'imd_2025'",
        f"UPDATE area_value SET national_rank = 1 WHERE area_code = '{LSOAS[1]}'",
    )
    return settings


def test_what_changed_between_two_builds_is_found(two_builds: Settings) -> None:
    now = current_snapshot(two_builds)
    previous = find_previous(two_builds, current=now)
    assert previous == now.with_name("earlier.duckdb")
    before, after = (Repository(warehouse=Warehouse(path)) for path in (previous, now))
    changes = compare_snapshots(before, after)
    assert changes.editions["now"].str[:4].tolist() == ["2026", "2025"]
    assert changes.editions["before"].str[:4].tolist() == ["2025", "not "]
    assert (changes.assets_added["asset_id"].tolist(), changes.assets_gone["asset_id"].tolist()) == (["a2"], ["a1"])
    assert changes.entered["area_code"].tolist() == [LSOAS[1]]
    assert changes.left["area_code"].tolist() == [LSOAS[0]]
    assert compare_snapshots(before, before).is_empty


def test_the_page_tells_what_there_is_to_tell(two_builds: Settings) -> None:
    page = open_page("switch", two_builds, place=SICBL.lower())
    said = words_of(page)
    assert "Where it moved most" in said
    assert "Neighbourhoods that are now left behind: 1" in said
    assert "Assets that are new: 1" in said
    assert page.selectbox(key="switch_place").value == SICBL
    assert not page.warning
    assert not page.exception
    assert "No appointments of E54999999 are in this data" in words_of(
        open_page("switch", two_builds, place="e54999999")
    )


def test_a_home_without_appointments_or_an_earlier_build_says_so(settings: Settings) -> None:
    change(settings, "DELETE FROM trend")
    page = open_page("switch", settings)
    assert "no story to tell yet" in words_of(page)
    assert "no earlier build here" in words_of(page)
