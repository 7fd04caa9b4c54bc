"""What a person types into the form, as plain values, and the asset that it makes; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard.register.exchange.hours_words import read_hours_words
from dashboard.register.model import Asset, Audience, Availability, Contact, Place, Precision

Typed = dict[str, Any]

LINES = (
    "name",
    "audience_words",
    "referral_words",
    "opening_hours",
    "cost",
    "website",
    "organisation",
    "service_area_words",
    "source",
    "source_ref",
    "licence",
)
WORDS = ("description", "opening_notes", "accessibility_words")
LISTS = ("offers", "audiences", "referral", "meets", "languages", "accessibility", "service_areas")
CHOICES = ("kind", "organisation_sort")
AGES = ("min_age", "max_age")
CONTACT_PARTS = ("name", "title", "phone", "email")
PLACE_PARTS = ("where", "point", "address", "precision")
FREE = {True: "yes", False: "no", None: ""}


def typed_of(asset: Asset) -> Typed:
    """Return what stands in the form of an asset, by field."""
    typed: Typed = {name: getattr(asset, name) for name in (*LINES, *WORDS, *AGES)}
    typed |= {name: getattr(asset, name) or None for name in CHOICES}
    typed |= {name: list(getattr(asset, name)) for name in LISTS}
    typed |= {"availability": str(asset.availability), "is_free": FREE[asset.is_free]}
    for at, contact in enumerate(asset.contacts):
        typed |= typed_contact(contact, at)
    return typed | typed_place(asset.place)


def typed_contact(contact: Contact, at: int) -> Typed:
    """Return what stands in the boxes of one contact."""
    typed: Typed = {contact_field(at, part): getattr(contact, part) for part in CONTACT_PARTS}
    return typed | {contact_field(at, "audience"): str(contact.audience)}


def typed_place(place: Place) -> Typed:
    """Return what stands in the boxes of the place; a point is “latitude, longitude” in degrees."""
    point = f"{place.lat:.6f}, {place.lon:.6f}" if place.lat is not None and place.lon is not None else ""
    is_bare = place.lsoa21_code and not place.postcode and not point
    return {
        "where": place.lsoa21_code if is_bare else place.postcode,
        "point": point,
        "address": "\n".join(place.address),
        "precision": str(place.precision),
    }


def contact_field(at: int, part: str) -> str:
    """Return the name of a contact's box, as the register's refusals name it."""
    return f"contacts[{at}].{part}"


def asset_of(typed: Mapping[str, Any], *, base: Asset, place: Place) -> Asset:
    """Return the asset that was typed; what the form does not ask for stays as it was.

    Parameters
    ----------
    place
        The place that was found for what was typed of it.
    """
    made: dict[str, Any] = {name: typed.get(name) or "" for name in (*LINES, *WORDS, *CHOICES)}
    made |= {name: tuple(typed.get(name) or ()) for name in LISTS}
    made |= {name: typed.get(name) for name in AGES}
    made["opening_hours"] = read_hours_words(made["opening_hours"]) or made["opening_hours"]
    made["availability"] = Availability(typed.get("availability") or "")
    made["is_free"] = {"yes": True, "no": False}.get(str(typed.get("is_free") or ""))
    made["contacts"] = _contacts(typed)
    return replace(base, **made, place=place)


def is_untouched(typed: Mapping[str, Any], base: Place) -> bool:
    """Return whether the place stands as it was shown."""
    return all((typed.get(part) or "") == value for part, value in typed_place(base).items())


def precision_of(typed: Mapping[str, Any]) -> Precision:
    """Return how closely the place may be shown."""
    return Precision(typed.get("precision") or Precision.EXACT)


def _contacts(typed: Mapping[str, Any]) -> tuple[Contact, ...]:
    found, at = [], 0
    while contact_field(at, "name") in typed:
        parts = {part: typed.get(contact_field(at, part)) or "" for part in CONTACT_PARTS}
        audience = Audience(typed.get(contact_field(at, "audience")) or Audience.PARTNERS)
        found.append(Contact(**parts, audience=audience))
        at += 1
    return tuple(found)
