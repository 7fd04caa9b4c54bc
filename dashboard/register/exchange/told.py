"""Which fields of an entry a list speaks of: an update writes these and leaves all others as they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dashboard.register.model import VERSIONED_FIELDS, Asset

_PLACE = frozenset({"address", "postcode", "uprn", "lon", "lat", "easting", "northing", "lsoa21_code", "precision"})
_CONTACTS = frozenset({"phone", "email", "contact", "contact_name"})
_HOURS = frozenset(
    {"opening_hours", "opening_notes", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)


def told_fields(columns: Iterable[str]) -> frozenset[str]:
    """Return the fields of an asset that columns fill."""
    told = {"source", "source_ref", "licence"}
    for column in columns:
        name = column.partition(":")[0]
        told |= {
            *(("place",) if name in _PLACE else ()),
            *(("contacts",) if name in _CONTACTS else ()),
            *(("opening_hours", "opening_notes") if name in _HOURS else ()),
            *(("service_areas", "service_area_words") if name in {"area_name", "area_code"} else ()),
            *(("kind", "description") if name == "kind" else ()),
            *((name,) if name in VERSIONED_FIELDS else ()),
        }
    return frozenset(told)


def with_told(known: Asset, *, brought: Asset, told: frozenset[str]) -> Asset:
    """Return a known asset with what a list says of it; where the list says nothing, the entry keeps its own."""
    empty = Asset(name="", kind="")
    said = {name: getattr(brought, name) for name in told if getattr(brought, name) not in (getattr(empty, name), ())}
    return replace(known, **said)
