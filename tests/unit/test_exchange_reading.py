"""Tables of every make are read, matched to our fields, and refused with a reason a person can act on."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
import xlsxwriter

from dashboard.register.exchange import geojson, limits
from dashboard.register.exchange.columns import all_fields, missing_fields, propose_columns
from dashboard.register.exchange.contacts_words import contacts_in, tidy_phone, url_in
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.hours_words import read_day_hours, read_hours_words
from dashboard.register.exchange.kinds import kind_of_words
from dashboard.register.exchange.placing import KnownPoint, NoGazetteer
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.row_values import place_parts
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.exchange.workbooks import cell_text, write_workbook
from dashboard.register.model import Audience, Precision
from dashboard.register.taxonomy import read_taxonomy
from tests.register_fakes import FakeGazetteer

TAXONOMY = read_taxonomy()
HEAD = "name,type,postcode\n"


def _drafts(text: str | bytes, *, gazetteer: object = None, file_name: str = "list.csv") -> list[Draft]:
    content = text.encode() if isinstance(text, str) else text
    sheet = read_upload(content, file_name=file_name)
    choices = propose_choices(sheet, taxonomy=TAXONOMY)
    return read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=gazetteer or NoGazetteer())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        "name,type,postcode\nCafé Élan,library,M1 1AA\n".encode(),
        "\ufeffname,type,postcode\r\nCafé Élan,library,M1 1AA\r\n".encode(),
        "name;type;postcode\nCafé Élan;library;M1 1AA\n".encode("cp1252"),
        "name\ttype\tpostcode\nCafé Élan\tlibrary\tM1 1AA\n".encode("utf-16"),
        "Our groups\n\nname|type|postcode\nCafé Élan|library|M1 1AA\n".encode(),
        write_workbook(columns=["name", "type", "postcode"], rows=[("Café Élan", "library", "M1 1AA")]),
    ],
)
def test_a_table_is_read_whatever_its_letters_and_separator(content: bytes) -> None:
    (draft,) = _drafts(content)
    assert (draft.asset.name, draft.asset.kind, draft.asset.place.postcode) == ("Café Élan", "library", "M1 1AA")
    assert draft.problems == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"name,type\n", "no rows"),
        (b"name\x00,type\nx,y\n", "not text"),
        (b"\xd0\xcf\x11\xe0old", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04not a zip", "not a workbook"),
        (b'{"type": "FeatureCollection"}', "not a GeoJSON"),
        (b"{" * 100, "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"features": [NaN]}', "not JSON"),
        (b'name,x\n"' + b"a" * 200_000, "table"),
        (("name,x\n" + "b" * 30_000 + ",c\n").encode(), "characters"),
        (b"\x81\x8d\x8f name,b\n1,2\n", "letters"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(UploadError) as refused:
        read_upload(content, file_name="list.csv")
    assert says in str(refused.value)
    assert refused.value.todo


def test_too_many_rows_columns_or_bytes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    with pytest.raises(UploadError, match="more than 3 rows"):
        _drafts(HEAD + "a,library,M1 1AA\n" * 4)
    with pytest.raises(UploadError, match="more than 250 columns"):
        _drafts(",".join(f"c{at}" for at in range(251)) + "\n" + ",".join("x" for _ in range(251)) + "\n")
    with pytest.raises(UploadError, match="MB"):
        limits.check_size(b"x" * 11, most=10)


def _zip(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name.replace("__", "/"), body)
    return held.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip(**{"xl__worksheets__sheet1.xml": b" " * 40_000_000})
    with pytest.raises(UploadError, match="far more than its size"):
        read_upload(bomb, file_name="bomb.xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(UploadError, match="not a workbook"):
        read_upload(_zip(**{"word__document.xml": b"<w/>"}), file_name="letter.docx")


def test_a_workbook_with_one_cell_at_the_end_of_the_world_is_refused() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "name")
        page.write(1_048_575, 16_383, "far")
    with pytest.raises(UploadError, match="more than"):
        read_upload(held.getvalue(), file_name="far.xlsx")


def test_a_sheet_that_lies_about_its_letters_is_refused() -> None:
    lying = _zip(**{"xl__worksheets__sheet1.xml": "<c r='A1'/>".encode("utf-16")})
    with pytest.raises(UploadError, match="not a workbook"):
        read_upload(lying, file_name="x.xlsx")


def test_a_workbook_of_spaces_without_end_is_looked_over_like_any_other() -> None:
    spaces = _zip(**{"xl__worksheets__sheet1.xml": b"<c r='" + b" " * 300_000 + b"<"})
    with pytest.raises(UploadError, match="not a workbook"):
        read_upload(spaces, file_name="x.xlsx")


def test_a_page_that_is_not_a_workbook_inside_is_refused() -> None:
    hollow = _zip(**{"xl__worksheets__sheet1.xml": b"<worksheet/>"})
    with pytest.raises(UploadError, match="not a workbook"):
        read_upload(hollow, file_name="x.xlsx")
    binary = _zip(**{"xl__worksheets__sheet1.bin": b"x"})
    with pytest.raises(UploadError, match="not a workbook"):
        read_upload(binary, file_name="x.xlsb")


def test_a_workbook_is_read_as_a_person_sees_it() -> None:
    moment = datetime(2026, 3, 1, 9, 30)  # noqa: DTZ001
    cells = [None, True, False, 3.0, 2.5, date(2026, 3, 1), datetime(2026, 3, 1), time(9, 30), moment]  # noqa: DTZ001
    written = ["", "Yes", "No", "3", "2.5", "2026-03-01", "2026-03-01", "09:30:00", "2026-03-01T09:30:00"]
    assert [cell_text(cell) for cell in cells] == written


def test_every_field_that_a_person_may_choose_has_a_name() -> None:
    assert {"name", "kind", "postcode", "accessibility:step_free"} <= set(all_fields())


def test_long_addresses_keep_their_last_lines_together() -> None:
    lines = place_parts([", ".join(f"line {at}" for at in range(12))])
    assert len(lines) == 8
    assert lines[-1].endswith("line 11")


def test_too_many_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_ROWS", 1)
    with pytest.raises(UploadError, match="more than 1 features"):
        read_upload(b'{"features": [{}, {}]}', file_name="x.geojson")


def test_columns_are_proposed_by_likeness_with_examples_and_what_is_missing_is_said() -> None:
    sheet = read_upload(b"Site Name,Telephones,Post-Code,Colour\nHall,0161 496 0000,M1 1AA,red\n", file_name="x.csv")
    proposals = propose_columns(sheet)
    assert [one.field for one in proposals] == ["name", "phone", "postcode", ""]
    assert proposals[1].likeness < proposals[0].likeness == 100.0
    assert proposals[0].examples == ("Hall",)
    assert missing_fields({}) == ("name", "place")
    assert missing_fields({"a": "name", "b": "postcode"}) == ()


def test_two_columns_for_one_field_leave_it_to_the_likelier() -> None:
    sheet = read_upload(b"name,title,postcode\nHall,Sir,M1 1AA\n", file_name="x.csv")
    assert [one.field for one in propose_columns(sheet)] == ["name", "", "postcode"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",library,M1 1AA", "name", "Give it a name"),
        ("Somewhere nice,,M1 1AA", "type", "Choose what kind"),
        ("Hall,library,", "postcode", "Say where it is"),
        ("H" * 201 + ",library,M1 1AA", "name", "longer than 200"),
    ],
)
def test_a_bad_row_names_its_row_its_column_and_the_reason(row: str, column: str, reason: str) -> None:
    good, bad = _drafts(f"{HEAD}Hall,library,M1 1AA\n{row}\n", file_name="things.csv")
    assert good.problems == ()
    assert [(one.row, one.column) for one in bad.problems] == [(3, column)]
    assert reason in bad.problems[0].reason


def test_a_row_is_placed_by_point_grid_uprn_or_postcode_and_otherwise_left_unplaced_with_a_note() -> None:
    known = FakeGazetteer({"M1 1AA": KnownPoint(384_000, 398_000, "E01000001"), "77": KnownPoint(385_000, 399_000)})
    head = "name,type,postcode,uprn,lon,lat,easting,northing,address\n"
    rows = [
        "A,library,,,-2.24,53.48,,,",
        "B,library,,,,,384100,398100,",
        "C,library,M1 1AA,77,,,,,",
        "D,library,M1 1AA,,,,,,",
        "E,library,,,,,,,1 High Street",
        "F,library,M1 1AB,,,,,,",
        "G,library,,,53.48,-2.24,,,",
        "H,library,M1 1AA,,12.0,90.0,,,",
        "I,library,M1 1AA,,-2.5,53.6,,,",
        "J,library,nonsense,,x,53.6,,,Lane",
    ]
    drafts = {draft.asset.name: draft for draft in _drafts(head + "\n".join(rows), gazetteer=known)}
    eastings = {name: draft.asset.place.easting for name, draft in drafts.items()}
    assert all(not draft.problems for draft in drafts.values())
    assert eastings["B"] == 384_100
    assert eastings["C"] == 385_000
    assert eastings["D"] == eastings["H"] == 384_000
    assert drafts["D"].asset.place.lsoa21_code == "E01000001"
    assert eastings["E"] is eastings["F"] is eastings["J"] is None
    assert eastings["A"] == eastings["G"] == pytest.approx(384_167, abs=500)
    notes = {name: " ".join(note.reason for note in draft.notes) for name, draft in drafts.items()}
    assert "only an address" in notes["E"]
    assert "not on the map" in notes["F"]
    assert "swapped" in notes["G"]
    assert "not in the United Kingdom" in notes["H"]
    assert "km from M1 1AA" in notes["I"]
    assert "not a whole postcode" in notes["J"]
    assert "not a number" in notes["J"]


def test_an_area_stands_in_for_a_place_and_a_wrong_code_is_left_out() -> None:
    (van, other) = _drafts(
        "name,type,postcode,area name,area code\nVan,library,n/a,Bury,E0800002\nBus,library,[Unknown],,E08000002\n"
    )
    assert van.asset.service_area_words == "Bury"
    assert van.asset.place.precision is Precision.NONE
    assert "“E0800002” is not an area code" in van.notes[0].reason
    assert other.asset.service_areas == ("E08000002",)


def test_terms_ages_contacts_and_flags_are_read() -> None:
    (draft,) = _drafts(
        "name,type,postcode,offers,languages,min age,is free,contact,contact name,accessible toilet,wifi,email,"
        "website\n"
        'Hub,digital hub,M1 1AA,"Food; juggling","English, ur",16,yes,'
        '"0161 496 0000 or info@example.org, see https://hub.example.org/x",Jo,Yes,No,nobody,ht!tp\n'
    )
    asset = draft.asset
    assert (asset.offers, asset.languages, asset.min_age, asset.is_free) == (("food",), ("en", "ur"), 16, True)
    assert asset.accessibility == ("accessible_toilet",)
    (contact,) = asset.contacts
    assert (contact.name, contact.phone, contact.email) == ("Jo", "0161 496 0000", "info@example.org")
    assert contact.audience is Audience.PARTNERS
    reasons = " ".join(note.reason for note in draft.notes)
    assert "“juggling” is not a known choice" in reasons
    assert "not a website address" in reasons


def test_telephones_get_their_zero_back_and_filler_goes() -> None:
    assert tidy_phone("1617903377") == "01617903377"
    assert tidy_phone("O7872611770") == "07872611770"
    assert tidy_phone("00000 000000") == ""
    found = contacts_in("0161 496 0000 / 0161 496 0001, a@example.org", name="", audience=Audience.PUBLIC)
    assert [one.phone for one in found] == ["0161 496 0000", "0161 496 0001"]
    assert url_in("see https://a.example.org.") == "https://a.example.org"
    assert url_in("none") == ""


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Tuesday - Friday 12noon - 2pm", "Tu-Fr 12:00-14:00"),
        ("Mon & Thur 1-3pm", "Mo,Th 13:00-15:00"),
        ("Fri 4.30 - 5.30pm Sat 10 - 11am", "Fr 16:30-17:30; Sa 10:00-11:00"),
        ("weekdays 9am to 5pm, Saturday closed", "Mo-Fr 09:00-17:00; Sa off"),
        ("daily 09:00-17:00", "Mo-Su 09:00-17:00"),
        ("Monday 10pm - midnight", "Mo 22:00-24:00"),
        ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mon - Sat 10.00 - 4.00", ""),
        ("Tuesday from 11am", ""),
        ("Wednesday 10 - 12", ""),
        ("Friday - Monday 9am - 5pm", ""),
        ("9am - 5pm", ""),
        ("1st Saturday 10am - 2pm", ""),
        ("Monday 5pm - 9am", ""),
        ("x" * 400, ""),
        ("", ""),
    ],
)
def test_hours_in_words_are_turned_into_the_syntax_only_when_they_are_clear(words: str, hours: str) -> None:
    assert read_hours_words(words) == hours


def test_hours_by_day_need_every_day_to_be_clear() -> None:
    assert read_day_hours({0: "08:30-13:00,14:00-17:30", 5: "CLOSED"}) == "Mo 08:30-13:00,14:00-17:30; Sa off"
    assert read_day_hours({0: "08:30-00:00"}) == "Mo 08:30-24:00"
    assert read_day_hours({0: "09:00-17:00", 1: "AM only"}) == ""
    assert read_day_hours({0: "9:00-5:00"}) == ""
    assert read_day_hours({6: "CLOSED"}) == ""


def test_a_kind_is_told_from_words_the_longest_first() -> None:
    assert kind_of_words("library", taxonomy=TAXONOMY) == "library"
    assert kind_of_words("Warm space", taxonomy=TAXONOMY) == "warm_space"
    assert kind_of_words("Doctors/GPs|Dentist", taxonomy=TAXONOMY) == "dentist"
    assert kind_of_words("village hall church", taxonomy=TAXONOMY) == "village_hall"
    assert kind_of_words("xyzzy", taxonomy=TAXONOMY) == ""


def test_geojson_shapes_become_points_and_broken_ones_none() -> None:
    collection = (
        '{"type":"FeatureCollection","features":['
        '{"properties":{"name":"Square","amenity":"library"},"geometry":{"type":"Polygon","coordinates":'
        "[[[-2,53],[-2,53.01],[-2.01,53.01],[-2.01,53],[-2,53]]]}},"
        '{"properties":{"name":"Bad","amenity":["library",true,null]},"geometry":{"type":"Polygon","coordinates":7}},'
        '{"properties":null,"geometry":null}]}'
    )
    square, bad = _drafts(collection, file_name="x.geojson")
    assert square.asset.place.lon == pytest.approx(-2.005, abs=0.01)
    assert [problem.column for problem in bad.problems] == [""]
