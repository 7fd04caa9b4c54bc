"""A load for one area draws that area alone; its figures are still those of the whole."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from duckdb_extensions import import_extension

from dashboard.repository import open_repository
from dashboard.state import View
from etl.errors import SettingsError
from etl.publish import LoadRequest, current_snapshot, load
from etl.settings import Settings, read_settings
from tests.unit.page_scripts import open_page, words_of


def ask(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current_snapshot(settings)), read_only=True) as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def district(demo_settings: Settings) -> str:
    return str(ask(demo_settings, "SELECT min(area_code) FROM area WHERE area_type = 'lad'")[0][0])


def load_area(area: str, *, home: Path, demo_settings: Settings) -> Settings:
    """Load an area of the demo that is written already."""
    settings = read_settings({}, home=home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.build.loading.write_demo", lambda **_: demo_settings.demo_dir)
        load(settings=settings, request=LoadRequest(is_demo=True, area=area))
    return settings


@pytest.fixture(scope="module")
def drawn(demo_settings: Settings, district: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    # Codes may be typed in small letters.
    return load_area(district.lower(), home=tmp_path_factory.mktemp("area"), demo_settings=demo_settings)


def test_only_the_district_has_boundaries_and_tiles(drawn: Settings, district: str) -> None:
    inside = ask(drawn, f"SELECT count(*) FROM neighbourhood WHERE lad_code = '{district}'")
    assert ask(drawn, "SELECT count(*) FROM neighbourhood WHERE geometry IS NOT NULL") == inside
    outside = f"SELECT count(*) FROM neighbourhood WHERE geometry IS NOT NULL AND lad_code != '{district}'"
    assert ask(drawn, outside) == [(0,)]
    assert ask(drawn, "SELECT area_code FROM area WHERE area_type = 'lad' AND geometry IS NOT NULL") == [(district,)]
    assert ask(drawn, "SELECT count(*) FROM area WHERE area_type = 'icb' AND geometry IS NOT NULL") == [(0,)]
    assert ask(drawn, "SELECT count(*) > 0 FROM tile WHERE layer = 'lsoa'") == [(True,)]
    assert ask(drawn, "SELECT count(*) FROM tile WHERE layer = 'icb'") == [(0,)]


@pytest.mark.parametrize("table", ["indicator_value", "area_value", "recipe_score", "left_behind"])
def test_its_figures_are_those_of_the_whole(drawn: Settings, demo_settings: Settings, table: str) -> None:
    rows = f"SELECT * FROM {table} ORDER BY ALL"
    assert ask(drawn, rows) == ask(demo_settings, rows)


def test_its_pages_list_the_district_alone_and_rank_it_among_all(
    drawn: Settings, demo_settings: Settings, district: str
) -> None:
    inside = {code for (code,) in ask(drawn, f"SELECT lsoa21_code FROM neighbourhood WHERE lad_code = '{district}'")}
    ranking, whole = (open_repository(current_snapshot(one)).rank_areas(View()) for one in (drawn, demo_settings))
    rows, every = (one.rows().set_index("area_code") for one in (ranking, whole))
    assert set(rows.index) == inside
    kept = ["need_rank", "exclusion_rank", "priority_rank", "is_left_behind"]
    assert rows[kept].equals(every.loc[rows.index, kept])
    assert ranking.summary.neighbourhoods == len(inside)
    assert ranking.summary.left_behind == rows["is_left_behind"].sum()


def test_the_find_page_says_what_part_it_shows_and_offers_no_other(drawn: Settings, district: str) -> None:
    ((name, neighbourhoods),) = ask(drawn, f"SELECT name, neighbourhoods FROM area WHERE area_code = '{district}'")
    page = open_page("find", drawn)
    assert not page.exception
    assert f"of {neighbourhoods} neighbourhoods in {name}" in words_of(page)
    assert f"among the neighbourhoods of {name}." in words_of(page), "clusters are found among those that are drawn"
    assert page.selectbox(key="within").options == [f"All of {name}", f"{name} (district)"]
    larger = open_page("find", drawn, level="icb")
    assert not larger.exception
    assert "No areas of this size lie in what is shown" in words_of(larger)


def test_its_name_is_written_down(drawn: Settings, district: str) -> None:
    name = ask(drawn, f"SELECT name FROM area WHERE area_code = '{district}'")[0][0]
    assert ask(drawn, "SELECT area, area_name FROM build") == [(district, name)]


def test_an_area_that_is_not_there_is_refused_and_what_was_served_stays(
    demo_settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="neither an area of this data nor a file"):
        load_area("Atlantis", home=tmp_path, demo_settings=demo_settings)
    assert list((tmp_path / "snapshots").iterdir()) == []
