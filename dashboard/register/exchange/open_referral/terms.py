"""The register's words as taxonomies and taxonomy terms of the standard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from dashboard.register.exchange.open_referral.ids import object_id
from dashboard.register.model import Asset
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy, Term

Json = dict[str, Any]
# The fields of an asset that are written as attributes; languages have a place of their own in the standard.
ATTRIBUTE_FIELDS = ("kind", "offers", "audiences", "referral", "meets", "accessibility", "organisation_sort")
FACETS = tuple(FACET_OF_FIELD[name] for name in ATTRIBUTE_FIELDS)
_TITLES = {
    "kinds": "Kinds of community asset",
    "offers": "What it offers",
    "audiences": "Who it is for",
    "referral": "How a person comes to it",
    "meets": "How it meets people",
    "accessibility": "Accessibility",
    "organisation_sorts": "Sorts of organisation",
}
VERSION = "1"


@cache
def taxonomy_id(facet: str) -> str:
    """Return the id of a facet as a taxonomy."""
    return object_id("taxonomy", facet)


@lru_cache(maxsize=10_000)
def term_id(facet: str, term: str) -> str:
    """Return the id of a term."""
    return object_id("term", facet, term)


def write_taxonomy(facet: str) -> Json:
    """Return a facet as a taxonomy, without its terms."""
    title = _TITLES[facet]
    return {"id": taxonomy_id(facet), "name": title, "description": f"{title}, in Common Ground.", "version": VERSION}


def write_full_taxonomy(facet: str, *, taxonomy: Taxonomy) -> Json:
    """Return a facet as a taxonomy with its terms."""
    return {**write_taxonomy(facet), "taxonomy_terms": [write_term(facet, one) for one in taxonomy.choices(facet)]}


def write_term(facet: str, term: Term) -> Json:
    """Return a term."""
    written = {
        "id": term_id(facet, term.term_id),
        "name": term.name,
        "description": term.note or term.name,
        "taxonomy": _TITLES[facet],
        "taxonomy_id": taxonomy_id(facet),
        "term": term.term_id,
    }
    return {**written, "parent_id": term_id(facet, term.within)} if term.within else written


def write_terms(taxonomy: Taxonomy) -> list[Json]:
    """Return every term of every facet, in order."""
    return [write_term(facet, one) for facet in FACETS for one in taxonomy.choices(facet)]


def held_terms(asset: Asset) -> Iterator[tuple[str, str]]:
    """Return the facet and id of every term that an asset has."""
    for name in ATTRIBUTE_FIELDS:
        held = getattr(asset, name)
        for term in (held,) if isinstance(held, str) else held:
            if term:
                yield FACET_OF_FIELD[name], term


def known_terms(taxonomy: Taxonomy) -> dict[str, tuple[str, str]]:
    """Return, by the standard's id, the field and term of each term that the register knows."""
    return {
        term_id(FACET_OF_FIELD[name], term): (name, term)
        for name in ATTRIBUTE_FIELDS
        for term in taxonomy.terms[FACET_OF_FIELD[name]]
    }


def known_taxonomies() -> dict[str, str]:
    """Return, by the standard's id, the field of each facet."""
    return {taxonomy_id(FACET_OF_FIELD[name]): name for name in ATTRIBUTE_FIELDS}
