"""Certainty, clusters and neighbours of a whole load."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pytest
from duckdb_extensions import import_extension

from dashboard.assets.live import live_table
from dashboard.opening import open_register
from dashboard.planning.support import where_people_live
from dashboard.questions.certainty import DEFAULT
from dashboard.repository import open_repository
from dashboard.strengths import find_help, within_reach
from etl.methods.draws import Draws
from etl.methods.uncertainty import measure_certainty
from etl.publish import current_snapshot
from etl.settings import Settings
from etl.tables.evidence import CERTAINTY_ID
from tests.unit.page_scripts import list_of, open_page, words_of


@pytest.fixture(scope="module")
def con(demo_settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(current_snapshot(demo_settings)), read_only=True) as opened:
        import_extension("spatial", con=opened)
        opened.execute("LOAD spatial")
        yield opened


def one(con: duckdb.DuckDBPyConnection, sql: str, *values: object) -> object:
    return con.execute(sql, list(values)).fetchall()[0][0]


def test_the_same_question_asked_of_the_page_has_the_answer_of_the_build(demo_settings: Settings) -> None:
    repository = open_repository(current_snapshot(demo_settings))
    stored = repository.certainty(DEFAULT)
    assert stored is not None
    asked = measure_certainty(repository.drawn_pillars(DEFAULT), draws=Draws())
    np.testing.assert_array_equal(stored.rank_low, asked.rank_low)
    np.testing.assert_array_equal(stored.rank_high, asked.rank_high)
    np.testing.assert_allclose(stored.share_in_worst_tenth, asked.share_in_worst_tenth, atol=1e-12)


def test_a_tenth_of_all_places_is_in_the_worst_tenth_of_every_draw(con: duckdb.DuckDBPyConnection) -> None:
    places = one(con, "SELECT count(*) FROM certainty")
    assert isinstance(places, int)
    assert one(con, "SELECT sum(share_in_worst_tenth) FROM certainty") == pytest.approx(places // 10)


def test_the_indicator_that_is_mapped_says_the_same_as_the_table(con: duckdb.DuckDBPyConnection) -> None:
    differing = one(
        con,
        "SELECT count(*) FROM certainty JOIN indicator_value USING (lsoa21_code) "
        "WHERE indicator_id = ? AND value != share_in_worst_tenth",
        CERTAINTY_ID,
    )
    assert differing == 0
    assert one(con, "SELECT count(*) FROM indicator_value WHERE indicator_id = ?", CERTAINTY_ID) == one(
        con, "SELECT count(*) FROM certainty"
    )


def test_neighbours_are_those_whose_boundaries_touch(con: duckdb.DuckDBPyConnection) -> None:
    touching = con.execute(
        "SELECT one.lsoa21_code, other.lsoa21_code FROM neighbourhood AS one JOIN neighbourhood AS other "
        "ON ST_Intersects(one.geometry, other.geometry) WHERE one.lsoa21_code != other.lsoa21_code"
    ).fetchall()
    assert set(con.execute("SELECT * FROM neighbour").fetchall()) == set(touching)


def test_every_cluster_hangs_together_and_has_one_name(con: duckdb.DuckDBPyConnection) -> None:
    assert one(con, "SELECT count(*) FROM cluster WHERE cluster_id IS NOT NULL") != 0
    named = "SELECT count(DISTINCT (cluster_id, cluster_name)) - count(DISTINCT cluster_id) FROM cluster"
    assert one(con, f"{named} WHERE cluster_id IS NOT NULL") == 0
    lone = one(
        con,
        "SELECT count(*) FROM cluster AS here WHERE cluster_id IS NOT NULL "
        "AND (SELECT count(*) FROM cluster AS there WHERE there.cluster_id = here.cluster_id) > 1 "
        "AND NOT EXISTS (SELECT 1 FROM neighbour JOIN cluster AS beside ON beside.lsoa21_code = neighbour_code "
        "WHERE neighbour.lsoa21_code = here.lsoa21_code AND beside.cluster_id = here.cluster_id)",
    )
    assert lone == 0


def test_thin_support_is_counted_from_the_register_of_the_demo(demo_settings: Settings) -> None:
    first = open_repository(current_snapshot(demo_settings)).area_code_of(level="lsoa", feature_id=0)
    page = open_page("find", demo_settings, support="digital_help", support_worst="30", at=first)
    assert not page.exception
    assert "**Thin support**: rank " in words_of(page)
    assert "worst 20% on digital exclusion and worst 30% on thin support" in words_of(page)
    assert {"Support", "Left behind"} <= set(list_of(page).columns)
    assert "Not worked out yet for these choices" in words_of(page)


def test_a_place_with_help_nearby_says_so_and_names_what_places_like_it_have_besides(demo_settings: Settings) -> None:
    repository = open_repository(current_snapshot(demo_settings))
    table = live_table(open_register(demo_settings))
    origins, _ = where_people_live(repository.path)
    helped = [find_help(table, origin=origin) for origin in origins]
    most = int(np.argmax([one.assets for one in helped]))
    code = repository.area_code_of(level="lsoa", feature_id=most)
    page = open_page("area", demo_settings, area=code)
    assert not page.exception
    said = words_of(page)
    assert f"{helped[most].assets} listed groups and places within a walk of 1,600 m" in said
    assert "What they have within reach that this place lacks" in said
    none = next(i for i, one in enumerate(helped) if not one.assets)
    alone = words_of(open_page("area", demo_settings, area=repository.area_code_of(level="lsoa", feature_id=none)))
    assert "No listed group or place is within a walk of 1,600 m yet" in alone


def test_what_is_within_reach_is_what_is_that_near(demo_settings: Settings) -> None:
    table = live_table(open_register(demo_settings))
    place = int(np.flatnonzero(table.is_placed)[0])
    here = table.grid[place]
    reached = within_reach(table, origin=here)
    assert reached[place]
    assert not reached[~table.is_placed].any()
    apart = np.hypot(*(table.grid[reached] - here).T)
    assert (apart * 1.3 <= 1_600).all()
    assert not within_reach(table, origin=here + 1e6).any()


def test_community_assets_are_taken_from_the_register_never_from_what_a_load_copied(demo_settings: Settings) -> None:
    repository = open_repository(current_snapshot(demo_settings))
    assert len(repository.warehouse.table("asset"))
    assert "access" in repository.exportable_tables
    assert "asset" not in repository.exportable_tables
