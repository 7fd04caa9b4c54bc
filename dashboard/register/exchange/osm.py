"""OpenStreetMap extracts (.osm.pbf), read by DuckDB; the map's own licence goes with every entry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
from duckdb_extensions import import_extension

from dashboard.register.exchange.contacts_words import contacts_in
from dashboard.register.exchange.drafts import Draft
from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.limits import MAX_ROWS
from dashboard.register.exchange.reading import check_draft
from dashboard.register.model import VERSIONED_FIELDS, Asset, Audience, Place, Precision
from dashboard.register.rules.hours import hours_problem
from dashboard.register.rules.reach import is_postcode, tidy_postcode, tidy_website, website_problem
from dashboard.register.rules.text import clean_line
from dashboard.register.taxonomy import TAXONOMY_DIR, Taxonomy

SOURCE = "OpenStreetMap"
LICENCE = "© OpenStreetMap contributors, ODbL 1.0"
MAX_PBF_BYTES = 2_500_000_000
_TOLD = frozenset(VERSIONED_FIELDS)
_SQL = Path(__file__).with_name("osm.sql")
# Every .osm.pbf begins with a block whose type is written out after its length.
_PBF_HEAD = b"OSMHeader"
_ACCESS = {"wheelchair": "step_free", "hearing_loop": "hearing_loop", "toilets:wheelchair": "accessible_toilet"}
_WIFI = frozenset({"wlan", "yes", "wifi"})


def read_osm(path: Path, *, taxonomy: Taxonomy) -> list[Draft]:
    """Return a draft for each named place of an extract that has one of the tags of osm_mapping.toml.

    Raises
    ------
    UploadError
        If the file is no extract, or too big.
    """
    _check_file(path)
    tags = list(_kinds())
    bound = {
        "path": str(path),
        "keys": [key for key, _ in tags],
        "values": [value for _, value in tags],
        "most": MAX_ROWS + 1,
    }
    with duckdb.connect() as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        try:
            rows = con.execute(_SQL.read_text(encoding="utf-8"), bound).fetchall()
        except duckdb.Error as error:
            raise _no_extract() from error
    if len(rows) > MAX_ROWS:
        raise UploadError(f"The extract has more than {MAX_ROWS:,} places.", todo="Cut out a smaller area.")
    return [
        check_draft(row, tagged_asset(ref, tags=tags, lon=lon, lat=lat), taxonomy=taxonomy, told=_TOLD)
        for row, (ref, tags, lon, lat) in enumerate(rows, start=1)
    ]


def is_osm(path: Path) -> bool:
    """Return whether a file begins as every .osm.pbf does."""
    with path.open("rb") as file:
        return _PBF_HEAD in file.read(64)


def tagged_asset(ref: str, *, tags: Mapping[str, str], lon: float | None, lat: float | None) -> Asset:
    """Return an asset of the tags of a node or way."""
    website = tidy_website(clean_line(tags.get("website") or tags.get("contact:website") or ""))
    hours = clean_line(tags.get("opening_hours", ""))
    is_readable = bool(hours) and not hours_problem(hours)
    reach = "\n".join(tags.get(name, "") for name in ("phone", "contact:phone", "email", "contact:email"))
    return Asset(
        name=tags.get("name", ""),
        kind=next((kind for (key, value), kind in _kinds().items() if tags.get(key) == value), ""),
        description=tags.get("description", ""),
        offers=("free_wifi",) if tags.get("internet_access") in _WIFI else (),
        accessibility=tuple(term for key, term in _ACCESS.items() if tags.get(key) == "yes"),
        opening_hours=hours if is_readable else "",
        opening_notes="" if is_readable else hours,
        website="" if website_problem(website or "https://example.org") else website,
        contacts=contacts_in(reach, name="", audience=Audience.PUBLIC),
        organisation=tags.get("operator", ""),
        place=_place(tags, lon=lon, lat=lat),
        source=SOURCE,
        source_ref=ref,
        licence=LICENCE,
    )


def _place(tags: Mapping[str, str], *, lon: float | None, lat: float | None) -> Place:
    street = " ".join(filter(None, (tags.get("addr:housenumber"), tags.get("addr:street"))))
    postcode = tidy_postcode(clean_line(tags.get("addr:postcode", "")).upper())
    return Place(
        precision=Precision.EXACT,
        lon=lon,
        lat=lat,
        postcode=postcode if is_postcode(postcode) else "",
        address=tuple(filter(None, (tags.get("addr:housename", ""), street, tags.get("addr:city", "")))),
    )


@cache
def _kinds() -> dict[tuple[str, str], str]:
    told = tomllib.loads((TAXONOMY_DIR / "osm_mapping.toml").read_text(encoding="utf-8"))
    return {(tag["key"], tag["value"]): tag["kind"] for tag in told["tag"]}


def _check_file(path: Path) -> None:
    if path.stat().st_size > MAX_PBF_BYTES:
        raise UploadError("The extract is bigger than 2.5 GB.", todo="Cut out a smaller area.")
    if not is_osm(path):
        raise _no_extract()


def _no_extract() -> UploadError:
    return UploadError("The file is not an OpenStreetMap extract.", todo="Choose a file that ends in .osm.pbf.")
