"""What of an asset is compared, worked out once for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from dashboard.register.duplicates.names import normal_name, numbers_of, outside_brackets, sort_words, telling_words
from dashboard.register.model import Asset
from dashboard.register.rules.reach import is_postcode, tidy_postcode

Contacts = Sequence[Mapping[str, Any]]

_NOT_DIGITS = re.compile(r"\D")
_FEWEST_DIGITS = 9
# Everybody's pages: that two groups both have one says nothing about them.
_SHARED_HOSTS = frozenset({
    "facebook.com", "en-gb.facebook.com", "m.facebook.com", "instagram.com", "twitter.com", "x.com", "youtube.com",
    "linktr.ee", "sites.google.com", "google.com", "eventbrite.co.uk", "meetup.com", "nhs.uk", "gov.uk", "whatsapp.com",
    "chat.whatsapp.com", "linkedin.com", "wordpress.com", "justgiving.com",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an asset is compared.

    Parameters
    ----------
    name, telling
        The normal name with its words sorted, and those of its words that say which one it is.
    words
        The words that the other name should have too: those outside brackets.
    numbers
        The numbers and single letters of the name.
    address
        As it was written: it is brought to one form only for the pairs that are looked at.
    easting, northing
        Metres, EPSG:27700; not a number when it has no exact point.
    """

    name: str
    telling: str
    words: frozenset[str]
    numbers: frozenset[str]
    kind: str
    postcode: str
    phones: frozenset[str]
    host: str
    address: str
    easting: float
    northing: float


def traits_of(asset: Asset) -> Traits:
    """Return what of an asset is compared."""
    place = asset.place
    return _traits(
        name=asset.name,
        kind=asset.kind,
        website=asset.website,
        phones=[contact.phone for contact in asset.contacts],
        place=(place.postcode, place.address, place.easting, place.northing),
    )


def traits_of_json(name: str, kind: str, website: str, place: Mapping[str, Any], contacts: Contacts) -> Traits:
    """Return the same of parts of an asset as the register keeps it, without making the whole asset of them first."""
    return _traits(
        name=name,
        kind=kind,
        website=website,
        phones=[contact["phone"] for contact in contacts],
        place=(place["postcode"], place["address"], place["easting"], place["northing"]),
    )


def _traits(
    *,
    name: str,
    kind: str,
    website: str,
    phones: Sequence[str],
    place: tuple[str, Sequence[str], float | None, float | None],
) -> Traits:
    written, address, easting, northing = place
    outside = outside_brackets(name)
    plain = normal_name(outside)
    postcode = tidy_postcode(written) if written else ""
    has_point = easting is not None and northing is not None
    return Traits(
        name=sort_words(plain if outside == name else normal_name(name)),
        telling=sort_words(telling_words(plain)),
        words=frozenset(plain.split()),
        numbers=numbers_of(name),
        kind=kind,
        postcode=postcode if postcode and is_postcode(postcode) else "",
        phones=frozenset(digits for phone in phones if (digits := phone_digits(phone))),
        host=host_of(website) if website else "",
        address=" ".join(address),
        easting=float(easting or 0) if has_point else float("nan"),
        northing=float(northing or 0) if has_point else float("nan"),
    )


def phone_digits(phone: str) -> str:
    """Return a telephone number as its last nine digits, however it was written; nothing when it is too short."""
    digits = phone if phone.isdigit() else _NOT_DIGITS.sub("", phone)
    is_filler = len(set(digits)) <= 1
    return digits[-_FEWEST_DIGITS:] if len(digits) >= _FEWEST_DIGITS and not is_filler else ""


@lru_cache(maxsize=50_000)
def host_of(website: str) -> str:
    """Return the host of a website without “www.”; nothing for the hosts that everybody shares."""
    try:
        host = (urlsplit(website if "//" in website else f"//{website}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if host in _SHARED_HOSTS else host
