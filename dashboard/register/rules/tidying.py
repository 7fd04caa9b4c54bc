"""An asset as a person typed it, tidied: text stays text, lists lose doubles, a point gets both co-ordinates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.register.model import Asset, Contact, Place
from dashboard.register.rules.limits import LINES, LISTS, WORDS
from dashboard.register.rules.places import complete_place, has_half_a_point, is_point_plausible
from dashboard.register.rules.reach import tidy_postcode, tidy_website
from dashboard.register.rules.text import clean_line, clean_words


def tidy_asset(asset: Asset) -> Asset:
    """Return an asset as the register keeps it: clean text, no doubles in lists, both kinds of co-ordinates."""
    tidied: dict[str, Any] = {name: clean_line(getattr(asset, name)) for name in LINES}
    tidied |= {name: clean_words(getattr(asset, name)) for name in WORDS}
    tidied |= {name: tuple(dict.fromkeys(filter(None, map(clean_line, getattr(asset, name))))) for name in LISTS}
    tidied["website"] = tidy_website(tidied["website"])
    contacts = map(tidy_contact, asset.contacts)
    tidied["contacts"] = tuple(one for one in contacts if one.name or one.title or one.phone or one.email)
    tidied["trust"] = replace(asset.trust, confirmed_by=clean_line(asset.trust.confirmed_by))
    tidied["place"] = tidy_place(asset.place)
    return replace(asset, **tidied)


def tidy_place(place: Place) -> Place:
    """Return a place with clean text and, where it is plausible, both kinds of co-ordinates."""
    cleaned = replace(
        place,
        postcode=tidy_postcode(clean_line(place.postcode)),
        lsoa21_code=clean_line(place.lsoa21_code).upper(),
        address=tuple(filter(None, map(clean_line, place.address))),
    )
    return complete_place(cleaned) if is_point_plausible(cleaned) and not has_half_a_point(cleaned) else cleaned


def tidy_contact(contact: Contact) -> Contact:
    """Return a contact with clean text."""
    return replace(
        contact,
        name=clean_line(contact.name),
        title=clean_line(contact.title),
        phone=clean_line(contact.phone),
        email=clean_line(contact.email),
    )
