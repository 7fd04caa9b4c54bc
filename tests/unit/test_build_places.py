"""Which neighbourhoods a load draws: whatever a person writes, it is an area, a list of codes, or a clear refusal."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import pytest

from etl.build.place_checks import refuse_double_names
from etl.build.places import Places, choose_neighbourhoods
from etl.build.provenance import store_build
from etl.build.request import LoadRequest
from etl.errors import SettingsError, SourceError
from etl.tables.areas import AREA
from etl.tables.provenance import BUILD

LSOA = ["E01000001", "E01000002", "E01000003"]
PLACES = Places(
    codes={
        "lsoa": np.array(LSOA),
        "lad": np.array(["E06000001", "E06000001", "E07000002"]),
        "icb": np.array(["E54000001"] * 3),
    },
    population=np.ones(3),
    wkb=np.empty(3, dtype=object),
    centroids=np.full((3, 2), np.nan),
)


def choose(area: str) -> list[str]:
    return PLACES.lsoa[choose_neighbourhoods(PLACES, request=LoadRequest(area=area))].tolist()


@pytest.mark.parametrize(
    ("area", "drawn"),
    [
        ("england", LSOA),
        (" England\n", LSOA),
        ("E92000001", LSOA),
        ("E06000001", LSOA[:2]),
        ("e06000001 ", LSOA[:2]),
        ("E54000001", LSOA),
        ("E01000003", LSOA[2:]),
    ],
)
def test_an_area_is_known_by_its_code_however_it_is_typed(area: str, drawn: list[str]) -> None:
    assert choose(area) == drawn


@pytest.mark.parametrize(
    "content",
    [
        b"E01000001\nE01000003\n",
        b"\xef\xbb\xbfe01000003\r\nE01000001\r\n\r\n",
        b"E01000001, E01000003",
        b"E01000001\tE01000003 E01000001",
    ],
    ids=["lines", "with-mark-and-small-letters", "commas", "tabs-and-twice"],
)
def test_a_list_of_codes_is_read_however_a_spreadsheet_saved_it(content: bytes, tmp_path: Path) -> None:
    listed = tmp_path / "My codes.txt"
    listed.write_bytes(content)
    assert choose(str(listed)) == [LSOA[0], LSOA[2]]


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("Atlantis", "neither an area of this data nor a file"),
        ("", "neither an area of this data nor a file"),
        ("E06000099", "neither an area of this data nor a file"),
        ("E0600000\x001", "neither an area of this data nor a file"),
        ("x" * 5000, "neither an area of this data nor a file"),
        ("/", "neither an area of this data nor a file"),
        (b"E01999999\n", "lists E01999999, which is no LSOA of this data"),
        (b"lsoa21_code\nE01000001\n", "lists LSOA21_CODE, which is no LSOA of this data"),
        (b"\n\n", "lists no codes"),
        (b"\xff\xfe\x00\x01", "not a text file"),
    ],
)
def test_an_area_that_is_not_there_is_refused(area: str | bytes, said: str, tmp_path: Path) -> None:
    asked = str(area)
    if isinstance(area, bytes):
        (tmp_path / "codes.txt").write_bytes(area)
        asked = str(tmp_path / "codes.txt")
    with pytest.raises(SettingsError, match=said) as refused:
        choose(asked)
    assert refused.value.todo


def test_a_list_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "codes.txt"
    listed.touch()

    def refuse(self: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(SettingsError, match=r"codes\.txt cannot be read: Permission denied"):
        choose(str(listed))


@pytest.mark.parametrize(
    ("area", "written"),
    [
        (" England", ("england", "England")),
        ("E92000001", ("england", "England")),
        ("e06000001", ("E06000001", "Westing")),
        ("codes.txt", ("list", "A list of neighbourhoods")),
    ],
)
def test_what_was_drawn_is_written_down(area: str, written: tuple[str, str]) -> None:
    with duckdb.connect() as con:
        con.execute(BUILD.ddl())
        con.execute(AREA.ddl().replace("GEOMETRY", "BLOB").replace(" NOT NULL", ""))
        con.execute("INSERT INTO area (area_code, name) VALUES ('E06000001', 'Westing')")
        request = LoadRequest(area=area)
        store_build(con, build_id="b", built_at=datetime(2025, 1, 1, tzinfo=UTC), version="1", request=request)
        assert con.execute("SELECT area, area_name FROM build").fetchall() == [written]


PLACE = {
    "lsoa21_code": LSOA,
    "msoa21_name": ["Westing 001", "Westing 001", "Easting 001"],
    "icb_code": ["E54000001"] * 3,
    "icb_name": ["The County"] * 3,
    "sicbl_code": ["E38000001", "E38000001", "E38000002"],
    "sicbl_name": ["The County - 01A", "The County - 01A", "The County - 02B"],
    "lad_code": ["E06000001", "E06000001", "E07000002"],
    "lad_name": ["Westing", "Westing", "Easting"],
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"lsoa21_code": [LSOA[0], LSOA[0], LSOA[2]]}, "“Westing 001” is the name of two MSOAs (source msoa_names)"),
        ({"lad_name": ["Westing", "West-ing", "Easting"]}, "E06000001 has two names, “Westing” and “West-ing”"),
        ({"icb_name": ["The County", "The County", "THE COUNTY"]}, "E54000001 has two names"),
    ],
    ids=["none", "an-msoa", "a-district", "an-icb"],
)
def test_one_name_for_two_places_or_two_for_one_are_refused_by_their_look_up(
    changed: dict[str, list[str]], said: str
) -> None:
    columns = {name: np.array(cells, dtype=object) for name, cells in (PLACE | changed).items()}
    if not said:
        refuse_double_names(columns)
        return
    with pytest.raises(SourceError, match=re.escape(said)):
        refuse_double_names(columns)
