"""A query as conditions on the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, TextClause, and_, literal_column, or_, select, text

from dashboard.register.query import Query
from dashboard.register.rules.freshness import Freshness
from dashboard.register.rules.text import search_words
from dashboard.register.store.narrowing_filters import narrowed
from dashboard.register.store.passing import KeySet
from dashboard.register.store.plans import Condition, Plan, among, column_of, has_any, keys_with_any
from dashboard.register.tables import published


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A query, and what the database must be told to answer it.

    Parameters
    ----------
    open_hours
        Ids of the opening hours that are open at the moment asked for; None when it was not asked.
    week_hours
        Ids of the opening hours with the times of the week asked for; None when it was not asked.
    """

    query: Query
    today: date
    open_hours: frozenset[int] | None
    is_sqlite: bool
    week_hours: frozenset[int] | None = None

    def conditions(self, plan: Plan) -> list[Condition]:
        """Return what a published row must meet."""
        plan = plan if self.is_sqlite else Plan.SEARCH
        facets = [has_any(facet, values, plan) for facet, values in self._facets().items()]
        return [*facets, *self._words(plan), *self._others(plan)]

    def key_sets(self) -> list[KeySet]:
        """Return sets of keys in each of which a published row must be; none when one scan tells as much.

        A set may hold a key more than once.
        """
        sets: list[KeySet] = [keys_with_any(facet, values) for facet, values in self._facets().items()]
        if (found := self._worded()) is not None:
            sets.append(found.columns(literal_column("rowid")))
        if not sets:
            return []
        words = [] if self.is_sqlite else self._words(Plan.SEARCH)
        others = [*words, *self._others(Plan.COUNT if self.is_sqlite else Plan.SEARCH)]
        return [*sets, *([select(published.c.asset_key).where(*others)] if others else [])]

    def _others(self, plan: Plan) -> Iterator[Condition]:
        """Give the conditions that are told by the columns of the row itself, and what the open standard asks."""
        yield from self._columns(plan)
        if self.query.freshness:
            yield or_(*(_freshness(one, self.today, plan) for one in self.query.freshness))
        asked = [hours for hours in (self.open_hours, self.week_hours) if hours is not None]
        yield from (among(column_of("hours_id", plan), one, is_sqlite=self.is_sqlite) for one in asked)
        yield from narrowed(self.query.narrowing, plan)

    def _facets(self) -> dict[str, tuple[str, ...]]:
        query = self.query
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
        return {facet: values for facet, values in wanted.items() if values}

    def _columns(self, plan: Plan) -> Iterator[Condition]:
        for name, values in (("kind", self.query.kinds), ("availability", self.query.availability)):
            if values:
                # The entries of one kind lie in their order in an index; those of several do not.
                is_in_order = plan is Plan.IN_ORDER and len(values) == 1
                yield column_of(name, Plan.SEARCH if is_in_order else plan).in_(values)
        if self.query.bbox:
            west, south, east, north = self.query.bbox
            lat = column_of("lat", Plan.SEARCH if plan is Plan.COUNT else plan)
            yield and_(lat.between(south, north), published.c.lon.between(west, east))

    def _words(self, plan: Plan) -> Iterator[Condition]:
        """Every word asked for must begin a word of the entry; words are letters and digits only: nothing escapes."""
        words = search_words(self.query.text)
        if not words:
            return
        if (found := self._worded()) is not None:
            yield column_of("asset_key", plan).in_(found.columns(literal_column("rowid")).scalar_subquery())
            return
        vector: ColumnElement[Any] = literal_column("published.word_vector")
        asked_for = " & ".join(f"'{word}':*" for word in words)
        yield vector.op("@@")(text("CAST(:asked AS tsquery)").bindparams(asked=asked_for))

    def _worded(self) -> TextClause | None:
        """Return how SQLite finds the keys of rows with the words asked for; None without words, or elsewhere."""
        words = search_words(self.query.text)
        if not words or not self.is_sqlite:
            return None
        match = " AND ".join(f'"{word}"*' for word in words)
        return text("SELECT rowid FROM published_words WHERE published_words MATCH :match").bindparams(match=match)


def _freshness(wanted: Freshness, today: date, plan: Plan) -> Condition:
    if wanted is Freshness.UNCHECKED:
        return published.c.confirmed_on.is_(None)
    due = column_of("next_check_due", plan)
    return due >= today if wanted is Freshness.FRESH else due < today
