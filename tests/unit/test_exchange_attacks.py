"""Every payload goes through every way in and out as text: kept, refused or cleaned, and never run."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import geopandas
import osmium
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from dashboard.register.actor import local_actor
from dashboard.register.duplicates import DuplicateIndex
from dashboard.register.exchange.drafts import Draft
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
from dashboard.register.exchange.sheet import Sheet
from dashboard.register.exchange.tables_out import COLUMNS, Format, export_assets
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.exchange.workbooks import write_workbook
from dashboard.register.model import Asset, Contact, Place, Precision
from dashboard.register.rules.reach import website_problem
from dashboard.register.rules.text import clean_line, clean_words
from dashboard.register.rules.tidying import tidy_asset
from dashboard.register.taxonomy import read_taxonomy
from tests.open_referral_schemas import complaints
from tests.payloads import read_payloads
from tests.register_fakes import FakeRegister

TAXONOMY = read_taxonomy()
PAYLOADS = read_payloads()
FIELDS = ["name", "description", "address", "postcode", "website", "contact", "opening hours", "cost", "offers", "id"]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]")


def _assets() -> list[Asset]:
    """Return a valid asset for each payload, with it in every field that takes free text."""
    return [
        tidy_asset(
            Asset(
                asset_id=f"a{at}",
                name=f"n {text}"[:200],
                kind="other",
                description=text,
                opening_notes=text,
                cost=text[:300],
                audience_words=text,
                referral_words=text,
                organisation=text,
                service_area_words=text,
                source=text,
                source_ref=text,
                licence=text,
                contacts=(Contact(name=text, title=text),),
                place=Place(precision=Precision.EXACT, lon=-2.2, lat=53.4, address=(text, text)),
            )
        )
        for at, text in enumerate(PAYLOADS)
    ]


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


def test_every_payload_comes_in_by_workbook_as_text() -> None:
    kept = [
        one for one in PAYLOADS if len(one) < 5_000 and not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", one)
    ]
    rows = [[row.get(name, "") for name in [*FIELDS, "type"]] for one in kept for row in _rows(one)[:3]]
    drafts = _read(read_upload(write_workbook(columns=[*FIELDS, "type"], rows=rows), file_name="list.xlsx"))
    assert len(drafts) == len(rows)
    _check(drafts)


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
    short = [one for one in features if all(len(text) < 15_000 for text in one["properties"].values())]  # type: ignore[union-attr,attr-defined]
    _check(_read(read_upload(json.dumps({"features": short}).encode(), file_name="list.geojson")))
    services = [
        {**write_service(asset, taxonomy=TAXONOMY), "url": text, "name": text, "status": text, "assured_date": text}
        for asset, text in zip(_assets(), PAYLOADS, strict=True)
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
    for at, text in enumerate(kept, start=1):
        tags = {"name": text, "amenity": "library", "opening_hours": text, "website": text, "phone": text}
        writer.add_node(osmium.osm.mutable.Node(id=at, location=(-2.2, 53.4), tags=tags))
    writer.close()
    drafts = read_osm(path, taxonomy=TAXONOMY)
    assert len(drafts) == len(kept)
    _check(drafts)


def test_no_cell_of_a_csv_begins_a_formula_and_all_comes_back() -> None:
    assets = _assets()
    text = export_assets(assets, form=Format.CSV, actor=local_actor()).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) == len(COLUMNS) * (len(assets) + 1)
    numbers = re.compile(r"-?\d+(\.\d+)?")
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and not numbers.fullmatch(cell)] == []


def test_a_workbook_has_text_and_no_formula() -> None:
    assets = [one for one in _assets() if len(one.description) < 5_000]
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
    assets = _assets()
    content = export_assets(assets, form=Format.GEOJSON, actor=local_actor())
    assert b"<" not in content
    assert "\u2028" not in content.decode()
    features = json.loads(content)["features"]
    assert [one["properties"].get("description", "") for one in features] == [one.description for one in assets]


def test_a_geopackage_holds_the_text_as_it_is(tmp_path: Path) -> None:
    assets = _assets()
    path = tmp_path / "x.gpkg"
    path.write_bytes(export_assets(assets, form=Format.GEOPACKAGE, actor=local_actor()))
    frame = geopandas.read_file(path)
    assert list(frame["name"]) == [one.name for one in assets]
    assert frame.crs.to_epsg() == 4326
    assert isinstance(frame, pd.DataFrame)


def test_open_referral_says_every_payload_back_word_for_word_and_valid(real_data: Path) -> None:
    for asset in _assets():
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
    assets = _assets()
    index = DuplicateIndex(assets)
    assert len(index) == len(assets)
    assert {match.at for match in index.find(assets)} <= set(range(len(assets)))


def test_clean_text_stays_clean() -> None:
    for payload in PAYLOADS:
        assert clean_words(clean_words(payload)) == clean_words(payload)
        assert "\n" not in clean_line(payload)
