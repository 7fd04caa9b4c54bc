"""An asset as a service of Open Referral UK 3.0, with its organisation, location, schedules and terms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dashboard.register.exchange.open_referral.ids import (
    at_location_id,
    object_id,
    organization_id,
    service_id,
)
from dashboard.register.exchange.open_referral.reading import EXTENSION, own_remainder
from dashboard.register.exchange.open_referral.schedules import write_schedules
from dashboard.register.exchange.open_referral.terms import held_terms, term_id, write_term
from dashboard.register.model import Asset, Availability, Contact
from dashboard.register.taxonomy import Taxonomy, Term

Json = dict[str, Any]


def write_service(asset: Asset, *, taxonomy: Taxonomy, changed_at: datetime | None = None) -> Json:
    """Return an asset as a service with all that belongs to it.

    Parameters
    ----------
    asset
        With only what the reader may see, see `rules.redaction`.
    changed_at
        When it last changed, with its time zone.
    """
    service = {**_one_to_one(asset), **_one_to_many(asset, taxonomy=taxonomy), **_modified(changed_at)}
    remainder = own_remainder(asset, service=service, taxonomy=taxonomy)
    return {**service, EXTENSION: remainder} if remainder else service


def write_listed_service(asset: Asset, *, changed_at: datetime | None = None) -> Json:
    """Return an asset as a service with only its one-to-one fields, as lists have it."""
    return {**_one_to_one(asset), **_modified(changed_at)}


def write_at_location(asset: Asset, *, taxonomy: Taxonomy, changed_at: datetime | None = None) -> Json | None:
    """Return an asset as a service at its location, with all that belongs to both; None when it has no place."""
    service = write_service(asset, taxonomy=taxonomy, changed_at=changed_at)
    places = service.pop("service_at_locations", [])
    return {**places[0], "service": service} if places else None


def write_listed_at_location(asset: Asset, *, changed_at: datetime | None = None) -> Json | None:
    """Return an asset as a service at its location with only one-to-one fields; None when it has no place."""
    places = _at_locations(asset)
    if not places:
        return None
    location = {name: value for name, value in places[0]["location"].items() if not isinstance(value, list)}
    return {**places[0], "location": location, "service": write_listed_service(asset, changed_at=changed_at)}


def write_moment(moment: datetime) -> str:
    """Return a moment with its time zone as the standard has it."""
    return moment.isoformat(timespec="milliseconds")


def _modified(changed_at: datetime | None) -> Json:
    return {"last_modified": write_moment(changed_at)} if changed_at else {}


def _filled(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _one_to_one(asset: Asset) -> Json:
    trust = asset.trust
    return _filled(
        {
            "id": service_id(asset.asset_id),
            "name": asset.name,
            "description": asset.description,
            "url": asset.website,
            "email": next((contact.email for contact in asset.contacts if contact.email), ""),
            "status": "temporarily closed" if asset.availability is Availability.PAUSED else "active",
            "minimum_age": asset.min_age,
            "maximum_age": asset.max_age,
            "assured_date": trust.confirmed_on.isoformat() if trust.confirmed_on else None,
            "eligibility_description": asset.audience_words,
            "application_process": asset.referral_words,
            "organization": _organization(asset),
        }
    )


def _one_to_many(asset: Asset, *, taxonomy: Taxonomy) -> Json:
    own = service_id(asset.asset_id)
    return _filled(
        {
            "schedules": write_schedules(opening_hours=asset.opening_hours, notes=asset.opening_notes, service=own),
            "service_areas": _service_areas(asset, own),
            "service_at_locations": _at_locations(asset),
            "languages": [
                {"id": object_id("language", own, code), "name": taxonomy.name_of("languages", code), "code": code}
                for code in asset.languages
            ],
            "cost_options": _cost_options(asset, own),
            "contacts": [_contact(contact, at, own) for at, contact in enumerate(asset.contacts)],
            "attributes": [_attribute(own, facet, term, taxonomy) for facet, term in held_terms(asset)],
        }
    )


def _organization(asset: Asset) -> Json | None:
    if not asset.organisation:
        return None
    own = organization_id(asset.organisation)
    return {"id": own, "name": asset.organisation, "description": asset.organisation}


def _service_areas(asset: Asset, own: str) -> list[Json]:
    areas: list[Json] = [
        {"id": object_id("area", own, code), "name": code, "extent": code, "extent_type": "other"}
        for code in asset.service_areas
    ]
    words = asset.service_area_words
    return [*areas, {"id": object_id("area", own, "words"), "name": words, "service_area": words}] if words else areas


def _at_locations(asset: Asset) -> list[Json]:
    place, own = asset.place, object_id("location", asset.asset_id)
    if not place.is_known:
        return []
    location: Json = {"id": own, "location_type": "physical", "name": asset.name}
    if place.lat is not None and place.lon is not None:
        location |= {"latitude": place.lat, "longitude": place.lon}
    if place.address or place.postcode:
        *before, last = place.address or ("",)
        location["addresses"] = [
            {
                "id": object_id("address", asset.asset_id),
                "address_1": ", ".join(before) or last,
                "city": last if before else "",
                "state_province": "",
                "postal_code": place.postcode,
                "country": "GB",
                "address_type": "physical",
            }
        ]
    if asset.accessibility_words:
        own_words = object_id("accessibility", asset.asset_id)
        location["accessibility"] = [{"id": own_words, "description": asset.accessibility_words}]
    return [{"id": at_location_id(asset), "service_id": service_id(asset.asset_id), "location_id": own,
             "location": location}]  # fmt: skip


def _cost_options(asset: Asset, own: str) -> list[Json]:
    if not asset.cost and not asset.is_free:
        return []
    option: Json = {"id": object_id("cost", own)}
    option |= {"amount": 0} if asset.is_free else {}
    return [option | ({"amount_description": asset.cost} if asset.cost else {})]


def _contact(contact: Contact, at: int, own: str) -> Json:
    written: Json = {"id": object_id("contact", own, str(at))}
    for name in ("name", "title", "email"):
        written |= {name: getattr(contact, name)} if getattr(contact, name) else {}
    phones = [{"id": object_id("phone", own, str(at)), "number": contact.phone}]
    return {**written, "phones": phones} if contact.phone else written


def _attribute(own: str, facet: str, term: str, taxonomy: Taxonomy) -> Json:
    known = taxonomy.terms[facet].get(term) or Term(term_id=term, name=term)
    return {
        "id": object_id("attribute", own, facet, term),
        "link_id": own,
        "taxonomy_term_id": term_id(facet, term),
        "link_type": "service",
        "taxonomy_term": write_term(facet, known),
    }
