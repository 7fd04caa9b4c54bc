"""The register's words as taxonomies and terms: listed page by page, and one at a time."""

from __future__ import annotations

from typing import Any

from dashboard.opening import open_register
from dashboard.register.errors import NotFoundError
from dashboard.register.exchange.open_referral.pages import cut_page
from dashboard.register.exchange.open_referral.terms import (
    FACETS,
    known_terms,
    taxonomy_id,
    write_full_taxonomy,
    write_taxonomy,
    write_term,
    write_terms,
)
from dashboard.register.taxonomy import FACET_OF_FIELD, Taxonomy
from etl.settings import Settings

Json = dict[str, Any]


class Vocabulary:
    """The taxonomies of the register, an admin's own terms included."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def taxonomies(self, *, page: int, per_page: int) -> Json:
        """Return a page of taxonomies, without their terms."""
        return cut_page([write_taxonomy(facet) for facet in FACETS], page=page, per_page=per_page)

    def taxonomy(self, own_id: str) -> Json:
        """Return a taxonomy with its terms.

        Raises
        ------
        NotFoundError
            If there is none of that id.
        """
        for facet in FACETS:
            if taxonomy_id(facet) == own_id:
                return write_full_taxonomy(facet, taxonomy=self._words())
        raise NotFoundError("There is no such taxonomy.", todo="Look in /taxonomies.")

    def terms(self, *, page: int, per_page: int) -> Json:
        """Return a page of the terms that may be chosen now."""
        return cut_page(write_terms(self._words()), page=page, per_page=per_page)

    def term(self, own_id: str) -> Json:
        """Return a term, one that is no longer offered too.

        Raises
        ------
        NotFoundError
            If there is none of that id.
        """
        words = self._words()
        field, term = known_terms(words).get(own_id, ("", ""))
        if not field:
            raise NotFoundError("There is no such term.", todo="Look in /taxonomy_terms.")
        facet = FACET_OF_FIELD[field]
        return write_term(facet, words.terms[facet][term])

    def _words(self) -> Taxonomy:
        return open_register(self._settings).settings.taxonomy()
