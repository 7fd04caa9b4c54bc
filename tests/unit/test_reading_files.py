"""Whatever a publisher's file is wrapped in, the same rows come out, or one sentence says why not."""

from __future__ import annotations

import gzip
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from etl.errors import MissingSourceError, SourceError, StorageError
from etl.sources.reading import opening
from tests.reading_cases import HEADER, LAYOUT, ROWS, TYPED, read_rows, spell, write_workbook

TEXT = spell([HEADER, *ROWS])


@pytest.fixture
def csv_path(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_csv_is_read_with_or_without_a_byte_order_mark(csv_path: Path, newline: str, encoding: str) -> None:
    csv_path.write_bytes(spell([HEADER, *ROWS], newline=newline).encode(encoding))
    assert read_rows(csv_path) == TYPED


def test_a_file_whose_line_endings_change_halfway_is_read(csv_path: Path) -> None:
    csv_path.write_bytes((spell([HEADER, *ROWS[:2]]) + spell(ROWS[2:], newline="\r\n")).encode())
    assert read_rows(csv_path) == TYPED


def test_a_last_line_without_an_end_is_read(csv_path: Path) -> None:
    csv_path.write_text(TEXT.rstrip("\n"), encoding="utf-8")
    assert read_rows(csv_path) == TYPED


def test_a_gzipped_csv_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert read_rows(path) == TYPED


def test_a_csv_inside_a_zip_is_read_and_others_beside_it_are_not(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes/readme.csv", "not,this,one\n")
        archive.writestr("data/table-lsoa.csv", TEXT)
    assert read_rows(path, layout=replace(LAYOUT, members=("*table-lsoa.csv",))) == TYPED


def test_several_files_of_one_table_are_read_together_even_when_their_columns_are_in_another_order(
    tmp_path: Path,
) -> None:
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    paths[0].write_text(spell([HEADER, ROWS[0]]), encoding="utf-8")
    paths[1].write_text(spell([HEADER[::-1], ROWS[1][::-1]]), encoding="utf-8")
    paths[2].write_text(spell([HEADER, ROWS[2]]), encoding="utf-8")
    assert sorted(read_rows(paths)) == TYPED


def test_a_workbook_is_read_from_the_sheet_that_holds_the_table(tmp_path: Path) -> None:
    numbers = [[row[0], *(float(cell.replace(",", "")) for cell in row[1:])] for row in ROWS]
    path = write_workbook(tmp_path / "book.xlsx", {"Notes": [["Read me"]], "IoD2025": [HEADER, *numbers]})
    assert read_rows(path) == TYPED


def test_a_workbook_that_spreads_its_columns_over_sheets_is_put_together_by_code(tmp_path: Path) -> None:
    scores = [[row[0], float(row[1])] for row in ROWS]
    ranks = [[row[0], float(row[2]), float(row[3])] for row in reversed(ROWS)]
    sheets = {"Notes": [["x"]], "One": [HEADER[:2], *scores], "Two": [[HEADER[0], HEADER[2], HEADER[3]], *ranks]}
    path = write_workbook(tmp_path / "book.xlsx", sheets)
    rows = read_rows(path, layout=replace(LAYOUT, is_spread=True))
    assert sorted(rows, key=str) == [(*row[:4], None) for row in TYPED]


def test_sheets_that_list_other_neighbourhoods_are_refused(tmp_path: Path) -> None:
    one = [[row[0], float(row[1])] for row in ROWS]
    two = [[f"E0100001{i}", float(i), 1.0] for i in (1, 2, 3)]
    sheets = {"One": [HEADER[:2], *one], "Two": [[HEADER[0], HEADER[2], HEADER[3]], *two]}
    path = write_workbook(tmp_path / "book.xlsx", sheets)
    with pytest.raises(SourceError, match="do not list the same neighbourhoods"):
        read_rows(path, layout=replace(LAYOUT, is_spread=True))


def test_a_spread_workbook_without_one_of_its_columns_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", {"One": [HEADER[:2], *([r[0], float(r[1])] for r in ROWS)]})
    with pytest.raises(SourceError, match="No sheet has a column headed “Income Rank"):
        read_rows(path, layout=replace(LAYOUT, is_spread=True))


def test_a_wrong_cell_of_a_workbook_is_named_by_sheet_and_row(tmp_path: Path) -> None:
    rows = [[row[0], *(float(cell.replace(",", "")) for cell in row[1:])] for row in ROWS]
    rows[1][1] = "about half"
    path = write_workbook(tmp_path / "book.xlsx", {"IoD2025": [["A title", ""], [], HEADER, *rows]})
    with pytest.raises(
        SourceError, match=r"“about half” is text .*book\.xlsx, sheet IoD2025, row 5, column “Income Sc"
    ):
        read_rows(path)


WRONG_KINDS = {
    "an empty file": (b"", "The file is empty"),
    "a file of blank lines": (b"\n \n", "The file is empty"),
    "a web page": (b"<!DOCTYPE html><html><body>404</body></html>", "is a web page, not a table"),
    "a web page after a byte-order mark": (b"\xef\xbb\xbf \n<html lang='en'>", "is a web page, not a table"),
    "an XML error": (b"<?xml version='1.0'?><Error>AccessDenied</Error>", "is a web page, not a table"),
    "a PDF": (b"%PDF-1.7 ...", "is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, r"old Excel workbook \(\.xls\)"),
    "a zip that is none": (b"PK\x03\x04 and then nothing", "cut short or damaged"),
    "UTF-16 text": (TEXT.encode("utf-16"), "saved as UTF-16"),
    "JSON": (b'{"error": {"code": 400}}\n', "No column is headed “LSOA code"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "The byte 0x89 is not UTF-8"),
    "nothing but a gzip mark": (b"\x1f\x8b", "cut short or damaged"),
}


@pytest.mark.parametrize(("content", "sentence"), WRONG_KINDS.values(), ids=WRONG_KINDS.keys())
def test_a_file_of_another_kind_is_refused_in_one_sentence_that_names_it(
    csv_path: Path, content: bytes, sentence: str
) -> None:
    csv_path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence) as refusal:
        read_rows(csv_path)
    assert "source tried" in str(refusal.value)
    assert "table.csv" in str(refusal.value)
    assert "https://publisher.example/tried" in refusal.value.todo or "Save the file again" in refusal.value.todo


def test_a_web_page_inside_a_zip_is_refused_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("table.csv", "<html>moved</html>")
    with pytest.raises(SourceError, match=r"web page.*tables\.zip: table\.csv"):
        read_rows(path)


def test_a_web_page_inside_a_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(b"<html>moved</html>"))
    with pytest.raises(SourceError, match="web page"):
        read_rows(path)


def test_a_missing_file_is_refused_as_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError, match=r"no file .*none\.csv"):
        read_rows(tmp_path / "none.csv")


def test_no_file_at_all_is_refused() -> None:
    with pytest.raises(SourceError, match="No file was given"):
        read_rows([])


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_gzip_that_is_cut_short_is_refused(tmp_path: Path, keep: float) -> None:
    whole = gzip.compress(TEXT.encode() * 50)
    path = tmp_path / "table.csv.gz"
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(SourceError, match="cut short or damaged"):
        read_rows(path)


def test_a_zip_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", TEXT * 50)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="cut short or damaged"):
        read_rows(path)


def test_a_zip_with_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("table.csv", TEXT)
    path.write_bytes(path.read_bytes().replace(b"0.013", b"0.014"))
    with pytest.raises(SourceError, match="Bad CRC-32"):
        read_rows(path)


def test_a_zip_without_the_table_says_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc/licence.txt", "OGL")
    with pytest.raises(SourceError, match=re.escape("The zip holds no *.csv; it holds licence.txt")):
        read_rows(path)


def test_a_zip_that_only_says_it_is_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(SourceError, match="says it is a workbook and is not one"):
        read_rows(path)


def test_a_workbook_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "book.xlsx", {"Sheet1": []})
    with pytest.raises(SourceError, match="it holds no table"):
        read_rows(path)


def test_a_full_disk_while_unpacking_is_a_storage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "table.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    monkeypatch.setattr(opening.shutil, "copyfileobj", fill_the_disk)
    with pytest.raises(StorageError, match="No space left on device") as refusal:
        read_rows(path)
    assert refusal.value.exit_code == 5
