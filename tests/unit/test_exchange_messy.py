"""Lists as people really send them, and as nobody should: read as a person would read them, or refused in words."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.incoming import read_incoming
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.taxonomy import read_taxonomy

TAXONOMY = read_taxonomy()
HALL = "name;type;postcode\nCafé ☕ Zoë;library;M1 1AA\n"


def read(content: bytes, name: str = "list.csv") -> list[Draft]:
    incoming = read_incoming(content, file_name=name)
    return incoming.drafts(incoming.propose(taxonomy=TAXONOMY), taxonomy=TAXONOMY, gazetteer=NoGazetteer())


def workbook(fill: Callable[[Any, Any], None]) -> bytes:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    fill(book, book.add_worksheet())
    book.close()
    return held.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_letters_of_every_coding_with_its_mark_and_pictures_are_read(coding: str) -> None:
    (draft,) = read(HALL.encode(coding))
    assert (draft.asset.name, draft.asset.place.postcode, draft.problems) == ("Café ☕ Zoë", "M1 1AA", ())


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("name,type,postcode\nCafé “Ü” €,library,M1 1AA\n".encode("cp1252"), ["Café “Ü” €"]),
        (b"name,type,postcode\rHall,library,M1 1AA\rHut,library,M1 1AB\r", ["Hall", "Hut"]),
        (b"name\ttype\tpostcode\nHall\tlibrary\tM1 1AA\n", ["Hall"]),
        (b"name|type|postcode\nHall, big|library|M1 1AA\n", ["Hall, big"]),
        (b"Our list of halls,,\n,,\nname,type,postcode\nHall,library,M1 1AA\n", ["Hall"]),
        (b"Our list,updated 2024,\nfor you,,\nname,type,postcode\nHall,library,M1 1AA\n", ["Hall"]),
        (b"name,name,type,postcode\nHall,Other,library,M1 1AA\n", ["Hall"]),
        (b"name,type,postcode\nHall\nHut,library,M1 1AA,extra,more\n", ["Hall", "Hut"]),
    ],
)
def test_a_table_is_found_whatever_stands_around_it(content: bytes, names: list[str]) -> None:
    assert [draft.asset.name for draft in read(content)] == names


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no rows"),
        (b"name,type\n", "no rows"),
        (HALL.encode("utf-16-le"), "not text"),
        (b'name,type\n"' + b"x" * 10_000_000 + b'",library\n', "far too long"),
        (b'name,type\n"Hall,library\n' + b"x,y\n" * 500_000, "not closed"),
        (b"name,type\n" + b"," * 1_000_000, "columns|far too long"),
        (b"[" * 100_000, "not JSON"),
        (b'{"contents": [{"id": "1", "name": "A", "minimum_age": NaN}]}', "not JSON"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "not text"),
        (workbook(lambda _book, _page: None), "no rows"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(UploadError, match=says) as refusal:
        read(content)
    assert refusal.value.todo


def test_lists_within_lists_do_not_break_the_reader() -> None:
    tags = b"[" * 900 + b"]" * 900
    deep = b'{"features": [{"properties": {"name": "Hall", "tags": ' + tags + b'}, "geometry": null}]}'
    assert [draft.asset.name for draft in read(deep, "x.geojson")] == ["Hall"]
    mixed = b'{"features": [{"properties": {"name": ["Hall", "A", ["x"], {"y": 1}], "type": {}}, "geometry": null}]}'
    assert [draft.asset.name for draft in read(mixed, "x.geojson")] == ["Hall; A"]


def test_a_workbook_with_formulas_days_and_merged_cells_is_read_as_it_is_seen() -> None:
    def fill(book: Any, page: Any) -> None:  # noqa: ANN401
        page.merge_range(0, 0, 0, 5, "Halls of the district")
        page.write_row(1, 0, ["updated", "2024"])
        page.write_row(2, 0, ["name", "type", "postcode", "description", "min age"])
        page.write_formula(3, 0, '="Hall"&" A"', None, "Hall A")
        page.write_row(3, 1, ["library", "M1 1AA"])
        page.write_datetime(3, 3, datetime(2024, 5, 1), book.add_format({"num_format": "dd/mm/yyyy"}))  # noqa: DTZ001
        page.write_number(3, 4, 18.0)
        page.merge_range(4, 0, 5, 0, "Merged Hall")
        page.write_row(4, 1, ["library", "M1 1AB"])
        page.write_row(5, 1, ["library", "M1 1AD"])
        page.write_formula(6, 0, '=HYPERLINK("http://evil.example","x")', None, "Linked")
        page.write_row(6, 1, ["library", "M1 1AE"])

    drafts = read(workbook(fill), "x.xlsx")
    assert [draft.row for draft in drafts] == [4, 5, 6, 7]
    first, merged, below, linked = (draft.asset for draft in drafts)
    assert (first.name, first.description, first.min_age) == ("Hall A", "2024-05-01", 18)
    assert (merged.name, linked.name) == ("Merged Hall", "Linked")
    # A spreadsheet keeps the text of merged cells in the first of them alone.
    assert below.name in {"", "Library"}


def test_numbers_beyond_all_measure_are_refused_by_their_rules() -> None:
    ages = b'"minimum_age": 1e308, "maximum_age": -1e300'
    service = b'{"contents": [{"id": "1", "name": "A", "latitude": 1e999, ' + ages + b"}]}"
    (draft,) = read(service, "x.json")
    assert any("youngest age" in problem.reason for problem in draft.problems)
