"""The lists of words of the register: what may be added, renamed, or offered no longer."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import streamlit as st

from dashboard.components.frame import fragment
from dashboard.components.visit import Visit
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.taxonomy import Taxonomy, Term

FACET_NAMES = {
    "kinds": "Kinds of place or group",
    "offers": "What is offered",
    "audiences": "Who it is for",
    "referral": "How to be referred",
    "meets": "How people meet",
    "accessibility": "Accessibility",
    "languages": "Languages",
    "organisation_sorts": "Sorts of organisation",
    "themes": "Themes of stories",
}
NEW = ""
_LONGEST_ID, _HASH_DIGITS = 64, 12
_LANGUAGES = "languages"


@fragment
def show_terms(visit: Visit) -> None:
    """Show a list of words and the form that changes one of them."""
    taxonomy = visit.register.settings.taxonomy()
    facet = st.selectbox("List", list(FACET_NAMES), format_func=FACET_NAMES.__getitem__, key="facet")
    terms = taxonomy.terms[facet]
    st.dataframe(
        [
            {
                "Word": term.name,
                "Note": term.note,
                "Part of": taxonomy.name_of(facet, term.within) if term.within else "",
                "Offered": "no longer" if term.is_retired else "yes",
            }
            for term in terms.values()
        ],
        hide_index=True,
    )
    chosen = st.selectbox(
        "Change",
        [NEW, *terms],
        format_func=lambda term_id: terms[term_id].name if term_id else "Add a new word",
        key=f"term-{facet}",
    )
    _show_form(visit, taxonomy, facet, chosen)


def _show_form(visit: Visit, taxonomy: Taxonomy, facet: str, term_id: str) -> None:
    old = taxonomy.terms[facet].get(term_id)
    key = f"{facet}-{term_id}"
    with st.form(f"term-form-{key}", clear_on_submit=old is None):
        name = st.text_input("Word, as people see it", value=old.name if old else "", key=f"word-{key}")
        note = st.text_input("What it means", value=old.note if old else "", key=f"note-{key}")
        code = _ask_code() if facet == _LANGUAGES and old is None else ""
        within = old.within if old else _ask_within(taxonomy, facet)
        is_retired = old is not None and st.checkbox(
            "No longer offered (entries that have it keep it)", value=old.is_retired, key=f"retired-{key}"
        )
        if st.form_submit_button("Save the word", type="primary"):
            term = Term(
                term_id=term_id or code or term_id_of(name),
                name=name,
                note=note,
                within=within,
                is_retired=is_retired,
            )
            if old is None and taxonomy.has(facet, term.term_id):
                raise InvalidEntryError((Problem("name", f"“{name}” is in this list already."),))
            visit.register.settings.put_term(facet, term, actor=visit.actor)
            st.toast("Saved.", icon=":material/check:")
            st.rerun()


def _ask_code() -> str:
    return st.text_input("Its code (ISO 639, for example cy for Welsh)", key="language-code").strip().lower()


def _ask_within(taxonomy: Taxonomy, facet: str) -> str:
    """Return the broader word that a new one is part of; a word that is itself part of one holds none."""
    broader = {term.term_id: term.name for term in taxonomy.choices(facet) if not term.within}
    if not any(term.within for term in taxonomy.terms[facet].values()):
        return ""
    return st.selectbox(
        "Part of",
        ["", *broader],
        format_func=lambda term_id: broader.get(term_id, "nothing"),
        key=f"within-{facet}",
    )


def term_id_of(name: str) -> str:
    """Return the id of a new word: its name in small letters without accents, with underscores between.

    An id begins with a letter of English; where the name gives none, it is made of a number or of a hash.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not made and name.strip():
        made = hashlib.sha256(name.strip().encode()).hexdigest()[:_HASH_DIGITS]
    if made and not made[0].isalpha():
        made = f"word_{made}"
    return made[:_LONGEST_ID]
