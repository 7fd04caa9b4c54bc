"""What somebody asks of the lists of services: read from an address, and held against an asset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral.pages import DEFAULT_PER_PAGE, MOST_PER_PAGE
from dashboard.register.exchange.open_referral.schedules import DAYS, weekly_spans
from dashboard.register.exchange.open_referral.terms import held_terms, taxonomy_id, term_id
from dashboard.register.model import Asset
from dashboard.register.rules.reach import is_postcode, tidy_postcode
from dashboard.register.rules.text import search_words

_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")
_WHOLE = re.compile(r"\d{1,7}")
_NUMBER = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class ServiceQuery:
    """The parameters of a list of services.

    Parameters
    ----------
    term_ids, taxonomy_ids
        Ids of the standard; one of each is enough.
    minimum_age, maximum_age
        Years; an entry without such a limit passes.
    start_time, end_time
        As HH:MM: open no earlier, and no later.
    day
        Two letters of RFC 5545, MO to SU.
    proximity_m
        Metres from the middle of the postcode.
    """

    words: tuple[str, ...] = ()
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    term_ids: frozenset[str] = frozenset()
    taxonomy_ids: frozenset[str] = frozenset()
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: str = ""
    end_time: str = ""
    day: str = ""
    postcode: str = ""
    proximity_m: float | None = None


def read_query(parameters: Mapping[str, str]) -> ServiceQuery:
    """Return the query of an address.

    Raises
    ------
    UploadError
        If a parameter cannot be read; the message names it.
    """
    given = {name: value.strip()[:_LONGEST] for name, value in parameters.items() if value.strip()}
    postcode = tidy_postcode(given.get("postcode", "").upper())
    if postcode and not is_postcode(postcode):
        raise _unreadable("postcode", postcode, "a whole postcode such as M1 1AA")
    per_page = _whole(given, "per_page", DEFAULT_PER_PAGE)
    return ServiceQuery(
        words=search_words(given.get("search", "")),
        page=max(_whole(given, "page", 1), 1),
        per_page=min(max(per_page, 1), MOST_PER_PAGE),
        term_ids=_listed(given, "taxonomy_term_id"),
        taxonomy_ids=_listed(given, "taxonomy_id"),
        minimum_age=_number(given, "minimum_age"),
        maximum_age=_number(given, "maximum_age"),
        start_time=_time(given, "start_time"),
        end_time=_time(given, "end_time"),
        day=_day(given),
        postcode=postcode,
        proximity_m=_number(given, "proximity"),
    )


def matches(asset: Asset, *, query: ServiceQuery, origin: tuple[float, float] | None = None) -> bool:
    """Return whether an asset is what a query asks for.

    Parameters
    ----------
    origin
        Easting and northing of the query's postcode in metres; with a proximity and no origin nothing matches.
    """
    return (
        _has_words(asset, query.words)
        and _has_terms(asset, query)
        and _takes_ages(asset, query)
        and _is_open(asset, query)
        and _is_near(asset, query, origin)
    )


def _has_words(asset: Asset, words: tuple[str, ...]) -> bool:
    if not words:
        return True
    texts = (asset.name, asset.description, asset.organisation, *asset.place.address, asset.service_area_words)
    held = search_words(" ".join(texts))
    return all(any(one.startswith(word) for one in held) for word in words)


def _has_terms(asset: Asset, query: ServiceQuery) -> bool:
    held = list(held_terms(asset))
    has_term = not query.term_ids or any(term_id(facet, term) in query.term_ids for facet, term in held)
    return has_term and (not query.taxonomy_ids or any(taxonomy_id(facet) in query.taxonomy_ids for facet, _ in held))


def _takes_ages(asset: Asset, query: ServiceQuery) -> bool:
    is_old_enough = query.minimum_age is None or asset.min_age is None or asset.min_age >= query.minimum_age
    return is_old_enough and (query.maximum_age is None or asset.max_age is None or asset.max_age <= query.maximum_age)


def _is_open(asset: Asset, query: ServiceQuery) -> bool:
    if not (query.day or query.start_time or query.end_time):
        return True
    spans = weekly_spans(asset.opening_hours)
    days = [DAYS.index(query.day)] if query.day else list(spans)
    return any(
        (not query.start_time or opens >= query.start_time) and (not query.end_time or closes <= query.end_time)
        for day in days
        for opens, closes in spans.get(day, ())
    )


def _is_near(asset: Asset, query: ServiceQuery, origin: tuple[float, float] | None) -> bool:
    place = asset.place
    if query.proximity_m is None:
        return not query.postcode or origin is not None
    if origin is None or place.easting is None or place.northing is None:
        return False
    return hypot(place.easting - origin[0], place.northing - origin[1]) <= query.proximity_m


def _listed(given: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(part.strip() for part in given.get(name, "").split(",") if part.strip())


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not _WHOLE.fullmatch(text):
        raise _unreadable(name, text, "a whole number")
    return int(text)


def _number(given: Mapping[str, str], name: str) -> float | None:
    text = given.get(name, "")
    if text and not _NUMBER.fullmatch(text):
        raise _unreadable(name, text, "a number")
    return float(text) if text else None


def _time(given: Mapping[str, str], name: str) -> str:
    text = given.get(name, "")
    if text and not _CLOCK.fullmatch(text):
        raise _unreadable(name, text, "a time such as 09:30")
    return text[:5]


def _day(given: Mapping[str, str]) -> str:
    text = given.get("day", "")
    short = text[:2].upper()
    if text and short not in DAYS:
        raise _unreadable("day", text, "a day such as MO or Monday")
    return short if text else ""


def _unreadable(name: str, text: str, wanted: str) -> UploadError:
    return UploadError(f"The parameter {name} is “{text[:40]}”, not {wanted}.", todo="Correct it or leave it out.")
