"""A snapshot that breaks its contract in any way is found out before it is published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb_extensions import import_extension

from etl.build.contract import Totals, check_contract
from etl.errors import ContractError
from etl.publish import current_snapshot
from etl.settings import Settings


@pytest.fixture
def snapshot(demo_settings: Settings, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the demo's snapshot that may be spoilt."""
    copy = tmp_path / "spoilt.duckdb"
    shutil.copy(current_snapshot(demo_settings), copy)
    with duckdb.connect(str(copy)) as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        yield con


@pytest.fixture
def totals(snapshot: duckdb.DuckDBPyConnection) -> Totals:
    row = snapshot.execute("SELECT count(*), sum(population), count(geometry) FROM neighbourhood").fetchall()[0]
    return Totals(neighbourhoods=row[0], population=int(row[1]), drawn=row[2])


def test_the_demo_keeps_every_rule(snapshot: duckdb.DuckDBPyConnection, totals: Totals) -> None:
    assert check_contract(snapshot, totals=totals) > 100


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        ("DELETE FROM neighbourhood WHERE feature_id = 0", "Every LSOA is there, once"),
        ("UPDATE neighbourhood SET population = population + 1 WHERE feature_id = 0", "add up to the census total"),
        ("DELETE FROM area_member WHERE area_code LIKE 'E05%'", "exactly one ward"),
        ("INSERT INTO area_member SELECT * FROM area_member LIMIT 1", "(area_code, lsoa21_code) is unique"),
        ("UPDATE neighbourhood SET ward_code = 'E05000000' WHERE feature_id = 0", "is found in area.area_code"),
        ("UPDATE neighbourhood SET geometry = NULL WHERE feature_id = 0", "has a boundary"),
        ("UPDATE indicator_value SET decile = 11 WHERE indicator_id = 'imd_2025'", "decile ≤ 10"),
        ("UPDATE indicator_value SET value = 'inf' WHERE indicator_id = 'imd_2025'", "is a finite number"),
        ("UPDATE indicator_value SET national_rank = 99999 WHERE indicator_id = 'imd_2025'", "No rank is larger"),
        ("DELETE FROM area_value WHERE area_code = 'E92000001'", "has one for England"),
        ("DELETE FROM indicator_value WHERE indicator_id = 'imd_2025'", "Every indicator has values"),
        ("DELETE FROM tile WHERE layer = 'ward'", "boundaries has tiles"),
        ("UPDATE recipe_score SET score = score + 1", "contributions to a score add up"),
        ("DELETE FROM build", "There is one build row"),
        ("UPDATE area SET area_type = 'custom' WHERE area_type = 'england'", "Every level is there"),
        (
            "UPDATE area SET geometry = ST_GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))') WHERE area_type = 'icb'",
            "Every boundary is valid",
        ),
    ],
)
def test_each_way_of_breaking_it_is_named(
    spoil: str, rule: str, snapshot: duckdb.DuckDBPyConnection, totals: Totals
) -> None:
    snapshot.execute(spoil)
    with pytest.raises(ContractError) as refusal:
        check_contract(snapshot, totals=totals)
    assert any(rule in failure for failure in refusal.value.failures), refusal.value.failures
