"""Entries as CSV, XLSX, GeoJSON and GeoPackage: one row for each, with only what the reader may see."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd

from dashboard.csv_text import write_csv
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.exchange.geojson import write_geojson
from dashboard.register.exchange.workbooks import write_workbook
from dashboard.register.model import Asset
from dashboard.register.rules.places import WGS84
from dashboard.register.rules.redaction import redact

_TEXTS = (
    "description", "audience_words", "referral_words", "opening_hours", "opening_notes", "accessibility_words", "cost",
    "website", "organisation", "organisation_sort", "service_area_words", "source", "source_ref", "licence",
)  # fmt: skip
_LISTS = ("offers", "audiences", "referral", "meets", "languages", "accessibility", "service_areas")
Centroids = Mapping[str, tuple[float, float]]


class Format(StrEnum):
    """A way out of the register; the value is the ending of the file."""

    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    GEOPACKAGE = "gpkg"


MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.GEOJSON: "application/geo+json",
    Format.GEOPACKAGE: "application/geopackage+sqlite3",
}


def export_assets(
    assets: Iterable[Asset],
    *,
    form: Format,
    actor: Actor = THE_PUBLIC,
    centroids: Centroids | None = None,
) -> bytes:
    """Return assets as a file of a form, with only what an actor may see.

    Parameters
    ----------
    centroids
        Longitude and latitude of the middle of LSOAs by code, for rough places; one without has no point.
    """
    middles = centroids or {}
    seen = (redact(one, actor=actor, centroid=middles.get(one.place.lsoa21_code)) for one in assets)
    return write_assets(seen, form=form)


def write_assets(seen: Iterable[Asset], *, form: Format) -> bytes:
    """Return assets as a file of a form, all that they say: what a reader may not see is left out already."""
    rows = [public_row(one) for one in seen]
    if form is Format.GEOJSON:
        return write_geojson(rows)
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    if form is Format.CSV:
        return write_csv(frame)
    if form is Format.XLSX:
        return write_workbook(columns=list(COLUMNS), rows=(tuple(row.values()) for row in rows))
    return _geopackage(frame)


def public_row(asset: Asset) -> dict[str, Any]:
    """Return an asset as one row of plain values, under names that the import knows again."""
    place, trust, contacts = asset.place, asset.trust, asset.contacts
    return {
        "asset_id": asset.asset_id,
        "name": asset.name,
        "kind": asset.kind,
        **{name: getattr(asset, name) for name in _TEXTS},
        **{name: "; ".join(getattr(asset, name)) for name in _LISTS},
        "availability": str(asset.availability.value),
        "is_free": {True: "yes", False: "no", None: ""}[asset.is_free],
        "min_age": asset.min_age,
        "max_age": asset.max_age,
        "contact_name": "; ".join(filter(None, (one.name for one in contacts))),
        "phone": "; ".join(filter(None, (one.phone for one in contacts))),
        "email": "; ".join(filter(None, (one.email for one in contacts))),
        "address": ", ".join(place.address),
        "postcode": place.postcode,
        "precision": str(place.precision.value),
        "lsoa21_code": place.lsoa21_code,
        "lon": place.lon,
        "lat": place.lat,
        "easting": place.easting,
        "northing": place.northing,
        "confirmed_on": trust.confirmed_on.isoformat() if trust.confirmed_on else "",
        "confirmed_by": trust.confirmed_by,
    }


COLUMNS = tuple(public_row(Asset(name="", kind="")))


def _geopackage(frame: pd.DataFrame) -> bytes:
    lon, lat = (frame[name].astype(float) for name in ("lon", "lat"))
    numbers = {name: frame[name].astype("Int64") for name in ("min_age", "max_age")}
    floats = {name: frame[name].astype(float) for name in ("lon", "lat", "easting", "northing")}
    points = geopandas.GeoSeries(geopandas.points_from_xy(lon, lat), crs=WGS84, index=frame.index)
    points[lon.isna()] = None
    layer = geopandas.GeoDataFrame(frame.assign(**numbers, **floats), geometry=points, crs=WGS84)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "assets.gpkg"
        layer.to_file(path, layer="assets", driver="GPKG", engine="pyogrio")
        return path.read_bytes()
