"""The warehouse contract holds for every table, and its dictionary is up to date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb_extensions import import_extension

from etl.tables import TABLES, Column, Table
from etl.tables.dictionary import write_dictionary
from etl.tables.staging import STAGING

ROOT = Path(__file__).resolve().parent.parent.parent
PROMISED = {
    "neighbourhood": "lsoa21_code lsoa21_name local_name msoa21_code ward_code lad_code sicbl_code icb_code ruc21_code "
    "population lon lat geometry",
    "area": "area_code area_type name population geometry",
    "area_member": "area_code lsoa21_code",
    "indicator": "indicator_id name unit polarity domain source_id period definition caveat",
    "indicator_value": "lsoa21_code indicator_id value national_rank decile origin",
    "area_value": "area_code indicator_id value share_in_worst_decile share_in_worst_fifth",
    "source": "source_id title publisher edition licence attribution url sha256 retrieved_at rows",
    "asset": "asset_id name kind lon lat lsoa21_code",
    "access": "lsoa21_code asset_group nearest_m count_within_800m count_within_1600m e2sfca",
    "trend": "area_code indicator_id period value",
    "tile": "layer z x y mvt",
    "build": "build_id built_at version area",
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        import_extension("spatial", con=connection)
        connection.execute("LOAD spatial")
        yield connection


@pytest.mark.parametrize(("name", "columns"), PROMISED.items())
def test_the_names_that_analysts_rely_on_are_there(name: str, columns: str) -> None:
    table = next(table for table in TABLES if table.name == name)
    assert set(columns.split()) <= {column.name for column in table.columns}


@pytest.mark.parametrize("table", [*TABLES, *STAGING], ids=lambda table: table.name)
def test_a_declaration_creates_its_table_and_every_column_says_what_it_is(
    table: Table, con: duckdb.DuckDBPyConnection
) -> None:
    con.execute(table.ddl())
    made = [row[0] for row in con.execute(f"DESCRIBE {table.name}").fetchall()]
    assert made == [column.name for column in table.columns]
    assert set(table.key) <= set(made)
    assert table.grain.endswith(".")
    assert all(column.description.endswith((".", "?")) for column in table.columns)


def test_every_check_of_an_empty_warehouse_can_be_run_and_finds_nothing(con: duckdb.DuckDBPyConnection) -> None:
    for table in TABLES:
        con.execute(table.ddl())
    for table in TABLES:
        for check in table.checks():
            assert con.execute(check.sql).fetchall() == [(0,)], check.rule


TOY = Table(
    name="toy",
    grain="One row per toy.",
    key=("code",),
    columns=(
        Column("code", "VARCHAR", "Code."),
        Column("share", "DOUBLE", "Share.", is_optional=True, minimum=0, maximum=1),
        Column("kind", "VARCHAR", "Kind.", values=("hard", "soft")),
        Column("owner", "VARCHAR", "Owner.", is_optional=True, references="person.name"),
    ),
)


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ("('a', 0.5, 'hard', 'Ann'), ('b', NULL, 'soft', NULL)", set()),
        ("('a', 0.5, 'hard', NULL), ('a', 0.6, 'soft', NULL)", {"toy: (code) is unique"}),
        ("('a', 1.5, 'hard', NULL)", {"toy.share ≤ 1"}),
        ("('a', -0.5, 'hard', NULL)", {"toy.share ≥ 0"}),
        ("('a', 'nan', 'hard', NULL)", {"toy.share is a finite number", "toy.share ≤ 1"}),
        ("('a', 0.5, 'odd', NULL)", {"toy.kind is one of 'hard', 'soft'"}),
        ("('a', 0.5, 'hard', 'Bob')", {"toy.owner is found in person.name"}),
    ],
)
def test_each_kind_of_rule_finds_the_row_that_breaks_it(
    rows: str, broken: set[str], con: duckdb.DuckDBPyConnection
) -> None:
    con.execute("CREATE TABLE person AS SELECT 'Ann' AS name")
    con.execute(TOY.ddl())
    con.execute(f"INSERT INTO toy VALUES {rows}")
    found = {check.rule for check in TOY.checks() if con.execute(check.sql).fetchall()[0][0]}
    assert found == broken


def test_the_data_dictionary_is_up_to_date() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == write_dictionary()
