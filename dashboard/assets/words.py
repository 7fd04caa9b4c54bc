"""An entry's fields in plain words: on its page, in its history, and where two versions of it differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.register.model import Asset, Availability, Precision
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy
from dashboard.words import join

LABELS: dict[str, str] = {
    "name": "Name",
    "kind": "Kind",
    "description": "What it is and does",
    "offers": "What it offers",
    "audiences": "Who it is for",
    "audience_words": "More on who it is for",
    "min_age": "Youngest age",
    "max_age": "Oldest age",
    "availability": "Can it take people now?",
    "referral": "How to come to it",
    "referral_words": "More on how to come to it",
    "meets": "How it meets people",
    "opening_hours": "Opening hours",
    "opening_notes": "More on when it is open",
    "is_free": "Is it free?",
    "cost": "Cost",
    "place": "Place",
    "service_areas": "Areas it serves",
    "service_area_words": "More on where it works",
    "contacts": "Contacts",
    "website": "Website",
    "accessibility": "Getting in and taking part",
    "accessibility_words": "More on getting in and taking part",
    "languages": "Languages",
    "organisation": "Organisation",
    "organisation_sort": "Sort of organisation",
    "source": "Where this entry came from",
    "source_ref": "Its reference there",
    "licence": "Licence",
    "confirmed_on": "Confirmed on",
    "confirmed_by": "Confirmed by",
    "next_check_due": "Next check due",
}
AVAILABILITY: dict[Availability, str] = {
    Availability.UNKNOWN: "Nobody has said",
    Availability.OPEN: "Yes, it can take people now",
    Availability.WAITING_LIST: "There is a waiting list",
    Availability.FULL: "It is full",
    Availability.PAUSED: "It has paused",
}
NOTHING = "nothing"
_CONTACT_PARTS = ("name", "title", "phone", "email")


@dataclass(frozen=True)
class Naming:
    """What ids and codes are called.

    Parameters
    ----------
    area_name
        Returns the name of an area by its code; of an unknown one, the code.
    """

    taxonomy: Taxonomy
    area_name: Callable[[str], str]

    def terms(self, field: str, term_ids: tuple[str, ...] | list[str]) -> str:
        """Return terms of a field's list in words."""
        return ", ".join(self.taxonomy.name_of(FACET_OF_FIELD[field], one) for one in term_ids)


def field_words(field: str, value: Any, *, naming: Naming) -> str:  # noqa: ANN401
    """Return a field's value, as JSON has it, in words; “nothing” when it is empty."""
    if value is None or value in ("", [], ()):
        return AVAILABILITY[Availability.UNKNOWN] if field == "availability" else NOTHING
    if field in FACET_OF_FIELD:
        return naming.terms(field, [value] if isinstance(value, str) else value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    said: dict[str, Callable[[], str]] = {
        "availability": lambda: AVAILABILITY[Availability(value)],
        "contacts": lambda: "; ".join(contact_words(one) for one in value),
        "service_areas": lambda: ", ".join(map(naming.area_name, value)),
        "place": lambda: _place_words(value, naming),
    }
    return said[field]() if field in said else str(value)


def contact_words(contact: Mapping[str, Any]) -> str:
    """Return a contact in one line, with who may see it."""
    said = ", ".join(contact[part] for part in _CONTACT_PARTS if contact[part])
    return f"{said} (for {'everyone' if contact['audience'] == 'public' else 'partners only'})"


def where_words(asset: Asset, *, naming: Naming) -> str:
    """Return in a few words where an asset is, as far as it may be shown."""
    place = asset.place
    if place.precision is Precision.NONE:
        served = [*map(naming.area_name, asset.service_areas), asset.service_area_words]
        return f"Serves {join([one for one in served if one])}"
    lsoa = naming.area_name(place.lsoa21_code) if place.lsoa21_code else ""
    if place.precision is Precision.ROUGH:
        return f"Somewhere in {lsoa}" if lsoa else "Its place is not shown"
    return ", ".join(filter(None, (*place.address, place.postcode))) or lsoa or "A point on the map"


def age_words(asset: Asset) -> str:
    """Return the ages that an asset takes; nothing when nobody has said."""
    if asset.min_age is not None and asset.max_age is not None:
        return f"{asset.min_age} to {asset.max_age} years"
    if asset.min_age is not None:
        return f"{asset.min_age} years and over"
    return f"Up to {asset.max_age} years" if asset.max_age is not None else ""


def _place_words(place: Mapping[str, Any], naming: Naming) -> str:
    shown = {
        Precision.EXACT: "shown exactly",
        Precision.ROUGH: "shown only roughly",
        Precision.NONE: "no place, only an area it serves",
    }[Precision(place["precision"])]
    if place["precision"] == Precision.NONE:
        return shown
    point = f"point {place['lat']:.5f}, {place['lon']:.5f}" if place["lon"] is not None else ""
    lsoa = naming.area_name(place["lsoa21_code"]) if place["lsoa21_code"] else ""
    return f"{', '.join(filter(None, (*place['address'], place['postcode'], lsoa, point)))} ({shown})"
