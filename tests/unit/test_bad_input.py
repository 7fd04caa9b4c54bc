"""What cannot be used has a clear answer on the page, and never a traceback: one case for each that planners meet."""

from __future__ import annotations

import json

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import LADS, LSOAS, make_home


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("home"))


def geojson(shape: shapely.Geometry) -> bytes:
    return json.dumps(shapely.geometry.mapping(shape)).encode()


def bring_boundary(settings: Settings, content: bytes) -> AppTest:
    page = open_page("my_places", settings)
    page.radio(key="own_way").set_value("Bring a file").run()
    page.file_uploader[0].upload("a.geojson", content, "application/json").run()
    use = [button for button in page.button if button.label == "Use this boundary"]
    return use[0].click().run() if use else page


def bring_table(settings: Settings, table: str, *, measure: str = "count") -> AppTest:
    page = open_page("own_data", settings)
    page.file_uploader[0].upload("figures.csv", table.encode(), "text/csv").run()
    if page.checkbox:
        page.selectbox[2].set_value(measure)
        page.checkbox[0].check()
        page.button(key="FormSubmitter:own_data_meaning-Place it and keep it").click().run()
    return page


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b'{"type": "Polygon", "coordinates": []}', "The file holds no areas"),
        (geojson(shapely.box(384_000, 398_000, 385_000, 399_000)), "are not longitudes and latitudes"),
        (geojson(shapely.box(1.9, 53.4, 2.0, 53.5)), "Is it in the sea or abroad, or in another projection"),
        (geojson(shapely.box(2.3, 48.8, 2.4, 48.9)), "does not lie in England"),
    ],
    ids=["empty", "wrong projection", "in the sea", "abroad"],
)
def test_a_boundary_that_is_none_is_answered(settings: Settings, content: bytes, answer: str) -> None:
    page = bring_boundary(settings, content)
    assert answer in words_of(page)
    assert not page.exception


def test_a_boundary_that_crosses_itself_is_mended_and_the_page_says_so(demo_settings: Settings) -> None:
    west, south, east, north = open_repository(current_snapshot(demo_settings)).extent
    bow_tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    page = bring_boundary(demo_settings, geojson(bow_tie))
    assert "A boundary crossed itself, and was mended: look at the map." in words_of(page)
    assert "have their middle inside" in words_of(page)


@pytest.mark.parametrize(
    ("table", "measure", "answer"),
    [
        ("code,n\n" + f"{LSOAS[0]},1\n" * 200_001, "count", "The table has more than 200,000 rows"),
        ("code,n\nE01999999,5\nE01999998,6\n", "count", "None of the codes is known here"),
        (f"code,n\n{LSOAS[0]},100.1\n", "percent", "Row 2 holds 100.1, which is above 100 per cent"),
        (f"code,n\n{LSOAS[0]},-3\n", "count", "Row 2 holds -3, which is below nought"),
    ],
    ids=["too many rows", "unknown codes", "above 100", "below nought"],
)
def test_a_table_that_cannot_be_is_answered(settings: Settings, table: str, measure: str, answer: str) -> None:
    page = bring_table(settings, table, measure=measure)
    assert answer in words_of(page)
    assert not page.exception


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({"need_weight": "0", "exclusion_weight": "0"}, "All weights are zero"),
        ({"need_worst": "1", "exclusion_worst": "1"}, "Raise a threshold to see who comes next"),
        ({"need_worst": "-5", "exclusion": "<b>", "within": "E99999999"}, "names an area, E99999999"),
    ],
    ids=["all weights zero", "thresholds that leave nobody", "nonsense in a link"],
)
def test_a_question_that_leaves_nobody_is_answered(settings: Settings, asked: dict[str, str], answer: str) -> None:
    page = open_page("find", settings, **asked)
    assert answer in words_of(page)
    assert not page.exception


def test_more_places_than_there_are_to_choose_from_is_said(settings: Settings) -> None:
    page = open_page("plan", settings, within=LADS[0], k="20")
    assert "You asked for 20, and there is only 1 to choose from." in words_of(page)
    assert not page.exception
