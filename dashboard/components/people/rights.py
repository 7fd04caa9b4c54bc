"""Who has which rights, and giving them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from dashboard.components.assets.naming import area_name
from dashboard.components.frame import fragment
from dashboard.components.people.choice import ask_person, known_people, label_people
from dashboard.components.visit import Visit
from dashboard.people.rights_words import ROLE_NAMES, ROLES_MAY, where_they_review
from dashboard.register.actor import Actor, Role
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.repository import Repository
from dashboard.words import escape_markdown

EVERYWHERE, SOME_AREAS = "Everywhere", "Only in these areas"
_LEVELS = ("icb", "sicbl", "lad")


@fragment
def show_rights(visit: Visit, repository: Repository) -> None:
    """Show everybody's rights, and the form that changes one person's."""
    people = known_people(visit)
    st.subheader("Everybody known here")
    if not people:
        st.info("Nobody has rights yet. Whoever signs in can ask for them, and then appears here.")
        return
    namer = partial(area_name, repository)
    st.dataframe(_table(people, namer), hide_index=True)
    person = ask_person(people)
    if person is not None:
        _show_form(visit, repository, person)
        _show_forgetting(visit, person, label=label_people(people)[person.actor_id])


def _table(people: Mapping[str, Actor], namer: Callable[[str], str]) -> list[dict[str, str]]:
    return [
        {
            "Name": one.name or "not signed in yet",
            "Organisation": one.organisation,
            "Roles": ", ".join(name for role, name in ROLE_NAMES.items() if role in one.roles) or "none yet",
            "Reviews": where_they_review(one, name_of_area=namer) if Role.REVIEWER in one.roles else "",
            "Trusted": "yes" if one.is_trusted else "",
            "Id": one.actor_id,
        }
        for one in people.values()
    ]


def _show_form(visit: Visit, repository: Repository, person: Actor) -> None:
    key = person.actor_id
    with st.form(f"rights-{key}"):
        name = st.text_input("Name, as history shows it", value=person.name, key=f"name-{key}")
        organisation = st.text_input("Organisation", value=person.organisation, key=f"organisation-{key}")
        roles = {
            role
            for role, label in ROLE_NAMES.items()
            if st.checkbox(f"{label}: may {ROLES_MAY[role]}", value=role in person.roles, key=f"{role}-{key}")
        }
        is_trusted = st.checkbox(
            "Trusted: what they add or change is shown without waiting", value=person.is_trusted, key=f"trusted-{key}"
        )
        where = st.radio(
            "A reviewer reviews", (EVERYWHERE, SOME_AREAS), index=int(bool(person.areas)), key=f"where-{key}"
        )
        areas = _ask_areas(repository, person)
        if st.form_submit_button("Save rights", type="primary"):
            _check_areas(areas, where=where)
            given = Actor(
                actor_id=key,
                name=name,
                organisation=organisation,
                roles=frozenset({Role.PUBLIC, *roles}),
                areas=frozenset(areas),
                is_trusted=is_trusted,
            )
            visit.register.people.set_rights(given, actor=visit.actor)
            st.toast("Saved. It holds from their next click on.", icon=":material/check:")
            st.rerun()


def _check_areas(areas: list[str], *, where: str) -> None:
    """Refuse to guess: no areas would mean everywhere, and areas beside “Everywhere” would be lost."""
    if where == SOME_AREAS and not areas:
        raise InvalidEntryError((Problem("areas", f"Choose the areas in which they review, or “{EVERYWHERE}”."),))
    if where == EVERYWHERE and areas:
        what = f"You chose areas as well as “{EVERYWHERE}”: choose “{SOME_AREAS}”, or take the areas out."
        raise InvalidEntryError((Problem("areas", what),))


def _ask_areas(repository: Repository, person: Actor) -> list[str]:
    """Return the codes of the areas chosen by name: ICBs, their parts, districts, and whatever was given before."""
    namer = partial(area_name, repository)
    options = {code: namer(code) for code in sorted(person.areas)}
    for level in _LEVELS:
        areas = repository.areas_of_level(level)
        options |= dict(zip(areas["area_code"], areas["name"], strict=True))
    labels = {code: f"{name} ({code})" for code, name in options.items()}
    return st.multiselect(
        "Areas",
        list(options),
        default=sorted(person.areas),
        format_func=labels.__getitem__,
        key=f"areas-{person.actor_id}",
        placeholder="Type a district or an ICB",
        select_all=False,
    )


def _show_forgetting(visit: Visit, person: Actor, *, label: str) -> None:
    with st.expander("Forget this person"):
        st.markdown(
            f"**{escape_markdown(label)}** loses every right, no longer looks after any entry, and history says "
            "“somebody” where it had the name. This cannot be undone."
        )
        is_sure = st.checkbox("I am sure", key=f"sure-{person.actor_id}")
        if st.button("Forget for good", disabled=not is_sure, key=f"forget-{person.actor_id}"):
            visit.register.erasing.forget_person(person.actor_id, actor=visit.actor)
            st.toast("Forgotten.", icon=":material/check:")
            st.rerun()
