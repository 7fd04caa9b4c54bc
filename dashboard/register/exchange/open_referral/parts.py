"""Parts of a service read one by one, whatever another system has put there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from dashboard.register.model import Audience, Contact, Place, Precision
from dashboard.register.rules.places import complete_place, is_area_code, is_point_plausible
from dashboard.register.taxonomy import Taxonomy

_MOST = 200


def text_of(thing: Mapping[str, Any], name: str) -> str:
    """Return a text, or nothing when what is there is no text."""
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def things_of(thing: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects under a name, a single one as a list, anything else left out."""
    value = thing.get(name)
    values = value[:_MOST] if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, Mapping)]


def real_number(value: object) -> float | None:
    """Return a number, from text too, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def whole_number(value: object) -> int | None:
    """Return a whole number, or None."""
    found = real_number(value)
    return None if found is None else int(found)


def contacts_of(service: Mapping[str, Any]) -> tuple[Contact, ...]:
    """Return the contacts of a service, one for each telephone number; what a feed publishes is public."""
    found: list[Contact] = []
    for one in things_of(service, "contacts"):
        numbers = [text_of(phone, "number") for phone in things_of(one, "phones")] or [""]
        words = {name: text_of(one, name) for name in ("name", "title", "email")}
        found.append(Contact(**words, phone=numbers[0], audience=Audience.PUBLIC))
        found += [Contact(phone=number, audience=Audience.PUBLIC) for number in numbers[1:]]
    found += [Contact(phone=text_of(one, "number"), audience=Audience.PUBLIC) for one in things_of(service, "phones")]
    email = text_of(service, "email")
    if email and all(contact.email != email for contact in found):
        found.append(Contact(email=email, audience=Audience.PUBLIC))
    return tuple(one for one in found if one.name or one.title or one.phone or one.email)


def languages_of(service: Mapping[str, Any], *, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the languages that the register knows, by code or name."""
    named = {term.name.casefold(): term.term_id for term in taxonomy.terms["languages"].values()}
    found = []
    for one in things_of(service, "languages"):
        code = text_of(one, "code")
        found.append(code if taxonomy.has("languages", code) else named.get(text_of(one, "name").casefold(), ""))
    return tuple(dict.fromkeys(filter(None, found)))


def service_areas_of(service: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
    """Return the codes of the areas served, and the words for the others."""
    codes, words = [], []
    for one in things_of(service, "service_areas"):
        code, said = text_of(one, "extent"), text_of(one, "name") or text_of(one, "service_area")
        if is_area_code(code):
            codes.append(code)
        elif said:
            words.append(said)
    return tuple(dict.fromkeys(codes)), "; ".join(dict.fromkeys(words))


def cost_of(service: Mapping[str, Any]) -> tuple[str, bool | None]:
    """Return the cost in words, and whether it is free when that is said."""
    words, amounts = [], []
    for one in things_of(service, "cost_options"):
        amount = real_number(one.get("amount"))
        said = [text_of(one, "option"), f"£{amount:g}" if amount else "", text_of(one, "amount_description")]
        words.append(" ".join(filter(None, said)))
        amounts += [] if amount is None else [amount]
    cost = "; ".join(filter(None, words)) or text_of(service, "fees_description") or text_of(service, "fees")
    return cost, (max(amounts) == 0 if amounts else None)


def place_of(location: Mapping[str, Any]) -> Place:
    """Return the place of a location: its point if it is plausible, and its first address."""
    lat, lon = (real_number(location.get(name)) for name in ("latitude", "longitude"))
    addresses = things_of(location, "addresses")
    address = addresses[0] if addresses else {}
    lines = [*text_of(address, "address_1").split(", ")]
    lines += [text_of(address, name) for name in ("city", "region", "state_province")]
    place = Place(
        precision=Precision.EXACT,
        lon=lon if lat is not None else None,
        lat=lat if lon is not None else None,
        postcode=text_of(address, "postal_code"),
        address=tuple(dict.fromkeys(line.strip() for line in lines if line.strip())),
    )
    if not is_point_plausible(place):
        place = Place(precision=Precision.EXACT, postcode=place.postcode, address=place.address)
    return complete_place(place) if place.is_known else Place()
