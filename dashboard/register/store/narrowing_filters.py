"""What the open standard asks, as conditions on the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, cos, floor, pi, radians, sin, sqrt

from sqlalchemy import and_, false, not_, or_, select, true

from dashboard.register.narrowing import Narrowing, Near
from dashboard.register.rules.limits import OLDEST
from dashboard.register.store.plans import Condition, Plan, column_of, has_any
from dashboard.register.store.standard_tags import ORGANIZATION, SAYS, SERVES, UNPLACED, YES
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import published

# The ellipsoid of WGS 84: half its equator in metres, and the square of its eccentricity.
_EQUATOR_M, _ECCENTRICITY_2 = 6_378_137.0, 0.00669437999014


def narrowed(narrowing: Narrowing, plan: Plan) -> Iterator[Condition]:
    """Return what a published row must meet."""
    if narrowing.terms is not None:
        yield _any_term(narrowing.terms, plan)
    if narrowing.fields is not None:
        yield _any_field(narrowing.fields, plan)
    yield from _ages(narrowing, plan)
    if narrowing.near:
        yield _near(narrowing.near, plan)
    if narrowing.served is not None:
        says_nothing = not_(has_any(SAYS, ("service_areas",), plan))
        yield or_(says_nothing, has_any(SERVES, tuple(sorted(narrowing.served)), plan))
    if narrowing.is_placed:
        yield not_(has_any(UNPLACED, (YES,), plan))
    if narrowing.organisation_id:
        yield has_any(ORGANIZATION, (narrowing.organisation_id,), plan)
    if narrowing.changed_from:
        changed = select(asset_table.c.asset_key).where(asset_table.c.changed_at >= narrowing.changed_from)
        yield column_of("asset_key", plan).in_(changed)


def _any_term(terms: tuple[tuple[str, str], ...], plan: Plan) -> Condition:
    by_field: dict[str, list[str]] = {}
    for field, term in terms:
        by_field.setdefault(field, []).append(term)
    kinds = by_field.pop("kind", [])
    conditions = [has_any(field, tuple(values), plan) for field, values in by_field.items()]
    return or_(false(), *conditions, *([published.c.kind.in_(kinds)] if kinds else []))


def _any_field(fields: tuple[str, ...], plan: Plan) -> Condition:
    if not fields:
        return false()
    # Every entry has a kind.
    return true() if "kind" in fields else has_any(SAYS, fields, plan)


def _ages(narrowing: Narrowing, plan: Plan) -> Iterator[Condition]:
    """An entry is left out by an age of its own that is too low or too high; most have none."""
    youngest, oldest = column_of("min_age", plan), column_of("max_age", plan)
    # Nobody is older than the oldest: a number that no database holds is as good as the next one.
    if narrowing.min_age is not None:
        yield or_(youngest.is_(None), youngest >= ceil(min(narrowing.min_age, OLDEST + 1)))
    if narrowing.max_age is not None:
        yield or_(oldest.is_(None), oldest <= floor(max(narrowing.max_age, -1)))


def _near(near: Near, plan: Plan) -> Condition:
    """Distance on a plane through the middle of the circle, with the scale between the two latitudes.

    The radii of curvature are those of any textbook of geodesy; up to 100 km it is right to a few parts in 10,000.
    """
    bend = 1 - _ECCENTRICITY_2 * sin(radians(near.lat)) ** 2
    north_m = pi / 180 * _EQUATOR_M * (1 - _ECCENTRICITY_2) / bend**1.5
    east_m = pi / 180 * _EQUATOR_M / sqrt(bend)
    narrowing = sin(radians(near.lat)) * pi / 360
    lat, lon = column_of("lat", Plan.SEARCH if plan is Plan.COUNT else plan), published.c.lon
    away = published.c.lat - near.lat
    north = away * north_m
    east = (lon - near.lon) * east_m * (cos(radians(near.lat)) - away * narrowing)
    high = near.within_m / north_m
    return and_(lat.between(near.lat - high, near.lat + high), north * north + east * east <= near.within_m**2)
