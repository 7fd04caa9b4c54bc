"""Which fields of an entry a list speaks of: an update writes these and leaves all others as they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace

from dashboard.register.exchange.drafts import Draft
from dashboard.register.json_form import asset_to_json
from dashboard.register.listed import Reference
from dashboard.register.model import VERSIONED_FIELDS, Asset

_PLACE = frozenset({"address", "postcode", "uprn", "lon", "lat", "easting", "northing", "lsoa21_code", "precision"})
_CONTACTS = frozenset({"phone", "email", "contact", "contact_name"})
_HOURS = frozenset(
    {"opening_hours", "opening_notes", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
# Where an entry came from stays with it, whatever other list speaks of it later.
PROVENANCE = frozenset({"source", "source_ref", "licence"})


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
    """Return a known asset with what a list says of it; where the list says nothing, the entry keeps its own.

    An entry of another list stays one of that list.
    """
    empty = Asset(name="", kind="")
    kept = PROVENANCE if is_of_another(known, brought=brought) else frozenset()
    said = {name: getattr(brought, name) for name in told - kept}
    return replace(known, **{name: value for name, value in said.items() if value not in (getattr(empty, name), ())})


def is_of_another(known: Asset, *, brought: Asset) -> bool:
    """Return whether a known asset came from another list, or another row, than what is brought."""
    return bool(known.source) and (known.source, known.source_ref) != (brought.source, brought.source_ref)


def reference_of(draft: Draft) -> Reference:
    """Return by what a row is known again, with a digest of everything that it says."""
    asset = draft.asset
    body = {name: value for name, value in asset_to_json(asset).items() if name in draft.told}
    if "place" in body:
        # Which neighbourhood a place lies in is worked out, and may change when boundaries do.
        body["place"] = {**body["place"], "lsoa21_code": ""}
    written = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return Reference(asset.source, asset.source_ref, hashlib.sha256(written.encode()).hexdigest())


def changed_fields(before: Asset, after: Asset) -> tuple[str, ...]:
    """Return the fields in which an asset differs from what it was."""
    return tuple(name for name in VERSIONED_FIELDS if not _is_same(name, before, after))


def _is_same(name: str, one: Asset, other: Asset) -> bool:
    if name != "place":
        return bool(getattr(one, name) == getattr(other, name))
    # The register adds the LSOA of a place by itself.
    return replace(one.place, lsoa21_code=other.place.lsoa21_code) == other.place
