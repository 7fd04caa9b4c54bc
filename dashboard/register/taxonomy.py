"""The words of the register: kinds, offers, audiences and the rest, read from data/taxonomy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from etl.settings import PROJECT

TAXONOMY_DIR = PROJECT / "data" / "taxonomy"

# The facet of each field of an asset or story whose values are ids of the taxonomy.
FACET_OF_FIELD = {
    "kind": "kinds",
    "offers": "offers",
    "audiences": "audiences",
    "referral": "referral",
    "meets": "meets",
    "accessibility": "accessibility",
    "languages": "languages",
    "organisation_sort": "organisation_sorts",
    "themes": "themes",
}
ID_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,63}")
FACETS = tuple(FACET_OF_FIELD.values())


@dataclass(frozen=True, kw_only=True)
class Term:
    """One word of the taxonomy.

    Parameters
    ----------
    within
        Id of the broader term, in the same facet, that anyone with this one has too.
    is_retired
        No longer offered; what has it keeps it.
    """

    term_id: str
    name: str
    note: str = ""
    within: str = ""
    is_retired: bool = False


@dataclass(frozen=True)
class Taxonomy:
    """Every term, by facet and id, in the order of the files."""

    terms: Mapping[str, Mapping[str, Term]]

    def has(self, facet: str, term_id: str) -> bool:
        """Return whether a facet has a term."""
        return term_id in self.terms[facet]

    def name_of(self, facet: str, term_id: str) -> str:
        """Return a term's name in plain English; an unknown id stands for itself."""
        term = self.terms[facet].get(term_id)
        return term.name if term else term_id

    def choices(self, facet: str) -> list[Term]:
        """Return the terms that may be chosen now."""
        return [term for term in self.terms[facet].values() if not term.is_retired]

    def names(self, facet: str) -> dict[str, str]:
        """Return the names of the terms that may be chosen now, by id."""
        return {term.term_id: term.name for term in self.choices(facet)}

    def widen(self, facet: str, term_ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids and, after them, the broader terms that they lie within."""
        chosen = list(dict.fromkeys(term_ids))
        broader = [self.terms[facet][one].within for one in chosen if one in self.terms[facet]]
        return tuple(dict.fromkeys([*chosen, *filter(None, broader)]))

    def with_terms(self, extra: Iterable[tuple[str, Term]]) -> Taxonomy:
        """Return the taxonomy with terms added, or put in the place of those with their ids."""
        terms = {facet: dict(known) for facet, known in self.terms.items()}
        for facet, term in extra:
            kept_within = terms[facet][term.term_id].within if term.term_id in terms[facet] else term.within
            terms[facet][term.term_id] = replace(term, within=kept_within)
        return Taxonomy(terms)


def read_taxonomy(folder: Path = TAXONOMY_DIR) -> Taxonomy:
    """Return the taxonomy of a folder, one file per facet."""
    return Taxonomy({facet: _read_facet(folder / f"{facet}.toml") for facet in FACETS})


def _read_facet(path: Path) -> dict[str, Term]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["term"]
    terms = (Term(term_id=row["id"], **{key: value for key, value in row.items() if key != "id"}) for row in rows)
    return {term.term_id: term for term in terms}
