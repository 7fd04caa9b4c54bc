from __future__ import annotations

import io
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from dashboard.components.area.figures import describe_figures
from dashboard.questions.place_names import plain_words
from dashboard.questions.views import LEFT_BEHIND as LEFT_BEHIND_ID
from dashboard.repository import Repository, open_repository
from dashboard.state import BOTH, View
from dashboard.warehouse import Warehouse
from etl.errors import OutdatedSnapshotError
from etl.publish import current_snapshot
from tests.unit.small_snapshot import (
    ENGLAND,
    ICB,
    LADS,
    LSOAS,
    MSOAS,
    POPULATIONS,
    SICBL,
    SIZE,
    TRICKY_NAME,
    WARDS,
    make_home,
)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    settings = make_home(tmp_path_factory.mktemp("small"))
    return Repository(warehouse=Warehouse(settings.snapshots_dir / "small.duckdb"))


def test_one_repository_is_opened_per_snapshot(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    path = settings.snapshots_dir / "small.duckdb"
    assert open_repository(path) is open_repository(path)
    assert open_repository(path).path == path


def test_a_build_says_what_it_is(repository: Repository) -> None:
    assert repository.build.build_id == "small"
    assert not repository.build.is_demo


def test_an_unknown_code_is_no_area(repository: Repository) -> None:
    assert repository.area("E99999999") is None
    assert repository.parents("E99999999") == ()


def test_an_area_knows_its_box_and_its_level_in_words(repository: Repository) -> None:
    area = repository.area(LADS[0])
    assert area is not None
    assert area.bounds == (0.0, 52.0, 0.06, 52.01)
    assert area.level_name == "District"


def test_parents_lead_from_the_system_down(repository: Repository) -> None:
    assert [area.area_code for area in repository.parents(LSOAS[7])] == [ICB, SICBL, LADS[1], WARDS[2], MSOAS[2]]
    assert [area.area_code for area in repository.parents(MSOAS[0])] == [ICB, SICBL, LADS[0], WARDS[0]]
    assert [area.area_code for area in repository.parents(WARDS[0])] == [ICB, SICBL, LADS[0]]
    assert repository.parents(ICB) == ()
    assert repository.parents(ENGLAND) == ()


def test_everything_drawn_has_one_box(repository: Repository) -> None:
    assert repository.extent == (0.0, 52.0, 0.12, 52.01)


def test_wards_are_offered_once_their_district_or_icb_is_chosen(repository: Repository) -> None:
    codes = {
        within: [place.area_code for place in repository.areas_to_filter_by(within)]
        for within in ("", LADS[0], ICB, WARDS[0])
    }
    assert codes[""] == [ICB, *LADS]
    assert codes[LADS[0]] == [ICB, *LADS, WARDS[0], WARDS[1]]
    assert set(codes[ICB]) == {ICB, *LADS, *WARDS}
    assert codes[WARDS[0]] == codes[LADS[0]]


def test_a_chosen_area_of_another_level_is_offered_first(repository: Repository) -> None:
    assert repository.areas_to_filter_by(MSOAS[0])[0].area_code == MSOAS[0]


@pytest.mark.parametrize("text", ["AB1 2CD", "ab12cd", " aB1  2cD ", "E01000000", "e01000000", "Town 000A"])
def test_one_neighbourhood_is_found_by_postcode_code_and_official_name(repository: Repository, text: str) -> None:
    answer = repository.find_places(text)
    assert (answer.outcome, [place.area_code for place in answer.places]) == ("found", [LSOAS[0]])


def test_every_place_is_found_by_its_name_as_the_list_writes_it(repository: Repository) -> None:
    for code, name in repository.areas["name"].items():
        if code != ENGLAND:
            assert code in [place.area_code for place in repository.find_places(name).places], name


@pytest.mark.parametrize(
    "text", ["RIVERSIDE Town-003", "Riverside, Town 003", "town 003", "river'side town. 003", "Riverside Town 003 MSOA"]
)
def test_signs_in_a_name_do_not_matter(repository: Repository, text: str) -> None:
    assert [place.area_code for place in repository.find_places(text).places] == [MSOAS[3]]


def test_a_name_may_be_written_with_its_level(repository: Repository) -> None:
    assert repository.find_places("Northshire ICB").places[0].area_code == ICB
    assert [place.area_code for place in repository.find_places("Green & Burton").places] == []
    assert [place.area_code for place in repository.find_places("Burton district").places] == [LADS[1]]


def test_names_are_compared_without_signs() -> None:
    assert plain_words("King\u2019s Lynn & St. Helens-on-Sea,  Ö") == "kings lynn and st helens on sea, o"
    assert plain_words("King's_Lynn") == "kings lynn"
    assert plain_words("...") == ""


def test_a_postcode_just_off_the_coast_is_the_nearest_neighbourhood(repository: Repository) -> None:
    answer = repository.find_places("AB1 3EF")
    assert [place.area_code for place in answer.places] == [LSOAS[-1]]


@pytest.mark.parametrize("text", ["AB9 9ZZ", "ZZ1 1ZZ"])
def test_a_postcode_that_is_not_here_says_so(repository: Repository, text: str) -> None:
    answer = repository.find_places(text)
    assert answer.outcome == "none"
    assert text in answer.reason


def test_a_code_of_another_year_says_so(repository: Repository) -> None:
    answer = repository.find_places(" e01005062")
    assert (answer.outcome, answer.places) == ("none", ())
    assert answer.reason.startswith("No area has the code E01005062 in this data. Codes change from year to year")


def test_a_name_that_several_places_have_offers_each(repository: Repository) -> None:
    answer = repository.find_places("Green")
    assert answer.outcome == "several"
    # The ward with more people comes first.
    assert [place.area_code for place in answer.places] == [WARDS[2], WARDS[0]]
    assert answer.places[1].label == "Green, Alton (ward)"


def test_a_second_word_narrows_a_name_down(repository: Repository) -> None:
    assert [place.area_code for place in repository.find_places("green burton").places] == [WARDS[2]]
    assert repository.find_places("Alton").places[0].area_code == LADS[0]


@pytest.mark.parametrize("text", ["", "   ", "nowhere at all", "%", "_", "'; DROP TABLE area; --"])
def test_a_search_that_finds_nothing_says_what_to_do(repository: Repository, text: str) -> None:
    answer = repository.find_places(text)
    assert answer.outcome == "none"
    assert answer.reason


def test_the_left_behind_come_first_and_are_counted_with_their_people(repository: Repository) -> None:
    ranking = repository.rank_areas(View())
    assert ranking.summary.neighbourhoods == SIZE
    assert ranking.summary.left_behind == 1
    assert ranking.summary.people_left_behind == POPULATIONS[0]
    first = ranking.rows().iloc[0]
    assert (first["area_code"], first["position"], first["is_left_behind"]) == (LSOAS[0], 1, True)
    assert ranking.row_of(0) == 0
    assert ranking.row_of(99) is None
    assert ranking.rows()["area_code"].is_unique
    assert len(ranking) == SIZE


def test_wider_thresholds_leave_more_people_behind(repository: Repository) -> None:
    counts = [repository.rank_areas(View(need_worst=p, exclusion_worst=p)).summary.left_behind for p in (1, 9, 25, 50)]
    assert counts == [0, 1, 2, 5]


def test_an_area_shown_alone_holds_only_its_neighbourhoods(repository: Repository) -> None:
    ranking = repository.rank_areas(View(within=LADS[1]))
    assert set(ranking.rows()["area_code"]) == set(LSOAS[6:])
    assert ranking.summary.neighbourhoods == 6
    assert ranking.summary.left_behind == 0


def test_the_worst_of_an_area_can_be_counted_within_it(repository: Repository) -> None:
    # In Burton alone 6 is worst on need; on digital exclusion 11 comes first and 6 second of six.
    ranking = repository.rank_areas(View(within=LADS[1], base="within", need_worst=20, exclusion_worst=40))
    assert ranking.rows().loc[lambda rows: rows["is_left_behind"], "area_code"].tolist() == [LSOAS[6]]
    assert ranking.rows()["need_rank"].max() == 6


def test_larger_areas_say_how_many_of_their_people_are_left_behind(repository: Repository) -> None:
    ranking = repository.rank_areas(View(level="lad"))
    people = ranking.rows().set_index("area_code")["people_left_behind"].to_dict()
    assert people == {LADS[0]: POPULATIONS[0], LADS[1]: 0}
    assert ranking.summary.left_behind == 1


def test_one_indicator_orders_by_its_own_rank(repository: Repository) -> None:
    codes = repository.rank_areas(View(show="digital_exclusion_2025")).rows()["area_code"].tolist()
    assert codes[:2] == [LSOAS[0], LSOAS[11]]
    assert codes[-1] == LSOAS[1]


def test_a_neutral_indicator_is_listed_from_the_highest(repository: Repository) -> None:
    ranking = repository.rank_areas(View(show="share_75_plus_2021"))
    assert ranking.rows()["value"].is_monotonic_decreasing


def test_areas_without_a_figure_come_last(repository: Repository) -> None:
    ranking = repository.rank_areas(View(show="imd_2019"))
    assert ranking.rows()["area_code"].iloc[-1] == LSOAS[3]
    assert np.isnan(ranking.rows()["value"].iloc[-1])
    assert repository.values_of_level(level="lsoa", indicator_id="imd_2019").ranked == SIZE - 1


def test_choosing_a_place_does_not_rank_again(repository: Repository) -> None:
    assert repository.rank_areas(View()) is repository.rank_areas(View(at=LSOAS[3], is_basemap_shown=False))


def test_a_number_on_the_map_leads_to_its_area(repository: Repository) -> None:
    assert repository.area_code_of(level="ward", feature_id=2) == WARDS[2]


def test_a_view_that_can_be_shown_is_left_as_it_is(repository: Repository) -> None:
    view = View(within=LADS[0], at=LSOAS[1], show="imd_2019")
    fitted = repository.fit_view(view)
    assert (fitted.view, fitted.notes) == (view, ())


def test_whatever_is_not_loaded_is_replaced_and_named(repository: Repository) -> None:
    fitted = repository.fit_view(View(show="gone", need="also_gone", within="E99999999", base="within", at="E88888888"))
    assert fitted.view == View()
    assert len(fitted.notes) == 4
    assert any("E88888888" in note for note in fitted.notes)


def test_left_behind_colours_larger_areas_only(repository: Repository) -> None:
    assert LEFT_BEHIND_ID not in repository.shown("lsoa")
    assert LEFT_BEHIND_ID in repository.shown("lad")
    assert repository.shown("lsoa")[0] == BOTH
    assert repository.needs == ("imd_2025", "imd_2019")
    assert repository.exclusions == ("digital_exclusion_2025",)


def test_a_profile_sets_a_place_beside_its_icb_and_england(repository: Repository) -> None:
    area = repository.area(LSOAS[1])
    assert area is not None
    row = repository.profile(area).set_index("indicator_id").loc["imd_2025"]
    assert (row["value"], row["national_rank"], row["ranked"]) == (10.0, 2.0, SIZE)
    assert (row["decile"], row["worst_percent"]) == (2, 17)
    assert row["icb_value"] == pytest.approx(row["england_value"])


def test_a_value_that_nearly_all_share_is_said_to_be_joint_best(repository: Repository) -> None:
    area = repository.area(LSOAS[5])
    assert area is not None
    joint = repository.joint_ends(area)
    assert joint == {LEFT_BEHIND_ID: "joint best"}
    shown = describe_figures(repository.profile(area), area=area, joint=joint)
    said = {row["Figure"]: (row["Rank (1 = worst)"], row["Decile (1 = worst)"]) for row in shown.to_dict("records")}
    assert (said["Left behind"], said["Deprivation"]) == (("joint best", "10"), ("6 of 12", "5"))


def test_a_figure_without_a_rank_has_no_decile(repository: Repository) -> None:
    area = repository.area(LSOAS[0])
    assert area is not None
    row = repository.profile(area).set_index("indicator_id").loc["share_75_plus_2021"]
    assert (row["decile"], row["worst_percent"]) == (0, 0)


def test_contributions_are_the_mean_over_people(repository: Repository) -> None:
    parts = repository.contributions(area_code=LADS[0], recipe_id="digital_exclusion_2025")
    people = np.array(POPULATIONS[:6])
    means = float((3.0 * (SIZE - np.arange(6)) * people).sum() / people.sum())
    assert parts["indicator_id"].tolist() == ["imd_2025", "share_75_plus_2021"]
    assert parts["contribution"].iloc[0] == pytest.approx(means)
    assert parts["excess"].iloc[0] == pytest.approx(means - 3.0 * 6.5)


def test_deciles_are_compared_only_where_both_years_are_known(repository: Repository) -> None:
    known, unknown = repository.area(LSOAS[0]), repository.area(LSOAS[3])
    assert known is not None
    assert unknown is not None
    moves = repository.movement(known)
    assert moves[["domain", "decile_2019", "decile_2025"]].to_numpy().tolist() == [["imd", 1, 1]]
    assert repository.movement(unknown).empty


def test_appointments_are_there_month_by_month_or_not_at_all(repository: Repository) -> None:
    assert repository.appointments(SICBL)["period"].unique().tolist() == ["2021-01", "2021-02"]
    assert repository.appointments(ICB).empty


def test_a_distribution_holds_every_area(repository: Repository) -> None:
    spread = repository.distribution(level="lsoa", indicator_id="imd_2025")
    assert spread is not None
    assert spread.share.sum() == pytest.approx(1.0)
    assert repository.distribution(level="icb", indicator_id="imd_2025") is None


def test_a_distribution_of_rare_values_still_spreads(repository: Repository) -> None:
    spread = repository.distribution(level="lsoa", indicator_id=LEFT_BEHIND_ID)
    assert spread is not None
    assert (spread.edges[0], spread.edges[-1]) == (pytest.approx(0.0), pytest.approx(0.945, abs=0.06))


def test_only_loaded_sources_are_credited(repository: Repository) -> None:
    assert repository.attributions == ("Credit of one",)
    assert repository.sources["status"].tolist() == ["loaded", "left_out"]


def test_only_indicators_with_values_are_mapped(repository: Repository) -> None:
    assert "appointments_telephone" in repository.indicators
    assert "appointments_telephone" not in repository.mapped_indicators
    assert repository.indicators["share_75_plus_2021"].is_neutral


def test_recipes_name_their_inputs(repository: Repository) -> None:
    assert list(repository.recipes) == ["digital_exclusion_2025"]
    assert repository.recipe_inputs["indicator_name"].tolist() == ["People aged 75 or over", "Deprivation"]


def test_every_table_that_holds_something_can_be_taken_away_but_drawings(repository: Repository) -> None:
    tables = repository.exportable_tables
    assert {"area", "neighbourhood", "indicator_value", "source"} <= set(tables)
    assert "tile" not in tables
    assert "access" not in tables
    assert tables["area"].has_geometry
    assert not tables["source"].has_geometry


def test_a_table_as_csv_has_every_row_and_no_formula(repository: Repository) -> None:
    frame = pd.read_csv(io.BytesIO(repository.export_csv("area")))
    assert len(frame) == repository.exportable_tables["area"].rows
    assert "geometry" not in frame
    assert f"'{TRICKY_NAME}" in frame["name"].tolist()


@pytest.mark.parametrize("kind", ["parquet", "gpkg"])
def test_boundaries_can_be_taken_away(repository: Repository, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"neighbourhood.{kind}"
    path.write_bytes(
        repository.export_geoparquet("neighbourhood")
        if kind == "parquet"
        else repository.export_geopackage("neighbourhood")
    )
    frame = gpd.read_parquet(path) if kind == "parquet" else gpd.read_file(path)
    assert len(frame) == SIZE
    assert frame.crs.to_epsg() == 27700
    assert frame.geometry.area.tolist() == pytest.approx([1e6] * SIZE)


def test_a_snapshot_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = current_snapshot(make_home(tmp_path))
    with duckdb.connect(str(path)) as con:
        con.execute("ALTER TABLE trend DROP COLUMN value")
    with pytest.raises(OutdatedSnapshotError, match=r"it has no trend\.value\. Run “commonground load” again"):
        open_repository(path)
