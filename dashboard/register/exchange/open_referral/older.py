"""Services of Open Referral UK 1.x in the shape of 3.0: other names for the same things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.register.exchange.open_referral.parts import text_of, things_of

Json = dict[str, Any]
_MARKS = frozenset({"eligibilitys", "regular_schedules", "service_taxonomys", "link_taxonomies", "fundings"})
_OLD_PAGE = ("content", "totalPages", "totalElements")


def is_older_page(page: Mapping[str, Any]) -> bool:
    """Return whether a page of a feed is of version 1.x."""
    return "contents" not in page and any(name in page for name in _OLD_PAGE)


def is_older(service: Mapping[str, Any]) -> bool:
    """Return whether a service is of version 1.x, by the names that 3.0 does not have."""
    locations = [place for one in things_of(service, "service_at_locations") for place in things_of(one, "location")]
    return bool(_MARKS & service.keys()) or any("physical_addresses" in place for place in locations)


def renew_service(service: Mapping[str, Any]) -> Json:
    """Return a service of version 1.x as one of 3.0."""
    eligible = things_of(service, "eligibilitys")
    youngest = [one["minimum_age"] for one in eligible if one.get("minimum_age") is not None]
    oldest = [one["maximum_age"] for one in eligible if one.get("maximum_age") is not None]
    schedules = things_of(service, "regular_schedules")
    places = things_of(service, "service_at_locations")
    for place in places:
        schedules += things_of(place, "regular_schedules")
    renewed = {
        **service,
        "minimum_age": min(youngest, default=None, key=_as_number),
        "maximum_age": max(oldest, default=None, key=_as_number),
        "eligibility_description": "; ".join(filter(None, (text_of(one, "eligibility") for one in eligible))),
        "schedules": [_renew_schedule(one) for one in schedules],
        "service_at_locations": [
            {**place, "location": _renew_location(location)}
            for place in places
            for location in things_of(place, "location")
        ],
        "languages": [{**one, "name": text_of(one, "language")} for one in things_of(service, "languages")],
        "attributes": [
            {"id": text_of(one, "id"), "taxonomy_term": term}
            for one in things_of(service, "service_taxonomys")
            for term in things_of(one, "taxonomy")
        ],
    }
    return {name: value for name, value in renewed.items() if name not in _MARKS}


def _renew_schedule(schedule: Mapping[str, Any]) -> Json:
    """Return a schedule; in 1.x `freq` and `byday` are often in small letters or left out for `weekday`."""
    day = text_of(schedule, "byday") or text_of(schedule, "weekday")[:2]
    return {**schedule, "byday": day.upper(), "freq": (text_of(schedule, "freq") or "WEEKLY").upper()}


def _renew_location(location: Mapping[str, Any]) -> Json:
    access = things_of(location, "accessibility_for_disabilities")
    return {
        **location,
        "addresses": list(things_of(location, "physical_addresses")),
        "accessibility": [{**one, "description": text_of(one, "accessibility")} for one in access],
    }


def _as_number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return 0.0
