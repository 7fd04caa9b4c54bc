"""Opening a register makes its tables or brings them up to date, whoever comes first."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.database import MIGRATIONS
from dashboard.register.errors import StoppedError
from dashboard.register.exchange.applying import apply_plan
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.planning import make_plan
from dashboard.register.integrity import find_faults
from dashboard.register.model import Place, Precision
from dashboard.register.narrowing import Narrowing
from dashboard.register.query import Query
from dashboard.register.register import Register, utc_now
from dashboard.register.tables import METADATA
from etl.errors import StorageError
from etl.settings import read_settings
from tests.postgres import PostgresServer
from tests.registers import (
    IN_THE_SOUTH,
    LUNCH_CLUB,
    NORTH,
    NORTH_REVIEWER,
    NORTHTOWN,
    PARTNER,
    REVIEWER,
    SOUTH,
    TRUSTED,
    TwoTowns,
)


def test_the_migrations_make_the_tables_that_the_code_declares(register: Register) -> None:
    with register.database.reading() as con:
        differences = compare_metadata(MigrationContext.configure(con, opts={"compare_type": True}), METADATA)
    # The index of words is of each database's own kind, and made by its migration alone.
    own = ("published_words", "word_vector")
    said = [one for one in differences if not any(name in repr(one) for name in own)]
    assert said == []


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_several_who_open_a_new_register_at_once_all_succeed(
    request: pytest.FixtureRequest, tmp_path: Path, database: str
) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'register.sqlite'}"
    if database == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.make(f"new{uuid.uuid4().hex}")
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(Register, [url] * 4))
    assert {one.database.revision() for one in opened} == {"r0008"}
    for one in opened:
        one.entries.add(LUNCH_CLUB, actor=TRUSTED)
        one.close()


def test_a_register_of_a_newer_version_is_left_alone(register: Register) -> None:
    with register.database.writing() as con:
        con.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    with pytest.raises(StorageError, match="newer version"):
        Register(register.database.url.render_as_string(hide_password=False))


def go_back_to_tags(register: Register) -> None:
    """Lay a register out as it was before ages were columns."""
    with register.database.writing() as con:
        config = Config(attributes={"connection": con})
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        command.downgrade(config, "r0007")


def test_ages_that_were_tags_become_columns_that_are_searched(register: Register) -> None:
    ages = {"Youth": (11, 18), "Old": (60, None), "All": (None, None), "Young": (None, 5)}
    for name, (youngest, oldest) in ages.items():
        register.entries.add(replace(LUNCH_CLUB, name=name, min_age=youngest, max_age=oldest), actor=TRUSTED)
    go_back_to_tags(register)
    with register.database.reading() as con:
        tags = con.execute(text("SELECT facet, value FROM asset_tag WHERE facet LIKE 'm%age' ORDER BY 1, 2")).all()
    assert [tuple(one) for one in tags] == [("max_age", "18"), ("max_age", "5"), ("min_age", "11"), ("min_age", "60")]
    opened = Register(register.database.url.render_as_string(hide_password=False), geography=TwoTowns())
    with opened.database.reading() as con:
        assert con.scalar(text("SELECT count(*) FROM asset_tag WHERE facet LIKE 'm%age'")) == 0
        rows = con.execute(text("SELECT name, min_age, max_age FROM published"))
        assert {row.name: (row.min_age, row.max_age) for row in rows} == ages
    older = opened.finding.find(Query(narrowing=Narrowing(min_age=12)), actor=THE_PUBLIC)
    assert [one.asset.name for one in older.entries] == ["All", "Old", "Young"]
    opened.close()


def test_a_register_of_an_earlier_version_is_brought_up_to_date_and_its_lists_are_known(register: Register) -> None:
    listed = replace(LUNCH_CLUB, source="list", source_ref="1")
    asset_id = register.entries.add(listed, actor=TRUSTED).asset.asset_id
    url = register.database.url.render_as_string(hide_password=False)
    go_back_to_tags(register)
    with register.database.writing() as con:
        for table in ("list_reference", "list_import_entry", "list_import"):
            con.execute(text(f"DROP TABLE {table}"))
        con.execute(text("UPDATE alembic_version SET version_num = 'r0006'"))
    opened = Register(url, geography=TwoTowns())
    assert opened.imports.past(actor=REVIEWER) == ()
    draft = Draft(row=2, asset=listed, told=frozenset({"name"}))
    assert make_plan([draft], holdings=opened.holdings(actor=TRUSTED)).unchanged == (2,)
    renamed = replace(draft, asset=replace(listed, name="Renamed"))
    plan = make_plan([renamed], holdings=opened.holdings(actor=TRUSTED))
    done = apply_plan(plan, writer=opened.imports, actor=TRUSTED, why="list")
    assert done.changed_ids == (asset_id,)
    assert opened.imports.undo(done.import_id, actor=TRUSTED).restored == (asset_id,)
    assert find_faults(opened.database) == ()
    opened.close()


def test_a_sqlite_register_keeps_its_promises(tmp_path: Path) -> None:
    register = Register(read_settings({}, home=tmp_path).register_url)
    with register.database.reading() as con:
        pragmas = {name: con.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert utc_now().utcoffset() is not None
    register.close()


@pytest.mark.parametrize("is_laid_out", [False, True])
def test_a_register_filled_before_anything_was_loaded_fits_the_areas_once_they_are_known(
    register_url: str,
    is_laid_out: bool,  # noqa: FBT001
) -> None:
    before = Register(register_url)
    rough = replace(LUNCH_CLUB, place=replace(LUNCH_CLUB.place, precision=Precision.ROUGH))
    first = before.entries.add(rough, actor=TRUSTED)
    before.entries.edit(first.asset.asset_id, replace(rough, cost="£2"), base_version=1, actor=PARTNER)
    draft = before.entries.add(LUNCH_CLUB, actor=PARTNER).asset.asset_id
    assert before.finding.points(Query()) == []
    before.close()
    after = Register(register_url, geography=TwoTowns())
    assert after.queues.to_review(actor=NORTH_REVIEWER) == ()
    assert after.renewing.renew(is_laid_out=is_laid_out) == 2
    number = after.finding.latest_change()
    assert after.renewing.renew(is_laid_out=True) == 0
    assert after.finding.latest_change() == number
    waiting = {one.asset.asset_id for one in after.queues.to_review(actor=NORTH_REVIEWER)}
    assert waiting == {first.asset.asset_id, draft}
    assert after.finding.find(Query(areas=(NORTHTOWN,)), actor=THE_PUBLIC).total == 1
    assert [one.lat for one in after.finding.points(Query())] == [53.55]
    assert len(after.history.read(draft, actor=REVIEWER)) == 1
    assert find_faults(after.database) == ()
    after.close()


def test_a_renewal_that_is_stopped_is_not_taken_for_done_and_goes_on_the_next_time(register: Register) -> None:
    register.entries.add(LUNCH_CLUB, actor=TRUSTED)
    with pytest.raises(StoppedError):
        register.renewing.renew_for("first", is_stopping=lambda: True)
    asked: list[bool] = []
    register.renewing.renew_for("first", is_stopping=lambda: bool(asked.append(True)))
    assert asked, "it was gone through again"
    register.renewing.renew_for("first", is_stopping=lambda: True)


class MovedTowns(TwoTowns):
    """The two towns after a change of boundaries: they are of one county now, and the north has another middle."""

    def centroid_of(self, lsoa21_code: str) -> tuple[float, float] | None:
        return (-2.3, 53.56) if lsoa21_code == NORTH else super().centroid_of(lsoa21_code)

    def areas_of(self, lsoa21_code: str) -> frozenset[str]:
        return super().areas_of(lsoa21_code) | (frozenset({"E10000001"}) if lsoa21_code == SOUTH else frozenset())


def test_only_what_a_new_load_sees_otherwise_is_written_anew(register: Register) -> None:
    rough = replace(LUNCH_CLUB, name="Rough", place=replace(LUNCH_CLUB.place, precision=Precision.ROUGH))
    south = replace(LUNCH_CLUB, name="South", place=IN_THE_SOUTH)
    for one in (LUNCH_CLUB, rough, south, replace(south, place=Place(), service_areas=(NORTHTOWN,))):
        register.entries.add(one, actor=TRUSTED)
    assert register.renewing.renew_for("first") == 0
    number = register.finding.latest_change()
    assert register.renewing.renew_for("second") == 0
    assert register.finding.latest_change() == number
    later = Register(register.database.url.render_as_string(hide_password=False), geography=MovedTowns())
    assert later.renewing.renew_for("third") == 0
    changed = later.finding.changed_since(number).shown
    assert [one.asset.name for one in changed] == ["Rough", "South"]
    assert later.finding.find(Query(areas=("E10000001",)), actor=THE_PUBLIC).total == 1
    assert [(one.lon, one.lat) for one in later.finding.points(Query()) if one.name == "Rough"] == [(-2.3, 53.56)]
    later.close()
