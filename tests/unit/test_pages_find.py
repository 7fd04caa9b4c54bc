from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard import words
from dashboard.components.filters import LEFT
from dashboard.components.find import map as find_map
from dashboard.components.find import place_list, place_rows
from dashboard.components.find.place_rows import describe_rows
from dashboard.components.maps.fills import Fill, LeftBehind
from dashboard.components.maps.places import Place
from dashboard.components.maps.view import MapEvent, MapView
from dashboard.csv_text import write_csv
from dashboard.repository import open_repository
from dashboard.state import View
from etl.publish import current_snapshot
from etl.settings import Settings
from tests.unit.page_scripts import list_of, open_page, query_of, words_of
from tests.unit.small_snapshot import ENGLAND, LADS, LSOAS, SIZE, WARDS, make_home


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_home(tmp_path_factory.mktemp("find"))


def test_the_page_answers_its_question_in_a_sentence(settings: Settings) -> None:
    page = open_page("find", settings)
    assert not page.exception
    assert "1 of 12 neighbourhoods" in words_of(page)
    assert "is left behind: in England's worst 20% on both need and digital exclusion" in words_of(page)


def test_the_list_has_the_left_behind_first(settings: Settings) -> None:
    rows = list_of(open_page("find", settings))
    assert rows["Left behind"].tolist() == ["Yes"] + ["No"] * (SIZE - 1)
    assert rows["#"].tolist() == list(range(1, SIZE + 1))


def test_changing_a_threshold_changes_the_address_and_the_answer(settings: Settings) -> None:
    page = open_page("find", settings)
    page.slider(key="need_worst").set_value(50).run()
    page.slider(key="exclusion_worst").set_value(50).run()
    assert query_of(page) == {"need_worst": "50", "exclusion_worst": "50"}
    assert "5 of 12 neighbourhoods" in words_of(page)


def test_thresholds_that_leave_nobody_say_what_to_do(settings: Settings) -> None:
    page = open_page("find", settings, need_worst="1", exclusion_worst="1")
    assert "Raise a threshold" in words_of(page)
    assert not page.exception


def test_choosing_an_indicator_shows_its_figures(settings: Settings) -> None:
    page = open_page("find", settings)
    page.selectbox(key="show").select("imd_2025").run()
    assert query_of(page) == {"show": "imd_2025"}
    assert {"Deprivation (score)", "Rank"} <= set(list_of(page).columns)


def test_a_shared_link_restores_every_control(settings: Settings) -> None:
    query = {
        "level": "ward", "show": "imd_2019", "need": "imd_2019", "need_worst": "30", "exclusion_worst": "40",
        "within": LADS[0], "base": "within", "at": WARDS[1], "streets": "off",
    }  # fmt: skip
    page = open_page("find", settings, **query)
    assert query_of(page) == query
    assert page.selectbox(key="level").value == "ward"
    assert page.selectbox(key="show").value == "imd_2019"
    assert page.selectbox(key="need").value == "imd_2019"
    assert page.slider(key="need_worst").value == 30
    assert page.slider(key="exclusion_worst").value == 40
    assert page.selectbox(key="within").value == LADS[0]
    assert page.radio(key="base").value == "within"
    assert page.toggle(key="streets").value is False
    assert page.subheader[0].value == "Hill, Alton"


def test_showing_one_area_alone_narrows_the_list(settings: Settings) -> None:
    page = open_page("find", settings)
    page.selectbox(key="within").select(LADS[1]).run()
    assert query_of(page) == {"within": LADS[1]}
    assert len(list_of(page)) == 6
    assert page.radio(key="base").disabled is False
    page.selectbox(key="within").select("").run()
    assert page.radio(key="base").disabled is True


def test_the_worst_can_be_counted_within_the_chosen_area(settings: Settings) -> None:
    page = open_page("find", settings, within=LADS[1], exclusion_worst="50")
    page.radio(key="base").set_value("within").run()
    assert "in Burton's worst 20% on need and worst 50% on digital exclusion" in words_of(page)


def test_shares_are_listed_in_per_cent(settings: Settings) -> None:
    rows = list_of(open_page("find", settings, level="lad", show="left_behind"))
    (heading,) = [name for name in rows.columns if name.endswith("(%)")]
    assert rows[heading].tolist() == [pytest.approx(100 * 1_000 / 21_000, abs=0.05), 0.0]


def test_larger_areas_show_how_many_people_are_left_behind(settings: Settings) -> None:
    page = open_page("find", settings)
    page.selectbox(key="level").select("lad").run()
    assert list_of(page)["People left behind"].tolist() == [1_000, 0]


@pytest.mark.parametrize("text", ["AB1 2CD", "ab12cd", "E01000000", "Town 000A"])
def test_a_search_that_finds_one_place_chooses_it(settings: Settings, text: str) -> None:
    page = open_page("find", settings, level="lad")
    page.text_input(key="search").set_value(text).run()
    assert query_of(page) == {"at": LSOAS[0]}


def test_a_search_that_finds_several_asks_which(settings: Settings) -> None:
    page = open_page("find", settings)
    page.text_input(key="search").set_value("Green").run()
    assert "at" not in query_of(page)
    page.radio(key="suggestion").set_value(WARDS[0]).run()
    assert query_of(page)["at"] == WARDS[0]


def test_leaving_the_search_box_and_choosing_at_once_chooses(settings: Settings) -> None:
    page = open_page("find", settings)
    page.text_input(key="search").set_value("Green").run()
    page.text_input(key="search").set_value("Green ")
    page.radio(key="suggestion").set_value(WARDS[0]).run()
    assert not page.exception
    assert query_of(page)["at"] == WARDS[0]


def test_a_postcode_that_is_not_found_says_so(settings: Settings) -> None:
    page = open_page("find", settings)
    page.text_input(key="search").set_value("ZZ1 1ZZ").run()
    assert any("ZZ1 1ZZ" in warning.value for warning in page.warning)
    page.text_input(key="search").set_value("").run()
    assert not page.warning


def test_the_card_says_why_and_where_in_the_list(settings: Settings) -> None:
    said = words_of(open_page("find", settings, at=LSOAS[0]))
    assert "Number 1 of 12 in the list" in said
    assert "**Left behind**" in said
    assert "rank 1 of 12, decile 1" in said
    assert "**Deprivation** (+16.5 points)" in said


def test_a_place_that_is_not_left_behind_is_said_to_be_so(settings: Settings) -> None:
    said = words_of(open_page("find", settings, at=LSOAS[11]))
    assert "**Not left behind**" in said
    assert "Nothing makes its digital exclusion higher" in said


def test_a_chosen_area_of_another_size_is_not_in_the_list(settings: Settings) -> None:
    assert "Not in the list" in words_of(open_page("find", settings, at=LADS[0]))


def test_names_are_shown_as_they_are_and_not_as_markup(settings: Settings) -> None:
    page = open_page("find", settings, at=LSOAS[0])
    assert page.subheader[0].value == r"\=Café \[x\]\(y\) \*Green\*"


def test_the_card_leads_to_that_area_alone_and_can_be_closed(settings: Settings) -> None:
    page = open_page("find", settings, at=LADS[0])
    next(button for button in page.button if button.label == "Show only this area").click().run()
    assert query_of(page) == {"at": LADS[0], "within": LADS[0]}
    next(button for button in page.button if button.label == "Close").click().run()
    assert query_of(page) == {"within": LADS[0]}


def test_starting_again_is_one_click(settings: Settings) -> None:
    page = open_page("find", settings, at=LSOAS[3], need_worst="5", level="lsoa")
    page.text_input(key="search").set_value("no such place").run()
    next(button for button in page.button if button.label == "Start again").click().run()
    assert query_of(page) == {}
    assert page.slider(key="need_worst").value == 20
    assert not page.warning


def test_a_link_to_what_is_not_loaded_still_opens_and_says_so(settings: Settings) -> None:
    page = open_page("find", settings, at="E99999999", show="not_here")
    assert len(page.warning) == 2
    assert "1 of 12 neighbourhoods" in words_of(page)


def test_england_named_as_an_area_is_all_of_it_and_has_no_card(settings: Settings) -> None:
    page = open_page("find", settings, at=ENGLAND, within=ENGLAND, base="within")
    assert not page.warning
    assert not page.subheader[0].value.startswith("England")
    assert page.selectbox(key="within").value == ""
    assert "in England's worst 20%" in words_of(page)


def test_ranks_are_listed_as_pages_say_them(settings: Settings) -> None:
    repository = open_repository(current_snapshot(settings))
    view = View(show="left_behind")
    rows = repository.rank_areas(view).rows()
    assert (rows["rank"] % 1).any()
    shown = describe_rows(repository, view=view, rows=rows)
    said = [words.rank(rank, ranked=SIZE).split(" ")[0] for rank in rows["rank"]]
    assert shown["Rank"].astype(str).tolist() == said


def test_the_icb_of_a_district_is_listed_when_icbs_are_asked_for(settings: Settings) -> None:
    page = open_page("find", settings, level="icb", within=LADS[0])
    assert not page.exception
    assert len(list_of(page)) == 1


def test_parameters_of_the_map_stay_in_the_address(settings: Settings) -> None:
    page = open_page("find", settings, lat="52.1", lon="0.1", zoom="9")
    page.slider(key="need_worst").set_value(10).run()
    assert query_of(page) == {"lat": "52.1", "lon": "0.1", "zoom": "9", "need_worst": "10"}


def test_the_view_is_remembered_when_a_person_comes_back(settings: Settings) -> None:
    page = open_page("find", settings, need_worst="10", level="lad")
    page.query_params.clear()
    page.session_state[LEFT] = True
    page.run()
    assert query_of(page) == {"need_worst": "10", "level": "lad"}


def test_going_back_to_where_nothing_was_chosen_shows_that(settings: Settings) -> None:
    page = open_page("find", settings)
    page.selectbox(key="level").select("lad").run()
    page.query_params.clear()
    page.run()
    assert page.selectbox(key="level").value == "lsoa"
    assert query_of(page) == {}


def test_the_map_moves_to_what_going_back_or_another_pages_link_names(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[MapView] = []
    monkeypatch.setattr(find_map, "show_map", lambda **asked: shown.append(asked["view"]))
    page = open_page("find", settings)
    page.selectbox(key="within").select(LADS[0]).run()
    district = shown[-1].bounds
    page.query_params["within"] = LADS[1]
    page.run()
    assert shown[-1].bounds != district
    assert shown[-1].looks == shown[-2].looks + 1
    page.query_params["within"] = LADS[0]
    page.query_params["at"] = LSOAS[1]
    page.run()
    assert shown[-1].bounds.east < district.east
    page.run()
    assert shown[-1] == shown[-2]


def test_a_new_snapshot_is_taken_up_at_the_next_click(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    page = open_page("find", settings)
    make_home(tmp_path, build_id="newer")
    page.slider(key="need_worst").set_value(50).run()
    assert not page.exception
    assert "12 neighbourhoods" in words_of(page)


def test_an_unforeseen_error_is_an_apology_with_a_number(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("dashboard.pages.find.show_summary", fail)
    page = open_page("find", settings)
    assert not page.exception
    assert "Sorry, something went wrong" in page.error[0].value
    assert "secret detail" not in page.error[0].value
    number = page.error[0].value.rstrip(".").split()[-1]
    assert number in caplog.text


def test_a_long_list_is_sent_a_page_at_a_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_list, "PAGE_SIZE", 5)
    page = open_page("find", settings)
    assert list_of(page)["#"].tolist() == [1, 2, 3, 4, 5]
    page.pagination[0].set_value(3).run()
    assert list_of(page)["#"].tolist() == [11, 12]


def test_a_long_list_opens_at_the_page_of_the_chosen_place(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place_list, "PAGE_SIZE", 5)
    page = open_page("find", settings, at=LSOAS[6])
    position = int(words_of(page).split("Number ")[1].split()[0])
    assert position in list_of(page)["#"].tolist()
    assert position > 5


def test_another_order_brings_the_list_to_the_chosen_place_and_giving_it_up_leaves_it_there(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place_list, "PAGE_SIZE", 5)
    page = open_page("find", settings, at=LSOAS[6])
    shown = list_of(page)["#"].tolist()
    assert shown[0] > 1
    next(button for button in page.button if button.label == "Close").click().run()
    assert list_of(page)["#"].tolist() == shown
    page.toggle(key="streets").set_value(False).run()
    assert list_of(page)["#"].tolist() == shown
    page.selectbox(key="show").select("imd_2025").run()
    assert list_of(page)["#"].tolist() == [1, 2, 3, 4, 5]


def test_a_choice_that_brings_an_address_from_before_the_last_one_undoes_nothing(settings: Settings) -> None:
    page = open_page("find", settings)
    page.selectbox(key="level").select("ward").run()
    page.query_params.clear()
    page.slider(key="need_worst").set_value(10).run()
    assert query_of(page) == {"level": "ward", "need_worst": "10"}
    page.query_params.pop("need_worst")
    page.toggle(key="find-assets").set_value(True).run()
    assert query_of(page) == {"level": "ward", "need_worst": "10", "assets": "on"}


def test_the_map_is_sent_again_to_a_place_that_is_searched_for_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[MapView] = []
    monkeypatch.setattr(find_map, "show_map", lambda **asked: seen.append(asked["view"]))
    page = open_page("find", settings)
    page.text_input(key="search").set_value("AB1 2CD").run()
    assert page.text_input(key="search").value == ""
    page.text_input(key="search").set_value("AB1 2CD").run()
    assert seen[-1].bounds == seen[-2].bounds != seen[0].bounds
    assert seen[-1].looks == seen[-2].looks + 1


def test_closing_the_card_leaves_the_map_where_it_is(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[MapView] = []
    monkeypatch.setattr(find_map, "show_map", lambda **asked: seen.append(asked["view"]))
    page = open_page("find", settings, at=LSOAS[0])
    next(button for button in page.button if button.label == "Close").click().run()
    assert (seen[-1].bounds, seen[-1].looks, seen[-1].selected) == (seen[0].bounds, seen[0].looks, None)


def test_a_number_that_no_area_has_chooses_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    click = MapEvent(lon=0.0, lat=52.0, layer="lsoa", feature_id=2_000_000)
    monkeypatch.setattr(find_map, "show_map", lambda **_view: click)
    page = open_page("find", settings)
    assert query_of(page) == {}
    assert not page.error


def test_a_click_on_the_map_chooses_the_area_and_leaves_the_map_where_it_is(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[MapView] = []
    clicks = [None, MapEvent(lon=0.075, lat=52.005, layer="lsoa", feature_id=7)]

    def show_map(*, view: MapView, key: str, height: int) -> MapEvent | None:
        assert key
        assert height
        seen.append(view)
        return clicks.pop() if clicks else None

    monkeypatch.setattr(find_map, "show_map", show_map)
    page = open_page("find", settings)
    assert query_of(page) == {"at": LSOAS[7]}
    row = page.session_state["list_rows"]["selection"]["rows"][0]
    assert list_of(page)["Place"].iloc[row] == page.subheader[0].value
    assert seen[-1].selected == Place(area_code=LSOAS[7], layer="lsoa", feature_id=7)
    assert seen[-1].bounds == seen[0].bounds


def test_a_click_on_the_sea_chooses_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    click = MapEvent(lon=3.0, lat=52.0, layer="lsoa", feature_id=None)
    monkeypatch.setattr(find_map, "show_map", lambda **_view: click)
    assert query_of(open_page("find", settings)) == {}


def test_the_map_is_told_what_the_page_says(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[MapView] = []
    monkeypatch.setattr(find_map, "show_map", lambda **asked: seen.append(asked["view"]))
    open_page(
        "find", settings, show="imd_2019", within=LADS[0], base="within", need_worst="30", at=LSOAS[2], level="ward"
    )
    (view,) = seen
    assert (view.build_id, view.layer, view.base_area_code) == ("small", "ward", LADS[0])
    assert isinstance(view.fill, Fill)
    assert view.fill.indicator_id == "imd_2019"
    assert view.left_behind == LeftBehind(
        need_id="imd_2025", exclusion_id="digital_exclusion_2025", need_worst=30, exclusion_worst=20
    )
    assert view.within == Place(area_code=LADS[0], layer="lad", feature_id=0)
    assert view.selected == Place(area_code=LSOAS[2], layer="lsoa", feature_id=2)
    # The map looks at the chosen neighbourhood, with what lies around it.
    assert (view.bounds.west, view.bounds.east) == pytest.approx((0.0, 0.05))


def test_no_base_map_is_offered_where_none_is_set(tmp_path: Path) -> None:
    offline = replace(make_home(tmp_path), basemap_url="")
    assert find_map.find_basemap(offline) is None


def test_the_file_of_the_list_holds_every_place_with_its_code_and_runs_nothing(settings: Settings) -> None:
    repository = open_repository(current_snapshot(settings))
    view = View(show="imd_2025")
    rows = place_rows.describe_rows(repository, view=view, rows=repository.rank_areas(view).rows(), is_for_file=True)
    assert rows["Code"].tolist() == list(LSOAS)
    assert rows["District"].tolist() == ["Alton"] * 6 + ["Burton"] * 6
    assert {"Need (worst %)", "Digital exclusion (worst %)", "Need rank", "ICB"} <= set(rows.columns)
    first = write_csv(rows).decode("utf-8-sig").splitlines()[1]
    assert first.startswith("1,'=Café")
