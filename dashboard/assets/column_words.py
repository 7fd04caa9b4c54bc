"""What a column of a list may hold, in plain words, in the order in which a person looks for it; pure."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.assets.words import LABELS
from dashboard.register.exchange.columns import all_fields
from dashboard.register.exchange.hours_words import DAYS
from dashboard.register.taxonomy import Taxonomy

LEFT_OUT = ""
_FIRST = ("name", "kind", "description", "address", "postcode", "phone", "email", "website", "opening_hours")
_COLUMNS = {
    "source_ref": "Its id in this list",
    "address": "Address (or a part of it)",
    "postcode": "Postcode",
    "uprn": "UPRN",
    "lon": "Longitude",
    "lat": "Latitude",
    "easting": "Easting",
    "northing": "Northing",
    "lsoa21_code": "LSOA code (2021)",
    "precision": "How exactly its place is shown",
    "phone": "Telephone number",
    "email": "E-mail address",
    "contact": "Contact (telephone, e-mail or website)",
    "contact_name": "Name of the contact",
    "area_name": "Name of its area or council",
    "area_code": "Code of its area or council",
    "closed": "Whether it has closed",
    **{day: f"Opening hours on {day.capitalize()}" for day in DAYS},
}


def column_choices(taxonomy: Taxonomy) -> Mapping[str, str]:
    """Return what a column may hold, each field with its words; the first is to leave the column out."""
    named = {field: _words(field, taxonomy) for field in (*_FIRST, *all_fields())}
    return {LEFT_OUT: "Leave this column out", **named}


def _words(field: str, taxonomy: Taxonomy) -> str:
    facet, _, term = field.partition(":")
    if term:
        return f"{LABELS[facet]}: {taxonomy.name_of(facet, term)} (yes or no)"
    return _COLUMNS.get(field) or LABELS[field]
