"""A service of Open Referral UK 3.0 as an asset; what the standard does not say, our own extension may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.register.exchange.kinds import kind_of_words
from dashboard.register.exchange.open_referral.parts import (
    contacts_of,
    cost_of,
    languages_of,
    place_of,
    service_areas_of,
    text_of,
    things_of,
    whole_number,
)
from dashboard.register.exchange.open_referral.schedules import read_schedules
from dashboard.register.exchange.open_referral.terms import ATTRIBUTE_FIELDS, known_terms
from dashboard.register.json_form import asset_from_json, asset_to_json, plain
from dashboard.register.model import ASSET_FIELDS, Asset, Availability, Trust
from dashboard.register.taxonomy import Taxonomy

Json = dict[str, Any]
# What the standard has no field for is said here; everybody else may leave it out.
EXTENSION = "common_ground"
# Only our own export is believed about these: another's word must neither take an entry's place nor confirm one.
_OWN_ONLY = frozenset({"asset_id", "trust", "source", "source_ref"})


def read_service(service: Mapping[str, Any], *, taxonomy: Taxonomy, is_own: bool = False, at: int = 0) -> Asset:
    """Return a service as an asset, neither tidied nor checked.

    Parameters
    ----------
    is_own
        Whether it is an export of this register, whose ids and confirmations are to be kept.
    at
        Which of its locations.
    """
    asset = _read_standard(service, taxonomy=taxonomy, at=at)
    asset = asset if is_own else replace(asset, trust=Trust())
    extra = service.get(EXTENSION)
    if not isinstance(extra, Mapping):
        return asset
    kept = {name: value for name, value in extra.items() if is_own or name not in _OWN_ONLY}
    try:
        return asset_from_json({**asset_to_json(asset), **kept})
    except (TypeError, ValueError, AttributeError, KeyError):
        return asset


def own_remainder(asset: Asset, *, service: Mapping[str, Any], taxonomy: Taxonomy) -> Json:
    """Return the fields of an asset that its service does not tell: what the extension has to say."""
    told = _read_standard(service, taxonomy=taxonomy, at=0)
    return {name: plain(getattr(asset, name)) for name in ASSET_FIELDS if getattr(asset, name) != getattr(told, name)}


def is_over(service: Mapping[str, Any]) -> bool:
    """Return whether a service says that it is no more."""
    return text_of(service, "status") in {"inactive", "defunct"}


def _read_standard(service: Mapping[str, Any], *, taxonomy: Taxonomy, at: int) -> Asset:
    hours, notes = read_schedules(things_of(service, "schedules"))
    held = _terms(service, taxonomy)
    places = things_of(service, "service_at_locations")
    location = things_of(places[at], "location") if at < len(places) else []
    areas, area_words = service_areas_of(service)
    cost, is_free = cost_of(service)
    accessibility = things_of(location[0], "accessibility") if location else []
    asset = Asset(
        name=text_of(service, "name"),
        kind="",
        asset_id=text_of(service, "id"),
        description=text_of(service, "description"),
        audience_words=text_of(service, "eligibility_description"),
        referral_words=text_of(service, "application_process"),
        availability=_availability(service),
        opening_hours=hours,
        opening_notes=notes,
        languages=languages_of(service, taxonomy=taxonomy),
        accessibility_words="\n".join(filter(None, (text_of(one, "description") for one in accessibility))),
        is_free=is_free,
        cost=cost,
        min_age=whole_number(service.get("minimum_age")),
        max_age=whole_number(service.get("maximum_age")),
        website=text_of(service, "url"),
        contacts=contacts_of(service),
        organisation="".join(text_of(one, "name") for one in things_of(service, "organization")),
        place=place_of(location[0]) if location else place_of({}),
        service_areas=areas,
        service_area_words=area_words,
        trust=Trust(confirmed_on=_day(text_of(service, "assured_date"))),
    )
    return replace(asset, **held)


def _terms(service: Mapping[str, Any], taxonomy: Taxonomy) -> dict[str, Any]:
    """Return fields filled from terms: ours by their ids, a kind from the words of others' terms or the name."""
    known = known_terms(taxonomy)
    held: dict[str, list[str]] = {name: [] for name in ATTRIBUTE_FIELDS}
    words: list[str] = []
    for attribute in things_of(service, "attributes"):
        for term in things_of(attribute, "taxonomy_term"):
            name, value = known.get(text_of(term, "id"), ("", ""))
            if name:
                held[name].append(value)
            else:
                words.append(text_of(term, "name"))
    kind = "".join(held["kind"][:1]) or _kind_of([*words, text_of(service, "name")], taxonomy)
    single = {"kind": kind, "organisation_sort": "".join(held["organisation_sort"][:1])}
    return {name: tuple(values) for name, values in held.items()} | single


def _kind_of(words: list[str], taxonomy: Taxonomy) -> str:
    found = (kind_of_words(one, taxonomy=taxonomy) for one in words)
    return next(filter(None, found), "other")


def _availability(service: Mapping[str, Any]) -> Availability:
    is_paused = text_of(service, "status") == "temporarily closed"
    return Availability.PAUSED if is_paused else Availability.UNKNOWN


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
