"""Files that nobody would send on purpose, and that somebody will."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from etl.errors import SourceError
from tests.reading_cases import HEADER, ROWS, TYPED, read_rows, spell


@pytest.mark.parametrize(("sign", "named"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_table_with_another_sign_than_commas_says_which(sign: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(sign.join(row) for row in [HEADER, *ROWS]), encoding="utf-8")
    with pytest.raises(SourceError, match=f"with {named} between its cells: save the file with commas"):
        read_rows(path)


@pytest.mark.parametrize(("column", "heading"), [(2, "Income Rank"), (4, "Total population")])
def test_a_count_that_the_warehouse_could_not_hold_is_named_in_its_cell(
    column: int, heading: str, tmp_path: Path
) -> None:
    row = [*ROWS[1]]
    row[column] = "99999999999"
    path = tmp_path / "table.csv"
    path.write_text(spell([HEADER, ROWS[0], row, ROWS[2]]), encoding="utf-8")
    with pytest.raises(SourceError, match="“99999999999” is more than 1,000,000,000, the most it can be") as refused:
        read_rows(path)
    assert refused.value.row == 3
    assert heading in str(refused.value.column)


def write_book(folder: Path, *, furthest: tuple[int, int]) -> Path:
    """Write the table as a workbook that has one more cell, by row and column from 0."""
    path = folder / "table.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Table")
        for at, cells in enumerate([HEADER, *ROWS]):
            page.write_row(at, 0, cells)
        page.write_string(*furthest, " ")
    return path


def test_a_workbook_with_a_stray_cell_near_its_table_is_read(tmp_path: Path) -> None:
    assert read_rows(write_book(tmp_path, furthest=(3_000, 12))) == TYPED


@pytest.mark.parametrize("furthest", [(1_048_575, 40), (3_000, 16_383)], ids=["far down", "far right"])
def test_a_workbook_with_a_cell_far_beyond_its_table_does_not_fill_the_memory(
    furthest: tuple[int, int], tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="has a cell far beyond any table"):
        read_rows(write_book(tmp_path, furthest=furthest))
