"""The record of a community asset, as plain frozen values: no database, no page, no file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """Who may see a contact or a story."""

    PUBLIC = "public"
    PARTNERS = "partners"


class Precision(StrEnum):
    """How closely a place may be shown."""

    EXACT = "exact"
    ROUGH = "rough"
    NONE = "none"


class Availability(StrEnum):
    """Whether an asset can take people now; the warehouse's `asset.state` has the same words."""

    UNKNOWN = ""
    OPEN = "open"
    WAITING_LIST = "waiting_list"
    FULL = "full"
    PAUSED = "paused"


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A way to reach the asset; seen by partners only unless it says otherwise."""

    name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    audience: Audience = Audience.PARTNERS


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the asset is.

    Parameters
    ----------
    precision
        `rough` is shown to others as the middle of its LSOA; `none` means that it has no place, only a service area.
    lon, lat
        Degrees, WGS 84.
    easting, northing
        Metres, EPSG:27700.
    """

    precision: Precision = Precision.NONE
    lon: float | None = None
    lat: float | None = None
    easting: float | None = None
    northing: float | None = None
    postcode: str = ""
    lsoa21_code: str = ""
    address: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether it says where the asset is, in any way."""
        says = self.lon is not None or self.easting is not None or self.postcode or self.lsoa21_code or self.address
        return self.precision is not Precision.NONE and bool(says)


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Who last confirmed an entry, and when somebody should look again."""

    confirmed_on: date | None = None
    confirmed_by: str = ""
    next_check_due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Asset:
    """A community asset; only name, kind and a place or a service area are required.

    Parameters
    ----------
    asset_id
        Empty until the register gives one; an import may bring its own.
    kind, offers, audiences, referral, meets, accessibility, languages, organisation_sort
        Ids of the taxonomy (data/taxonomy).
    opening_hours
        In the opening_hours syntax of OpenStreetMap; `opening_notes` says the rest in words.
    is_free
        None when nobody has said; `cost` says more in words.
    min_age, max_age
        Years, both included.
    service_areas
        Codes of areas that it serves; `service_area_words` says it in words.
    source, source_ref, licence
        Where the entry came from, its id there, and on what terms.
    """

    name: str
    kind: str
    asset_id: str = ""
    description: str = ""
    offers: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    audience_words: str = ""
    referral: tuple[str, ...] = ()
    referral_words: str = ""
    availability: Availability = Availability.UNKNOWN
    meets: tuple[str, ...] = ()
    opening_hours: str = ""
    opening_notes: str = ""
    languages: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    accessibility_words: str = ""
    is_free: bool | None = None
    cost: str = ""
    min_age: int | None = None
    max_age: int | None = None
    website: str = ""
    contacts: tuple[Contact, ...] = ()
    organisation: str = ""
    organisation_sort: str = ""
    place: Place = Place()
    service_areas: tuple[str, ...] = ()
    service_area_words: str = ""
    source: str = ""
    source_ref: str = ""
    licence: str = ""
    trust: Trust = Trust()


ASSET_FIELDS = tuple(field.name for field in fields(Asset))
# Kept beside the versions, not in them: confirming an entry must not collide with an edit that waits for review.
UNVERSIONED_FIELDS = ("asset_id", "trust")
VERSIONED_FIELDS = tuple(name for name in ASSET_FIELDS if name not in UNVERSIONED_FIELDS)
