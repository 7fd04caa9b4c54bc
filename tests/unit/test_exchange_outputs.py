"""What goes out shows only what the reader may see, and our own import knows every column again."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import geopandas
import pytest

from dashboard.register.actor import THE_PUBLIC, Actor, Role, local_actor
from dashboard.register.exchange.columns import propose_columns
from dashboard.register.exchange.tables_out import COLUMNS, MEDIA_TYPES, Format, export_assets
from dashboard.register.exchange.uploads import read_upload
from dashboard.register.model import Asset, Audience, Contact, Place, Precision
from dashboard.register.rules.tidying import tidy_asset

PARTNER = Actor(actor_id="p", roles=frozenset({Role.PARTNER}))
MIDDLES = {"E01000001": (-2.25, 53.45)}
AID = tidy_asset(
    Asset(
        asset_id="aid",
        name="Street Aid",
        kind="mutual_aid",
        contacts=(
            Contact(phone="0161 496 0000", audience=Audience.PUBLIC),
            Contact(email="secret@example.org", audience=Audience.PARTNERS),
        ),
        place=Place(
            precision=Precision.ROUGH, lon=-2.24, lat=53.48, postcode="M1 1AA", lsoa21_code="E01000001",
            address=("12 Private Street",),
        ),
        is_free=True,
        min_age=18,
    )
)  # fmt: skip
HALL = tidy_asset(Asset(asset_id="hall", name="Hall", kind="village_hall", service_area_words="Everywhere"))
SECRETS = ("secret@example.org", "12 Private Street", "M1 1AA", "53.48")


def _as_text(content: bytes, form: Format, folder: Path) -> str:
    if form is Format.XLSX:
        return str(read_upload(content, file_name="x.xlsx").rows)
    if form is Format.GEOPACKAGE:
        (folder / "x.gpkg").write_bytes(content)
        frame = geopandas.read_file(folder / "x.gpkg")
        return frame.to_csv()
    return content.decode("utf-8-sig")


@pytest.mark.parametrize("form", list(Format))
def test_the_public_sees_neither_partners_contacts_nor_the_exact_place(form: Format, tmp_path: Path) -> None:
    public = _as_text(export_assets([AID, HALL], form=form, centroids=MIDDLES), form, tmp_path)
    assert "Street Aid" in public
    assert "Hall" in public
    assert "0161 496 0000" in public
    assert "53.45" in public
    assert [secret for secret in SECRETS if secret in public] == []
    full = _as_text(export_assets([AID], form=form, actor=local_actor()), form, tmp_path)
    assert [secret for secret in SECRETS if secret not in full] == []
    assert form in MEDIA_TYPES


def test_a_partner_sees_partners_contacts_but_no_exact_place() -> None:
    text = export_assets([AID], form=Format.CSV, actor=PARTNER, centroids=MIDDLES).decode()
    assert "secret@example.org" in text
    assert "12 Private Street" not in text


def test_a_rough_place_whose_middle_is_unknown_has_no_point() -> None:
    (feature,) = json.loads(export_assets([AID], form=Format.GEOJSON, actor=THE_PUBLIC))["features"]
    assert feature["geometry"] is None


def test_an_export_of_nothing_is_a_file_with_headings() -> None:
    (row,) = csv.reader(io.StringIO(export_assets([], form=Format.CSV).decode("utf-8-sig")))
    assert tuple(row) == COLUMNS
    assert json.loads(export_assets([], form=Format.GEOJSON))["features"] == []
    assert export_assets([], form=Format.GEOPACKAGE).startswith(b"SQLite format 3")


def test_our_import_knows_every_column_of_our_export_that_it_may_take() -> None:
    sheet = read_upload(export_assets([AID, HALL], form=Format.CSV, actor=local_actor()), file_name="x.csv")
    unknown = {one.column for one in propose_columns(sheet) if not one.field}
    # Its id and who confirmed it are the register's to say, not a file's.
    assert unknown == {"asset_id", "confirmed_on", "confirmed_by"}
