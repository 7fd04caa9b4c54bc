"""A query as conditions on the published tables."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal_column, or_, select, text

from dashboard.register.query import Query
from dashboard.register.rules.freshness import Freshness
from dashboard.register.rules.text import search_words
from dashboard.register.tables import asset_tag, published

Condition = ColumnElement[bool]


def conditions_of(query: Query, *, today: date, open_hours: frozenset[int] | None, is_sqlite: bool) -> list[Condition]:
    """Return what a published row must meet.

    Parameters
    ----------
    open_hours
        Ids of the opening hours that are open at the moment asked for; None when it was not asked.
    """
    conditions = [*_facets(query), *_columns(query), *_words(query.text, is_sqlite=is_sqlite)]
    if query.freshness:
        conditions.append(or_(*(_freshness(one, today) for one in query.freshness)))
    if open_hours is not None:
        conditions.append(published.c.hours_id.in_(_numbers(open_hours, is_sqlite=is_sqlite)))
    return conditions


def _facets(query: Query) -> list[Condition]:
    wanted = {
        "offers": query.offers,
        "audiences": query.audiences,
        "referral": query.referral,
        "meets": query.meets,
        "accessibility": query.accessibility,
        "languages": query.languages,
        "organisation_sort": query.organisation_sorts,
        "area": query.areas,
        "free": ("yes",) if query.is_free else (),
    }
    return [_has_any(facet, values) for facet, values in wanted.items() if values]


def _has_any(facet: str, values: tuple[str, ...]) -> Condition:
    tagged = select(asset_tag.c.asset_key).where(asset_tag.c.facet == facet, asset_tag.c.value.in_(values))
    return published.c.asset_key.in_(tagged)


def _columns(query: Query) -> list[Condition]:
    conditions: list[Condition] = []
    if query.kinds:
        conditions.append(published.c.kind.in_(query.kinds))
    if query.availability:
        conditions.append(published.c.availability.in_(query.availability))
    if query.bbox:
        west, south, east, north = query.bbox
        conditions.append(and_(published.c.lat.between(south, north), published.c.lon.between(west, east)))
    return conditions


def _freshness(wanted: Freshness, today: date) -> Condition:
    if wanted is Freshness.UNCHECKED:
        return published.c.confirmed_on.is_(None)
    due = published.c.next_check_due
    return due >= today if wanted is Freshness.FRESH else due < today


def _words(asked: str, *, is_sqlite: bool) -> list[Condition]:
    """Every word asked for must begin a word of the entry; words hold letters and digits only, so nothing escapes."""
    words = search_words(asked)
    if not words:
        return []
    if is_sqlite:
        match = " AND ".join(f'"{word}"*' for word in words)
        found = text("SELECT rowid FROM published_words WHERE published_words MATCH :match").bindparams(match=match)
        return [published.c.asset_key.in_(found.columns(literal_column("rowid")).scalar_subquery())]
    vector = func.array_to_tsvector(func.string_to_array(published.c.words, literal_column("' '")))
    asked_for = " & ".join(f"'{word}':*" for word in words)
    return [vector.op("@@")(text("CAST(:asked AS tsquery)").bindparams(asked=asked_for))]


def _numbers(numbers: frozenset[int], *, is_sqlite: bool) -> ColumnElement[Any] | ScalarSelect[Any]:
    """Return a list of numbers as one bound value, however many they are."""
    every = "SELECT value FROM json_each(:numbers)"
    if not is_sqlite:
        every = "SELECT CAST(json_array_elements_text(CAST(:numbers AS json)) AS bigint)"
    listed = text(every).bindparams(numbers=json.dumps(sorted(numbers)))
    return listed.columns(literal_column("value")).scalar_subquery()
