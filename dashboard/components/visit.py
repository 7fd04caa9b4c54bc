"""Who is looking, and the register as they see it: what every page of the register begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.opening import open_register
from dashboard.people.signing_in import SignedIn, signed_in_person
from dashboard.register.actor import THE_PUBLIC, Actor, Role, local_actor
from dashboard.register.register import Register
from etl.settings import Settings


@dataclass(frozen=True)
class Visitor:
    """Whoever is looking.

    Parameters
    ----------
    actor
        Who they are to the register: ask it, and let it ask itself, what they may do.
    person
        What their provider says of them; none in local mode, and for the public.
    is_alone
        Whether it is the one person of local mode, who need not sign in.
    """

    actor: Actor
    person: SignedIn | None = None
    is_alone: bool = False


@dataclass(frozen=True)
class Visit:
    """One person at the register."""

    register: Register
    actor: Actor

    def now(self) -> Visit:
        """Return this visit with the rights that the person has at this moment.

        A part of a page that is shown anew alone is handed the visit of the whole page, and so is a file that is made
        once it is asked for: an admin may have taken rights away since.
        """
        if not self.actor.actor_id or Role.OWNER in self.actor.roles:
            return self
        actor = self.register.people.actor(self.actor.actor_id, name=self.actor.name)
        return replace(self, actor=actor)


def open_visit(settings: Settings) -> Visit:
    """Return the register and whoever is asking."""
    return Visit(register=open_register(settings), actor=whoever_asks(settings).actor)


def whoever_asks(settings: Settings) -> Visitor:
    """Return who is looking.

    Rights are looked up each time, so that what an admin gives or takes away holds from the next click on.
    """
    if not settings.is_shared:
        return Visitor(actor=local_actor(), is_alone=True)
    person = signed_in_person(claims_of_visitor())
    if person is None:
        return Visitor(actor=THE_PUBLIC)
    people = open_register(settings).people
    actor = people.actor(person.person_id, name=person.name)
    if not actor.name and person.name:
        people.name_person(person.person_id, name=person.name)
        actor = replace(actor, name=person.name)
    return Visitor(actor=actor, person=person)


def claims_of_visitor() -> Mapping[str, object]:
    """Return what the ID token of whoever has signed in says; nothing for the public."""
    return st.user.to_dict()
