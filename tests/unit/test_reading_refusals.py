"""What is wrong inside a table is said with source, file, row, column and what to do."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from etl.errors import SourceError
from etl.sources.reading import Column, Layout, check_known_codes
from tests.reading_cases import HEADER, LAYOUT, ROWS, TYPED, read_rows, spell


@pytest.fixture
def csv_path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def with_cell(row: int, column: int, cell: str) -> str:
    """Return the table with one cell replaced; rows count from 0 under the headings."""
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = cell
    return spell([HEADER, *rows])


WRONG_CELLS = {
    "text where a number belongs": (1, 1, "lots", "“lots” is text where a number belongs"),
    "a number that is none": (1, 1, "nan", "“nan” is text where a number belongs"),
    "a number without end": (1, 1, "inf", "“inf” is text where a number belongs"),
    "an empty cell": (1, 1, "", "The cell is empty and must not be"),
    "a blank cell": (1, 1, "  ", "is empty and must not be"),
    "a comma that groups no thousands": (1, 1, "0,5", "“0,5” is text where a number belongs"),
    "a share above 1": (1, 1, "1.5", "is more than 1, the most it can be"),
    "a share below 0": (1, 1, "-0.1", "is less than 0, the least it can be"),
    "a rank of 0": (1, 2, "0", "is less than 1, the least it can be"),
    "a rank beyond the last": (1, 2, "4", "is more than 3, the number of neighbourhoods ranked"),
    "a rank and a half": (1, 2, "1.5", "is not a whole number"),
    "an eleventh decile": (1, 3, "11", "is more than 10, the most it can be"),
    "a code of nothing": (1, 0, "E0100002", "“E0100002” is not a valid code, such as E01000001"),
    "a code with a letter too many": (1, 0, "E01000002X", "is not a valid code"),
    "a population that is text": (1, 4, "many", "“many” is text where a number belongs"),
}


@pytest.mark.parametrize(("row", "column", "cell", "sentence"), WRONG_CELLS.values(), ids=WRONG_CELLS.keys())
def test_a_wrong_cell_is_named_by_row_and_column(
    csv_path: Path, row: int, column: int, cell: str, sentence: str
) -> None:
    csv_path.write_text(with_cell(row, column, cell), encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape(sentence)) as refusal:
        read_rows(csv_path)
    assert f"(source tried, file table.csv, row 3, column “{HEADER[column]}”)" in str(refusal.value)
    assert refusal.value.todo


def test_a_column_is_named_as_the_file_itself_heads_it(csv_path: Path) -> None:
    header = ["lsoa_code_2021", " Income  score\n(rate)", *HEADER[2:]]
    csv_path.write_text(spell([header, ROWS[0], ["E01000002", "?", *ROWS[1][2:]], ROWS[2]]), encoding="utf-8")
    with pytest.raises(SourceError, match=re.escape("row 4, column “Income score (rate)”")):
        read_rows(csv_path)


def test_the_first_wrong_cell_is_named_and_the_others_are_counted(csv_path: Path) -> None:
    rows = [[*row[:1], "?", *row[2:]] for row in ROWS]
    csv_path.write_text(spell([HEADER, *rows]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"and so it is in 2 more rows\) .*row 2"):
        read_rows(csv_path)


def test_rows_count_as_a_person_counts_lines_with_a_preamble_and_blank_lines_and_breaks_in_cells(
    csv_path: Path,
) -> None:
    rows = [["E01000001", "0.1", "1", "1", '"one\nthousand"'], ["E01000002", "bad", "2", "1", "5"]]
    text = "A title,,,,\n\n" + ",".join(f'"{heading}"' for heading in HEADER) + "\n\n"
    text += "\n".join(",".join(row) for row in rows) + "\n"
    csv_path.write_text(text, encoding="utf-8")
    layout = replace(LAYOUT, columns=LAYOUT.columns[:4])
    with pytest.raises(SourceError, match=r"“bad” .* row 7,"):
        read_rows(csv_path, layout=layout, expected_rows=0)


def test_a_code_that_occurs_twice_is_named_with_both_rows(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, *ROWS, ROWS[0]]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"“E01000001” occurs more than once, first in row 2 .*row 5, column “LSOA"):
        read_rows(csv_path)


def test_a_code_that_occurs_in_two_files_is_named_with_both(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for path in paths:
        path.write_text(spell([HEADER, *ROWS]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"first in row \d of a\.csv .*file b\.csv, row \d"):
        read_rows(paths)


def test_a_table_that_is_too_short_is_refused_with_both_counts(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, *ROWS]), encoding="utf-8")
    with pytest.raises(SourceError, match="has 3 rows and 33,755 are expected; it may be cut short"):
        read_rows(csv_path, expected_rows=33_755)


def test_a_table_that_is_too_long_is_refused(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, *ROWS]), encoding="utf-8")
    with pytest.raises(SourceError, match="has 3 rows and 2 are expected"):
        read_rows(csv_path, expected_rows=2)


def test_a_new_edition_may_differ_by_its_tolerance(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, *ROWS]), encoding="utf-8")
    assert read_rows(csv_path, expected_rows=4, tolerance=0.25) == TYPED
    with pytest.raises(SourceError, match="about 4 are expected"):
        read_rows(csv_path, expected_rows=4, tolerance=0.2)


def test_no_number_of_rows_is_checked_when_none_is_expected(csv_path: Path) -> None:
    csv_path.write_text(with_cell(0, 2, "33730"), encoding="utf-8")
    assert read_rows(csv_path, expected_rows=0)[0] == ("E01000001", 0.013, 33730, 10, 1296)


@pytest.mark.parametrize("cut", range(6, 23))
def test_a_csv_that_is_cut_short_within_its_last_row_is_refused_with_that_row(csv_path: Path, cut: int) -> None:
    csv_path.write_text(spell([HEADER, *ROWS])[:-cut], encoding="utf-8")
    with pytest.raises(SourceError, match=r"[1-4] fields and the table has 5; .*cut short.*row 4|row 4, column"):
        read_rows(csv_path)


def test_a_row_with_a_field_too_many_is_refused_with_its_row(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, ROWS[0], [*ROWS[1], "extra"], ROWS[2]]), encoding="utf-8")
    with pytest.raises(SourceError, match=r"The row has 6 fields and the table has 5 .*row 3"):
        read_rows(csv_path)


def test_a_quotation_mark_that_is_never_closed_is_refused(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, ROWS[0]]) + '"E01000002,0.018,2,5,1156\nE01000003,0.5,1,1,1350\n', "utf-8")
    with pytest.raises(SourceError, match=r"quotation mark in the row is in the wrong place or never closed.*row 3\)"):
        read_rows(csv_path)


def test_text_that_is_not_utf_8_is_refused_with_row_and_byte(csv_path: Path) -> None:
    csv_path.write_bytes(spell([HEADER, ROWS[0]]).encode() + "E01000002,Ynys Môn,2,5,1\n".encode("cp1252"))
    with pytest.raises(SourceError, match=r"byte 0xF4 is not UTF-8 .*Windows-1252 it would be “ô”.*row 3"):
        read_rows(csv_path)


def test_text_that_ends_in_half_a_letter_is_refused(csv_path: Path) -> None:
    csv_path.write_bytes(spell([HEADER, *ROWS]).encode() + "é".encode()[:1])
    with pytest.raises(SourceError, match=r"byte 0xC3 is not UTF-8 .*row 5"):
        read_rows(csv_path)


def test_headings_with_nothing_under_them_are_refused(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER]), encoding="utf-8")
    with pytest.raises(SourceError, match="has its headings and nothing under them"):
        read_rows(csv_path)


def test_a_renamed_column_is_named_with_the_heading_that_comes_closest(csv_path: Path) -> None:
    header = [*HEADER[:2], "Income Rank (1 = most deprived)", *HEADER[3:]]
    csv_path.write_text(spell([header, *ROWS]), encoding="utf-8")
    sentence = (
        "No column is headed “Income Rank (where 1 is most deprived)”; the closest there is “Income Rank (1 = most"
    )
    with pytest.raises(SourceError, match=re.escape(sentence)) as refusal:
        read_rows(csv_path)
    assert refusal.value.row == 1
    assert "publisher renamed the column" in refusal.value.todo


def test_a_table_of_something_else_says_how_it_begins(csv_path: Path) -> None:
    csv_path.write_text("name,colour\nrose,red\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"No column is headed “LSOA code .*begins “name, colour”"):
        read_rows(csv_path)


def test_a_file_without_headings_that_has_too_few_columns_is_refused(csv_path: Path) -> None:
    csv_path.write_text("a,b\n", encoding="utf-8")
    layout = Layout(columns=(Column("postcode", position=9),), has_header=False)
    with pytest.raises(SourceError, match="rows have 2 fields, and the postcode is looked for further on"):
        read_rows(csv_path, layout=layout)


def test_a_cell_larger_than_a_csv_can_hold_is_refused(csv_path: Path) -> None:
    csv_path.write_text('"' + "x" * 200_000 + '"\n', encoding="utf-8")
    with pytest.raises(SourceError, match="is not comma-separated text"):
        read_rows(csv_path)


def test_a_file_that_nothing_explains_is_still_refused_in_a_sentence(csv_path: Path) -> None:
    columns = tuple(Column(f"n{place}", (f"n{place}",)) for place in range(20))
    rows = [[column.name for column in columns], ["x" * 120_000] * 20]
    csv_path.write_text(spell(rows), encoding="utf-8")
    with pytest.raises(SourceError, match=r"The file could not be read \(.*table\.csv"):
        read_rows(csv_path, layout=Layout(columns=columns), expected_rows=1)


def test_a_stray_quotation_mark_is_refused_with_its_row(csv_path: Path) -> None:
    csv_path.write_text(spell([HEADER, ROWS[0]]) + '"E01000002"x,0.018,2,5,1156\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"quotation mark in the row is in the wrong place.*row 3\)"):
        read_rows(csv_path)


def test_an_unknown_code_is_named_with_its_row_and_the_heading_above_it(tmp_path: Path) -> None:
    path, packed = tmp_path / "table.csv", tmp_path / "packed.csv.gz"
    path.write_text("A title\n\n" + spell([HEADER, *ROWS]), encoding="utf-8")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    (tmp_path / "other.zip").write_bytes(b"PK, E01000002")
    with duckdb.connect() as con:
        con.execute("CREATE TABLE known AS SELECT unnest(['E01000001', 'E01000003']) AS code")
        con.execute("CREATE TABLE here AS SELECT unnest(['E01000001', 'E01000002']) AS lsoa21_code")
        where = {"table": "here", "column": "lsoa21_code", "known_table": "known", "source_id": "tried"}
        for file in (path, packed):
            said = rf"“E01000002” is not a code .*{file.name}, row 5, column “{re.escape(HEADER[0])}”"
            with pytest.raises(SourceError, match=said):
                check_known_codes(con, files=[tmp_path / "other.zip", file], **where)
        with pytest.raises(SourceError, match=r"“E01000002” is not a code .*gone\.zip, column “lsoa21_code”"):
            check_known_codes(con, files=[tmp_path / "gone.zip"], **where)
        con.execute("INSERT INTO known VALUES ('E01000002')")
        check_known_codes(con, files=[path], **where)
