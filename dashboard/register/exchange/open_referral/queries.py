"""What somebody asks of the lists of services: read from an address, and said as a query of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from dashboard.register.exchange.errors import UploadError
from dashboard.register.exchange.open_referral import parameters as read
from dashboard.register.exchange.open_referral.pages import DEFAULT_PER_PAGE, MOST_PER_PAGE
from dashboard.register.exchange.open_referral.terms import known_taxonomies, known_terms
from dashboard.register.narrowing import Narrowing, Near, WeekTimes
from dashboard.register.query import Query
from dashboard.register.taxonomy import Taxonomy

T = TypeVar("T")
PAGING = ("page", "per_page")
SERVICES = (
    *PAGING, "search", "taxonomy_term_id", "taxonomy_id", "organization_id", "minimum_age", "maximum_age",
    "start_time", "end_time", "day", "postcode", "proximity", "modified_after", "full", "minimal", "format",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """The middle of a postcode in degrees, and the codes of every area that it lies in."""

    lon: float
    lat: float
    areas: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ServiceQuery:
    """The parameters of a list of services.

    Parameters
    ----------
    term_ids, taxonomy_ids
        Ids of the standard; one of each is enough. None when they were not asked for.
    minimum_age, maximum_age
        Years; an entry without such a limit passes.
    day
        0 is Monday.
    proximity_m
        Metres from the middle of the postcode.
    is_full, is_minimal
        Whether whole services are wanted, or ids and moments alone.
    """

    search: str = ""
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    term_ids: frozenset[str] | None = None
    taxonomy_ids: frozenset[str] | None = None
    organization_id: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: str = ""
    end_time: str = ""
    day: int | None = None
    postcode: str = ""
    proximity_m: float | None = None
    modified_after: datetime | None = None
    is_full: bool = False
    is_minimal: bool = False


def read_paging(parameters: Mapping[str, str]) -> tuple[int, int]:
    """Return the page, and how many are on one, of a list that has no other parameters.

    Raises
    ------
    UploadError
        If a parameter cannot be read; the message names it.
    """
    return _paging(read.given_parameters(parameters, known=PAGING))


def read_query(parameters: Mapping[str, str]) -> ServiceQuery:
    """Return the query of an address.

    Raises
    ------
    UploadError
        If a parameter cannot be read; the message names it.
    """
    given = read.given_parameters(parameters, known=SERVICES)
    page, per_page = _paging(given)
    if given.get("format", "json") != "json":
        raise read.unreadable("format", given["format"], "json")
    if "proximity" in given and "postcode" not in given:
        raise UploadError("There is a proximity without a postcode.", todo="Say which postcode it is from.")
    return ServiceQuery(
        search=given.get("search", ""),
        page=page,
        per_page=per_page,
        term_ids=read.ids(given, "taxonomy_term_id"),
        taxonomy_ids=read.ids(given, "taxonomy_id"),
        organization_id=given.get("organization_id", ""),
        minimum_age=read.number(given, "minimum_age"),
        maximum_age=read.number(given, "maximum_age"),
        start_time=read.clock(given, "start_time"),
        end_time=read.clock(given, "end_time"),
        day=read.day(given, "day"),
        postcode=read.postcode(given, "postcode"),
        proximity_m=read.number(given, "proximity"),
        modified_after=read.moment(given, "modified_after"),
        is_full=read.truth(given, "full"),
        is_minimal=read.truth(given, "minimal"),
    )


def as_register_query(
    asked: ServiceQuery, *, taxonomy: Taxonomy, origin: Origin | None = None, is_placed: bool = False
) -> Query:
    """Return what the register is asked.

    Parameters
    ----------
    origin
        Of the postcode that was asked for.
    is_placed
        Whether only services at a location are wanted.
    """
    terms, fields = known_terms(taxonomy), known_taxonomies()
    has_times = asked.day is not None or asked.start_time or asked.end_time
    is_near = origin is not None and asked.proximity_m is not None
    narrowing = Narrowing(
        terms=_known(asked.term_ids, terms),
        fields=_known(asked.taxonomy_ids, fields),
        min_age=asked.minimum_age,
        max_age=asked.maximum_age,
        week=WeekTimes(day=asked.day, opens_from=asked.start_time, closes_by=asked.end_time) if has_times else None,
        near=Near(lon=origin.lon, lat=origin.lat, within_m=asked.proximity_m or 0.0) if origin and is_near else None,
        served=origin.areas if origin else None,
        is_placed=is_placed,
        organisation_id=asked.organization_id,
        changed_from=asked.modified_after,
    )
    return Query(text=asked.search, narrowing=narrowing, page=asked.page, per_page=asked.per_page)


def _known(asked: frozenset[str] | None, known: Mapping[str, T]) -> tuple[T, ...] | None:
    return None if asked is None else tuple(known[one] for one in sorted(asked) if one in known)


def _paging(given: Mapping[str, str]) -> tuple[int, int]:
    page, per_page = read.whole(given, "page", default=1), read.whole(given, "per_page", default=DEFAULT_PER_PAGE)
    return max(page, 1), min(max(per_page, 1), MOST_PER_PAGE)
