"""What is published in the register reaches the warehouse, from either database; without a register a load goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import duckdb
import numpy as np
import pytest
import shapely

from dashboard.register.actor import local_actor
from dashboard.register.model import Availability, Place, Precision
from dashboard.register.register import Register
from etl.build.access import THIN_SUPPORT, add_thin_support, group_members, store_access
from etl.build.figures import Figures
from etl.build.gather import gather_register
from etl.build.places import Places
from etl.build.points import place_assets
from etl.build.request import LoadRequest
from etl.build.shapes import Level, Shapes
from etl.errors import SourceError
from etl.geometry import from_lonlat
from etl.progress import SilentProgress
from etl.register_address import DEMO_FILE, register_url
from etl.settings import read_settings
from etl.sources import register as source
from etl.tables.staged_points import STAGED_ASSET
from etl.tables.support import ACCESS, ASSET
from tests.registers import LUNCH_CLUB, NORTH, PARTNER, REVIEWER, SOUTH

HUB = replace(
    LUNCH_CLUB, name="=HUB()", kind="digital_hub", offers=("device_loan",), availability=Availability.WAITING_LIST
)
SERVES_THE_NORTH = replace(
    LUNCH_CLUB, name="Phone friends", place=Place(precision=Precision.EXACT, lsoa21_code=NORTH, postcode="M1 1AA")
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        for table in (STAGED_ASSET, ASSET, ACCESS):
            opened.execute(table.ddl())
        yield opened


def test_what_is_published_is_read_and_nothing_else(
    con: duckdb.DuckDBPyConnection, register: Register, register_url: str
) -> None:
    hub = register.entries.add(HUB, actor=REVIEWER).asset.asset_id
    register.entries.add(replace(HUB, name="Waits for a reviewer"), actor=PARTNER)
    gone = register.entries.add(replace(HUB, name="Withdrawn"), actor=REVIEWER).asset.asset_id
    register.entries.withdraw(gone, actor=local_actor())
    read = source.read_register(con, url=register_url)
    assert (read.rows, read.note) == (1, "")
    assert con.execute("SELECT * FROM staged_asset").fetchall() == [
        (hub, "=HUB()", "digital_hub", "device_loan;digital_help", "waiting_list", -2.25, 53.58, NORTH)
    ]


def test_an_empty_register_leaves_no_rows_and_says_so(
    con: duckdb.DuckDBPyConnection, register: Register, register_url: str
) -> None:
    assert register.settings.read()
    read = source.read_register(con, url=register_url)
    assert (read.rows, read.note) == (None, source.EMPTY)


def test_a_register_of_an_older_version_is_left_out(con: duckdb.DuckDBPyConnection, register_url: str) -> None:
    if register_url.startswith("sqlite"):
        with closing(sqlite3.connect(register_url.removeprefix("sqlite:///"))) as database:
            database.execute("DROP TABLE published")
    else:
        opened = Register(register_url)
        with opened.database.engine.begin() as database:
            database.exec_driver_sql("DROP TABLE published CASCADE")
        opened.close()
    assert source.read_register(con, url=register_url).note == source.NOT_READY


def test_without_a_register_the_load_goes_on(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read = source.read_register(con, url=f"sqlite:///{tmp_path / 'none.sqlite'}")
    assert (read.rows, read.note) == (None, source.NOT_YET)


@pytest.mark.parametrize(
    "url", ["sqlite:///{folder}/text.sqlite", "postgresql://somebody:secret@127.0.0.1:1/none?sslmode=disable"]
)
def test_a_register_that_cannot_be_read_stops_the_load_without_saying_its_password(
    url: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "text.sqlite").write_text("not a database, but long enough to be taken for one" * 10, encoding="utf-8")
    with pytest.raises(SourceError, match="The register's database could not be read") as refused:
        source.read_register(con, url=url.format(folder=tmp_path))
    assert "secret" not in str(refused.value)
    assert "load again" in refused.value.todo


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demo_has_a_register_of_its_own(con: duckdb.DuckDBPyConnection, tmp_path: Path, *, is_demo: bool) -> None:
    settings = read_settings({}, home=tmp_path)
    assert register_url(settings, is_demo=is_demo) == (
        f"sqlite:///{tmp_path / DEMO_FILE}" if is_demo else settings.register_url
    )
    opened = Register(f"sqlite:///{tmp_path / DEMO_FILE}")
    opened.entries.add(HUB, actor=REVIEWER)
    opened.close()
    request = LoadRequest(is_demo=is_demo)
    came = gather_register(con, settings=settings, request=request, progress=SilentProgress())
    assert came.is_loaded == is_demo
    assert came.note == ("" if is_demo else f"Left out: {source.NOT_YET}")


# Two neighbourhoods of 1,000 people side by side, and a third far away.
LSOAS = np.array([NORTH, SOUTH, "E01000003"])
AT = from_lonlat(np.array([[-2.25, 53.58], [-2.25, 53.577], [-1.0, 52.0]]))
PLACES = cast("Places", SimpleNamespace(lsoa=LSOAS, population=np.full(3, 1_000.0)))
SHAPES = Shapes(
    levels={"lsoa": Level(codes=LSOAS, geometries=shapely.buffer(shapely.points(AT), 150), boxes=np.zeros((3, 4)))},
    points=AT,
)


def load_entries(con: duckdb.DuckDBPyConnection, register: Register, url: str) -> None:
    register.entries.add(HUB, actor=REVIEWER)
    register.entries.add(replace(HUB, name="Full up", availability=Availability.FULL), actor=REVIEWER)
    register.entries.add(SERVES_THE_NORTH, actor=REVIEWER)
    source.read_register(con, url=url)
    place_assets(con, shapes=SHAPES)


def test_assets_are_placed_by_their_point_or_else_as_they_say(
    con: duckdb.DuckDBPyConnection, register: Register, register_url: str
) -> None:
    load_entries(con, register, register_url)
    placed = con.execute("SELECT name, lon IS NULL, lsoa21_code FROM asset ORDER BY name").fetchall()
    assert placed == [("=HUB()", False, NORTH), ("Full up", False, NORTH), ("Phone friends", True, NORTH)]


def test_access_is_worked_out_for_every_group_that_can_take_people(
    con: duckdb.DuckDBPyConnection, register: Register, register_url: str
) -> None:
    load_entries(con, register, register_url)
    served = store_access(con, places=PLACES, shapes=SHAPES)
    assert served is not None
    assert served @ PLACES.population == pytest.approx(1)
    groups = con.execute("SELECT asset_group, count(*), max(count_within_800m) FROM access GROUP BY 1").fetchall()
    assert sorted(groups) == [
        ("any", 3, 1), ("device_loan", 3, 1), ("digital_help", 3, 1), ("kind_digital_hub", 3, 1),
    ]  # fmt: skip


def test_without_any_asset_nothing_is_said_of_support(con: duckdb.DuckDBPyConnection) -> None:
    assert store_access(con, places=PLACES, shapes=SHAPES) is None
    figures = Figures([], np.empty((3, 0)), np.empty((3, 0)), np.empty((3, 0), dtype=np.uint8), [])
    add_thin_support(figures, served=None)
    assert figures.ids == []


def test_neighbourhoods_with_no_help_in_reach_share_the_worst_rank() -> None:
    figures = Figures([], np.empty((4, 0)), np.empty((4, 0)), np.empty((4, 0), dtype=np.uint8), [])
    add_thin_support(figures, served=np.array([0.0, 0.0005, 0.0, 0.0001]))
    assert figures.ids == [THIN_SUPPORT.indicator_id]
    assert figures.values[:, 0].tolist() == [0, 5, 0, 1]
    assert figures.ranks[:, 0].tolist() == [1, 4, 1, 3]
    assert figures.deciles[:, 0].tolist() == [3, 10, 3, 8]


def test_a_group_is_whatever_is_offered_or_of_a_kind() -> None:
    members = group_members(np.array(["library", "advice"]), np.array(["food;advice", None], dtype=object))
    assert {group: mask.tolist() for group, mask in members.items()} == {
        "advice": [True, False],
        "any": [True, True],
        "digital_help": [False, False],
        "food": [True, False],
        "kind_advice": [False, True],
        "kind_library": [True, False],
    }
