"""Whose rights an admin looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.people.signing_in import SEPARATOR
from dashboard.register.actor import Actor

_CHOSEN = "person-chosen"
_TAIL = 8


def known_people(visit: Visit) -> dict[str, Actor]:
    """Return everybody who can sign in, by id; those who ask for rights with the organisation that they name."""
    known = {one.actor_id: one for one in visit.register.people.everyone(actor=visit.actor)}
    for one in visit.register.asking.everyone(actor=visit.actor):
        person = known.get(one.person_id, Actor(actor_id=one.person_id))
        known[one.person_id] = replace(
            person, name=person.name or one.name, organisation=person.organisation or one.organisation
        )
    return {person_id: one for person_id, one in known.items() if SEPARATOR in person_id}


def choose_person(person_id: str) -> None:
    """Look at somebody's rights from now on."""
    st.session_state[_CHOSEN] = person_id


def ask_person(people: Mapping[str, Actor]) -> Actor | None:
    """Let an admin say whose rights to look at; none until they have."""
    labels = label_people(people)
    if st.session_state.get(_CHOSEN) not in people:
        st.session_state[_CHOSEN] = None
    chosen = st.selectbox(
        "Whose rights", list(people), index=None, format_func=labels.__getitem__, key=_CHOSEN, placeholder="Choose one"
    )
    return people[chosen] if chosen else None


def label_people(people: Mapping[str, Actor]) -> dict[str, str]:
    """Return what each person is called, told apart by the end of their id where two are called the same."""
    called = {key: ", ".join(filter(None, (one.name, one.organisation))) or key for key, one in people.items()}
    times = Counter(called.values())
    return {key: label if times[label] == 1 else f"{label} (…{key[-_TAIL:]})" for key, label in called.items()}
