"""Every payload goes through every way in and out as text: kept, refused or cleaned, and never run."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas
import osmium
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from dashboard.register.actor import local_actor
from dashboard.register.duplicates import DuplicateIndex
from dashboard.register.exchange.columns import all_fields
from dashboard.register.exchange.contacts_words import contacts_in
from dashboard.register.exchange.drafts import Draft, ImportChoices
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral.files import draft_services, services_in
from dashboard.register.exchange.open_referral.queries import SERVICES, as_register_query, read_query
from dashboard.register.exchange.open_referral.reading import read_service
from dashboard.register.exchange.open_referral.writing import write_service
from dashboard.register.exchange.osm import read_osm
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.exchange.planning import make_plan
from dashboard.register.exchange.reading import propose_choices, read_sheet
from dashboard.register.exchange.rejects import write_rejects
from dashboard.register.exchange.row_values import number, says_no, yes_no
from dashboard.register.exchange.sheet import Sheet, is_blank
from dashboard.register.exchange.tables_out import COLUMNS, Format, export_assets
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.exchange.workbooks import write_workbook
from dashboard.register.json_form import asset_to_json
from dashboard.register.model import Asset, Audience
from dashboard.register.rules.reach import website_problem
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.taxonomy import read_taxonomy
from tests.hostile_records import storable_assets
from tests.open_referral_schemas import complaints
from tests.payloads import read_payloads
from tests.register_fakes import FakeRegister

TAXONOMY = read_taxonomy()
PAYLOADS = read_payloads()
FIELDS = ["name", "description", "address", "postcode", "website", "contact", "opening hours", "cost", "offers", "id"]
NUMBERS = {"lon", "lat", "easting", "northing", "min_age", "max_age", "is_free"}
TAGS = (
    "name", "description", "operator", "opening_hours", "website", "contact:website", "phone", "contact:phone", "email",
    "contact:email", "internet_access", "wheelchair", "hearing_loop", "toilets:wheelchair", "addr:housename",
    "addr:housenumber", "addr:street", "addr:city", "addr:postcode",
)  # fmt: skip
# The area is named only where a row has no place; the list's own name stands for the source that its rows name.
IN_ITS_PLACE = {"area_name", "source"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def _texts_of(asset: Asset) -> list[str]:
    lines = (asset.name, asset.description, asset.cost, asset.website, asset.organisation, asset.source_ref)
    contacts = [text for one in asset.contacts for text in (one.name, one.phone, one.email)]
    return [*lines, asset.opening_hours, asset.opening_notes, *asset.place.address, asset.place.postcode, *contacts]


def _check(drafts: list[Draft]) -> None:
    """Fail unless what may come in is clean text, a web link is one, and what may not says why."""
    for draft in drafts:
        assert all(problem.reason for problem in draft.problems)
        if not draft.problems:
            assert not any(_CONTROL.search(text) for text in _texts_of(draft.asset))
            assert not draft.asset.website or not website_problem(draft.asset.website)


def _rows(payload: str) -> list[dict[str, str]]:
    plain = {"name": "Hall", "type": "library", "postcode": "M1 1AA"}
    return [{**plain, field: payload} for field in FIELDS]


def _csv(rows: list[dict[str, str]]) -> bytes:
    held = io.StringIO()
    writer = csv.DictWriter(held, fieldnames=[*FIELDS, "type"], restval="")
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode()


def _read(sheet: Sheet) -> list[Draft]:
    choices = propose_choices(sheet, taxonomy=TAXONOMY, source="list")
    drafts = read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=NoGazetteer())
    plan = make_plan(drafts, holdings=FakeRegister())
    assert plan.rows == len(drafts)
    write_rejects(sheet, plan=plan)
    return drafts


def test_there_are_at_least_300_payloads_of_every_sort() -> None:
    assert len(set(PAYLOADS)) >= 300
    for needle in ("${", "onerror", "javascript:", "\u202e", "\u200b", "=HYPERLINK", "DROP TABLE", "@SUM"):
        assert any(needle in payload for payload in PAYLOADS)
    assert max(map(len, PAYLOADS)) > 10_000


def test_every_payload_comes_in_by_csv_as_text_or_is_refused() -> None:
    rows = [row for payload in PAYLOADS if "\x00" not in payload and len(payload) < 5_000 for row in _rows(payload)]
    drafts = _read(read_upload(_csv(rows), file_name="list.csv"))
    assert len(drafts) == len(rows)
    _check(drafts)


@pytest.mark.parametrize("payload", [one for one in PAYLOADS if "\x00" in one or len(one) >= 5_000])
def test_what_no_table_can_hold_is_refused_or_cleaned(payload: str) -> None:
    content = _csv(_rows(payload))
    try:
        _check(_read(read_upload(content, file_name="list.csv")))
    except UploadError as refusal:
        assert refusal.todo  # noqa: PT017


def _square(payloads: list[str]) -> list[list[str]]:
    """Return rows in which every payload stands in every column once."""
    fields = all_fields()
    return [[payloads[(at + way) % len(payloads)] for way in range(len(fields))] for at in range(len(payloads))]


def _is_understood(field: str, text: str) -> bool:
    """Return whether a cell is a number, a yes or no, or words around a way to reach somebody: kept as what it is."""
    if field in ("phone", "email", "contact"):
        return bool(contacts_in(text, name="", audience=Audience.PARTNERS))
    return number(text) is not None or yes_no(text) or says_no(text) if field in NUMBERS or ":" in field else False


def _lost(sheet: Sheet) -> set[str]:
    """Return the fields of which something was neither kept nor said to be left out."""
    fields = sheet.columns
    choices = ImportChoices(source="list", mapping={field: field for field in fields})
    drafts = read_sheet(sheet, choices=choices, taxonomy=TAXONOMY, gazetteer=NoGazetteer())
    _check(drafts)
    assert len(drafts) == len(sheet.rows)
    lost = set()
    for draft, row in zip(drafts, sheet.rows, strict=True):
        kept = " ".join(" ".join(_leaves(asset_to_json(draft.asset))).split())
        said = {problem.column for problem in (*draft.problems, *draft.notes)}
        for field, text in zip(fields, row, strict=True):
            is_kept = all(" ".join(line.split()) in kept for line in text.split("\n"))
            if not (is_kept or field in said or is_blank(text) or _is_understood(field, text)):
                lost.add(field)
    return lost


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)


def test_every_payload_in_every_column_of_a_spreadsheet_is_kept_or_said_to_be_left_out() -> None:
    plain = [one for one in PAYLOADS if "\x00" not in one and len(one) < 5_000]
    held = io.StringIO()
    csv.writer(held).writerows([all_fields(), *_square(plain)])
    assert _lost(read_upload(held.getvalue().encode(), file_name="list.csv")) == IN_ITS_PLACE
    kept = [one for one in plain if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", one)]
    content = write_workbook(columns=all_fields(), rows=_square(kept))
    assert _lost(read_upload(content, file_name="list.xlsx")) == IN_ITS_PLACE
    features = [{"properties": dict(zip(all_fields(), row, strict=True)), "geometry": None} for row in _square(plain)]
    sheet = read_upload(json.dumps({"features": features}).encode(), file_name="list.geojson")
    assert _lost(replace(sheet, columns=sheet.columns[:-2], rows=tuple(row[:-2] for row in sheet.rows))) == IN_ITS_PLACE


@pytest.mark.parametrize("heading", PAYLOADS[::7])
def test_a_payload_as_a_heading_or_a_file_name_is_only_a_heading(heading: str) -> None:
    content = json.dumps({"type": "FeatureCollection", "features": [
        {"properties": {heading: "x", "name": "Hall"}, "geometry": {"type": "Point", "coordinates": [-2.2, 53.4]}}
    ]}).encode()  # fmt: skip
    drafts = _read(read_upload(content, file_name=f"{heading}.geojson"))
    assert len(drafts) == 1
    _check(drafts)


def test_every_payload_comes_in_by_geojson_and_by_open_referral_as_text() -> None:
    point = {"type": "Point", "coordinates": [-2.2, 53.4]}
    features = [{"properties": {**row, "type": "library"}, "geometry": point} for one in PAYLOADS for row in _rows(one)]
    short = [one for one in features if all(len(text) < 15_000 for text in one["properties"].values())]  # type: ignore[attr-defined]
    _check(_read(read_upload(json.dumps({"features": short}).encode(), file_name="list.geojson")))
    services = [
        {**write_service(asset, taxonomy=TAXONOMY), "url": text, "name": text, "status": text, "assured_date": text}
        for asset, text in zip(storable_assets(), PAYLOADS, strict=True)
    ]
    read = services_in(json.dumps({"contents": services}).encode())
    drafts = draft_services(read, taxonomy=TAXONOMY, source="feed")
    assert len(drafts) == len(PAYLOADS)
    _check(drafts)


def test_half_a_letter_is_dropped_on_the_way_in() -> None:
    properties = b'{"name": "Hall \\ud800", "amenity": "library", "address": "x", "\\udfff": "x"}'
    body = b'{"features": [{"geometry": null, "properties": ' + properties + b"}]}"
    (draft,) = _read(read_upload(body, file_name="list.geojson"))
    assert draft.asset.name == "Hall"
    (service,) = services_in(b'{"contents": [{"id": "\\ud800", "name": "Library \\ud800"}]}')
    (draft,) = draft_services([service], taxonomy=TAXONOMY, source="feed")
    assert draft.asset.name == "Library"


def test_every_payload_comes_in_by_openstreetmap_as_text(tmp_path: Path) -> None:
    path = tmp_path / "x.osm.pbf"
    kept = [one for one in PAYLOADS if "\x00" not in one and len(one.encode()) < 1_000]
    writer = osmium.SimpleWriter(str(path))
    for at in range(len(kept)):
        tags = {name: kept[(at + way) % len(kept)] for way, name in enumerate(TAGS)}
        writer.add_node(osmium.osm.mutable.Node(id=at + 1, location=(-2.2, 53.4), tags={**tags, "amenity": "library"}))
    writer.close()
    drafts = read_osm(path, taxonomy=TAXONOMY)
    assert len(drafts) == len(kept)
    _check(drafts)


def test_no_cell_of_a_csv_begins_a_formula_and_all_comes_back() -> None:
    assets = storable_assets()
    text = export_assets(assets, form=Format.CSV, actor=local_actor()).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) == len(COLUMNS) * (len(assets) + 1)
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not numbers.fullmatch(cell)] == []


def test_a_workbook_has_text_and_no_formula() -> None:
    assets = [one for one in storable_assets() if len(one.description) < 5_000]
    content = export_assets(assets, form=Format.XLSX, actor=local_actor())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    descriptions = [str(row[COLUMNS.index("description")]) for row in rows[1:]]
    assert "=1+1" in descriptions
    assert "<f>" not in _sheet_xml(content)


def _sheet_xml(content: bytes) -> str:
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_geojson_can_stand_in_a_script_and_is_still_the_same_text() -> None:
    assets = storable_assets()
    content = export_assets(assets, form=Format.GEOJSON, actor=local_actor())
    assert b"<" not in content
    assert "\u2028" not in content.decode()
    features = json.loads(content)["features"]
    assert [one["properties"].get("description", "") for one in features] == [one.description for one in assets]


def test_a_geopackage_holds_the_text_as_it_is(tmp_path: Path) -> None:
    assets = storable_assets()
    path = tmp_path / "x.gpkg"
    path.write_bytes(export_assets(assets, form=Format.GEOPACKAGE, actor=local_actor()))
    frame = geopandas.read_file(path)
    assert list(frame["name"]) == [one.name for one in assets]
    assert frame.crs.to_epsg() == 4326
    assert isinstance(frame, pd.DataFrame)


def test_open_referral_says_every_payload_back_word_for_word_and_valid(real_data: Path) -> None:
    for asset in storable_assets():
        sent = json.loads(json.dumps(write_service(asset, taxonomy=TAXONOMY)))
        assert read_service(sent, taxonomy=TAXONOMY, is_own=True) == asset
        assert complaints(real_data, "service", sent) == []


@pytest.mark.parametrize("name", SERVICES)
def test_a_payload_as_a_parameter_is_words_to_look_for_or_is_refused_by_name(name: str) -> None:
    for payload in PAYLOADS:
        try:
            asked = read_query({name: payload})
        except UploadError as refusal:
            assert name in str(refusal)  # noqa: PT017
        else:
            query = as_register_query(asked, taxonomy=TAXONOMY)
            assert not query.narrowing.terms
            assert not query.narrowing.fields


def test_payloads_as_names_neither_break_nor_slow_the_search_for_duplicates() -> None:
    assets = storable_assets()
    index = DuplicateIndex(assets)
    assert len(index) == len(assets)
    assert {match.at for match in index.find(assets)} <= set(range(len(assets)))


def test_clean_text_stays_clean() -> None:
    for payload in PAYLOADS:
        assert clean_words(clean_words(payload)) == clean_words(payload)
        assert "\n" not in clean_line(payload)
