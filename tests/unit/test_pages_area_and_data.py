from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import welcome
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from etl.errors import StorageError
from etl.progress import LoadProgress
from etl.publish import LoadRequest
from etl.settings import Settings
from tests.unit.page_scripts import open_dashboard, open_page, words_of
from tests.unit.small_snapshot import ENGLAND, ICB, LADS, LSOAS, MSOAS, SICBL, WARDS, make_home


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("area"))


@pytest.mark.parametrize("code", [ENGLAND, ICB, SICBL, LADS[0], WARDS[0], MSOAS[0], LSOAS[1]])
def test_every_level_has_a_page(settings: Settings, code: str) -> None:
    page = open_page("area", settings, area=code)
    assert not page.exception
    assert not page.error
    assert code in words_of(page).replace("\\", "")
    assert "How it compares" in words_of(page)


def test_a_small_letter_code_is_understood(settings: Settings) -> None:
    assert open_page("area", settings, area=LADS[0].lower()).title[0].value == "Alton"


def test_an_unknown_code_offers_a_search(settings: Settings) -> None:
    page = open_page("area", settings, area="E99999999")
    assert "There is no area E99999999" in page.warning[0].value
    assert "Codes change from year to year" in page.warning[0].value
    page.text_input(key="area_search").set_value("Green").run()
    assert not page.exception
    assert not page.info
    page.text_input(key="area_search").set_value("nowhere").run()
    assert "No place called" in page.info[0].value


def test_a_name_or_postcode_in_the_place_of_a_code_is_looked_up(settings: Settings) -> None:
    page = open_page("area", settings, area="ab1 2cd")
    assert page.text_input(key="area_search").value == "AB1 2CD"
    assert len(page.get("page_link")) == 2
    assert open_page("area", settings, area="E99999999").text_input(key="area_search").value == ""


def test_no_code_asks_which_area(settings: Settings) -> None:
    page = open_page("area", settings)
    assert page.title[0].value == "Look at one area"
    assert not page.warning


def test_figures_stand_beside_those_of_the_icb_and_england(settings: Settings) -> None:
    page = open_page("area", settings, area=LSOAS[1])
    figures = page.dataframe[0].value
    assert figures["Figure"].tolist() == ["Deprivation"]
    assert figures["Rank (1 = worst)"].tolist() == ["2 of 12"]
    assert {"Its ICB", "England", "Here"} <= set(figures.columns)
    page.selectbox[0].select("People").run()
    assert page.dataframe[0].value["Rank (1 = worst)"].tolist() == ["not ranked"]


def test_the_icb_is_not_set_beside_itself(settings: Settings) -> None:
    assert "Its ICB" not in open_page("area", settings, area=ICB).dataframe[0].value.columns
    page = open_page("area", settings, area=ENGLAND)
    assert list(page.dataframe[0].value.columns) == ["Figure", "England", "Unit"]
    assert not any(caption.value.startswith("Rank") for caption in page.caption)


def test_the_score_is_opened_down_to_its_inputs(settings: Settings) -> None:
    page = open_page("area", settings, area=LSOAS[0])
    parts = page.table[0].value
    assert parts["Input"].tolist() == ["Deprivation", "People aged 75 or over"]
    assert parts["Points here"].tolist() == ["36.0", "12.0"]


def test_movement_comes_with_its_caveat_and_is_missing_where_a_year_is(settings: Settings) -> None:
    assert "Deciles are relative" in words_of(open_page("area", settings, area=LSOAS[0]))
    assert "not both loaded" in words_of(open_page("area", settings, area=LSOAS[3]))


def test_appointments_are_shown_where_published_and_pointed_to_elsewhere(settings: Settings) -> None:
    assert "Mind By telephone" in words_of(open_page("area", settings, area=SICBL))
    assert "does not cover this area" in words_of(open_page("area", settings, area=ICB))
    assert "sub-ICB locations and larger areas" in words_of(open_page("area", settings, area=LADS[0]))


def test_a_larger_area_lists_its_neighbourhoods_and_a_neighbourhood_does_not(settings: Settings) -> None:
    page = open_page("area", settings, area=LADS[1])
    assert "Its neighbourhoods, worst first" in words_of(page)
    assert len(page.dataframe[1].value) == 6
    assert "Its neighbourhoods" not in words_of(open_page("area", settings, area=LSOAS[0]))


def test_assets_are_listed_as_they_are_in_the_register_now(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    assert "No community assets" in words_of(open_page("area", settings, area=LSOAS[0]))
    here = Place(precision=Precision.ROUGH, lsoa21_code=LSOAS[0])
    open_register(settings).entries.add(Asset(name="Repair café", kind="digital_hub", place=here), actor=local_actor())
    for code in (LSOAS[0], LADS[0], ENGLAND):
        page = open_page("area", settings, area=code)
        assert "1 in the register that lie here or serve it" in words_of(page)
        assert page.dataframe[-1].value["Name"].tolist() == ["Repair café"]
    assert "No community assets" in words_of(open_page("area", settings, area=LSOAS[5]))


def test_data_names_every_source_and_why_one_was_left_out(settings: Settings) -> None:
    page = open_page("data", settings)
    assert not page.exception
    said = words_of(page)
    assert "1 of 2 sources are loaded" in said
    assert r"Its file was not found" in said
    assert page.dataframe[0].value["Source"].tolist() == ["Source one"]
    assert page.dataframe[0].value["Rows"].tolist() == [12]


def test_data_explains_each_figure_of_the_chosen_group(settings: Settings) -> None:
    page = open_page("data", settings)
    page.selectbox(key="data_domain").select("People").run()
    said = words_of(page).replace("\\", "")
    assert "What People aged 75 or over is." in said
    assert "Neither high nor low is worse." in said
    assert "Mind People aged 75 or over." in said


def test_data_shows_both_kinds_of_weights(settings: Settings) -> None:
    weights = open_page("data", settings).table[0].value
    assert weights["Weight on paper"].tolist() == ["50%", "50%"]
    assert weights["Weight at work"].tolist() == ["50%", "50%"]


def test_boundaries_are_offered_only_for_tables_that_have_them(settings: Settings) -> None:
    page = open_page("data", settings)
    page.selectbox(key="download_table").select("area").run()
    assert len(page.radio(key="download_kind_area").options) == 3
    page.selectbox(key="download_table").select("source").run()
    assert len(page.radio(key="download_kind_source").options) == 1


def _open_main(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("COMMONGROUND_HOME", str(home))
    return open_dashboard()


def test_the_way_in_is_find_with_credits_and_a_word_on_misuse(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _open_main(settings.home, monkeypatch)
    assert page.title[0].value == "Where are people being left behind?"
    said = words_of(page)
    assert "Credit of one" in said
    assert "Credit of two" not in said
    assert "not for targets, league tables or decisions about a person" in said
    assert not any("not real places" in warning.value for warning in page.warning)


def test_every_page_of_the_demo_says_that_its_places_are_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_home(tmp_path, is_demo=True)
    page = _open_main(tmp_path, monkeypatch)
    assert "These are not real places" in page.warning[0].value


def test_an_empty_home_says_how_to_load_and_loads_the_demo_at_a_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_small(*, settings: Settings, request: LoadRequest, progress: LoadProgress) -> None:
        assert request.is_demo
        progress.start(total_steps=2)
        progress.step("Places")
        progress.source("A source").rows_done(1, 2)
        progress.finish()
        make_home(settings.home, is_demo=True)

    monkeypatch.setattr(welcome, "load", load_small)
    page = _open_main(tmp_path, monkeypatch)
    assert page.title[0].value == "Nothing has been loaded yet"
    assert page.code[0].value == "commonground load"
    page.button[0].click().run()
    assert page.title[0].value == "Where are people being left behind?"
    assert "These are not real places" in page.warning[0].value


def test_a_demo_that_cannot_be_loaded_says_why_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_asked: object) -> None:
        raise StorageError("The disk is full.", todo="Free some space.")

    monkeypatch.setattr(welcome, "load", refuse)
    page = _open_main(tmp_path, monkeypatch)
    page.button[0].click().run()
    assert "The disk is full" in page.error[0].value
    assert "Free some space" in page.error[0].value


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_PORT", "lots")
    page = _open_main(tmp_path, monkeypatch)
    assert "COMMONGROUND_PORT" in words_of(page)
