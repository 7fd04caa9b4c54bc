"""Headings are recognised however a publisher or a copy of the file spells them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from etl.sources.reading import Column, Layout
from etl.sources.reading.layout import match_columns, normalise
from tests.reading_cases import HEADER, LAYOUT, ROWS, TYPED, read_rows, spell


@pytest.mark.parametrize(
    ("published", "copied"),
    [
        ("Patient-to-GP Ratio", "patient_to_gp_ratio"),
        ("Core homelessness rate (% of households)", "core_homelessness_rate_percent_of_households"),
        ("  LSOA  code (2021)", "LSOA CODE (2021)"),
    ],
)
def test_two_spellings_of_a_heading_are_one(published: str, copied: str) -> None:
    assert normalise(published) == normalise(copied)


def test_headings_in_another_case_and_order_are_found(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    header = [heading.upper().replace(" ", "_") for heading in reversed(HEADER)]
    path.write_text(spell([header, *(row[::-1] for row in ROWS)]), encoding="utf-8")
    assert read_rows(path) == TYPED


def test_a_heading_that_the_publisher_cut_short_is_found() -> None:
    positions = match_columns(LAYOUT.columns, [*HEADER[:3], "Income Decile (where 1 is most deprived 10% of LSO"])
    assert positions["decile"] == 3


def test_a_cut_heading_that_could_be_two_columns_is_neither() -> None:
    columns = (
        Column("a", ("A long heading of one kind: first",)),
        Column("b", ("A long heading of one kind: second",)),
    )
    assert match_columns(columns, ["A long heading of one kind"]) == {}


def test_a_short_heading_is_never_taken_for_a_cut_one() -> None:
    assert match_columns((Column("a", ("Income Rank (where 1 is most deprived)",)),), ["Income"]) == {}


def test_the_first_accepted_heading_wins_when_two_are_there() -> None:
    assert match_columns((Column("a", ("New", "Old")),), ["Old", "New"]) == {"a": 1}


def test_an_optional_column_that_is_missing_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(spell([HEADER[:4], *(row[:4] for row in ROWS)]), encoding="utf-8")
    assert read_rows(path) == [(*row[:4], None) for row in TYPED]


def test_what_publishers_write_for_no_figure_is_empty_only_where_a_cell_may_be(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    rows = [["E01000001", "[c]"], ["E01000002", "-"], ["E01000003", " "], ["E01000004", "NA"], ["E01000005", "0.5"]]
    path.write_text(spell([HEADER[:2], *rows]), encoding="utf-8")
    score = replace(LAYOUT.columns[1], may_be_empty=True)
    layout = Layout(columns=(LAYOUT.columns[0], score), key=("lsoa21_code",))
    assert [row[1] for row in read_rows(path, layout=layout, expected_rows=5)] == [None, None, None, None, 0.5]


def test_rows_of_other_nations_are_left_out_and_not_counted_as_missing(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(spell([HEADER, *ROWS, ["W01000001", "0.2", "1", "1", "9"]]), encoding="utf-8")
    assert read_rows(path, layout=replace(LAYOUT, england="lsoa21_code")) == TYPED


def test_notes_after_the_table_are_left_out_with_or_without_commas(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    notes = ",,,,\n,In order to protect against disclosure,,,\nSmall counts are affected.\n"
    path.write_text("A title,,,,\n,,,,\n" + spell([HEADER]) + ",,,,\n" + spell(ROWS) + notes, encoding="utf-8")
    assert read_rows(path, layout=replace(LAYOUT, has_footnotes=True)) == TYPED


def test_the_group_of_a_pattern_is_the_value(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("area,n\nE01011954 : Hartlepool 001A,1\n", encoding="utf-8")
    layout = Layout(columns=(Column("code", ("area",), type="code", pattern=r"(E01\d{6})(?: : .*)?"),))
    assert read_rows(path, layout=layout, expected_rows=1) == [("E01011954",)]


def test_a_file_without_headings_is_read_by_position(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text('"M14 4PX",10,"E92000001"\n', encoding="utf-8")
    layout = Layout(columns=(Column("country", position=2), Column("postcode", position=0)), has_header=False)
    assert read_rows(path, layout=layout, expected_rows=1) == [("E92000001", "M14 4PX")]
