"""People and their rights: who is partner, reviewer or admin, where, and whose word is taken without waiting."""

from __future__ import annotations

from sqlalchemy import Row, delete, select, update

from dashboard.register.actor import GRANTABLE_ROLES, THE_PUBLIC, Actor, Role
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.rules.permissions import Action
from dashboard.register.rules.places import is_area_code
from dashboard.register.rules.text import clean_line
from dashboard.register.store.desk import RIGHTS_SET, Desk, Work, record, require
from dashboard.register.store.upsert import put
from dashboard.register.tables import asking, person

_LONGEST_NAME = 200


class People:
    """People known to the register."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def actor(self, person_id: str, *, name: str = "") -> Actor:
        """Return somebody who has signed in, with the rights that an admin has given them (none at first)."""
        if not person_id:
            return THE_PUBLIC
        with self._desk.database.reading() as con:
            row = con.execute(select(person).where(person.c.person_id == person_id)).one_or_none()
        return _actor(row) if row is not None else Actor(actor_id=person_id, name=clean_line(name)[:_LONGEST_NAME])

    def name_person(self, person_id: str, *, name: str) -> None:
        """Give somebody the name that their sign-in says, if the register knows them by their id alone."""
        with self._desk.database.writing() as con:
            unnamed = update(person).where(person.c.person_id == person_id, person.c.name == "")
            con.execute(unnamed.values(name=clean_line(name)[:_LONGEST_NAME]))

    def everyone(self, *, actor: Actor) -> tuple[Actor, ...]:
        """Return everybody the register knows, by name; an admin may ask."""
        require(actor, Action.SET_RIGHTS)
        with self._desk.database.reading() as con:
            rows = con.execute(select(person).order_by(person.c.name, person.c.person_id)).all()
        return tuple(map(_actor, rows))

    def set_rights(self, given: Actor, *, actor: Actor) -> None:
        """Give somebody roles, areas, an organisation and trust; an admin may.

        Raises
        ------
        InvalidEntryError
            If the person has no id, or a role cannot be given.
        """
        require(actor, Action.SET_RIGHTS)
        roles = given.roles - {Role.PUBLIC}
        if problems := _problems(given):
            raise InvalidEntryError(problems)
        row = {
            "person_id": given.actor_id,
            "name": clean_line(given.name),
            "organisation": clean_line(given.organisation),
            "roles": sorted(roles),
            "areas": sorted(given.areas),
            "is_trusted": given.is_trusted,
        }
        with self._desk.database.writing() as con:
            put(con, person, row)
            con.execute(delete(asking).where(asking.c.person_id == given.actor_id))
            record(Work(con, self._desk, actor), RIGHTS_SET, detail={"person_id": given.actor_id})

    def add_first_admin(self, person_id: str) -> bool:
        """Make somebody admin when nobody is yet (the command line does it); return whether it was done."""
        with self._desk.database.writing() as con:
            if any(Role.ADMIN in row.roles for row in con.execute(select(person))):
                return False
            row = con.execute(select(person).where(person.c.person_id == person_id)).one_or_none()
            known = _actor(row) if row is not None else Actor(actor_id=person_id)
            rights = {"roles": sorted({*(known.roles - {Role.PUBLIC}), Role.ADMIN}), "areas": sorted(known.areas)}
            names = {"person_id": person_id, "name": known.name, "organisation": known.organisation}
            put(con, person, {**names, **rights, "is_trusted": known.is_trusted})
            return True


def _problems(given: Actor) -> tuple[Problem, ...]:
    problems = []
    if not given.actor_id:
        problems.append(Problem("actor_id", "Say who the rights are for."))
    if given.actor_id != clean_line(given.actor_id) or len(given.actor_id) > _LONGEST_NAME:
        problems.append(Problem("actor_id", "This is not the id of somebody who has signed in."))
    for field, said in (("name", given.name), ("organisation", given.organisation)):
        if len(clean_line(said)) > _LONGEST_NAME:
            problems.append(Problem(field, f"The {field} is longer than {_LONGEST_NAME} characters. Shorten it."))
    if not given.roles - {Role.PUBLIC} <= set(GRANTABLE_ROLES):
        problems.append(Problem("roles", f"Only these roles can be given: {', '.join(GRANTABLE_ROLES)}."))
    if not all(map(is_area_code, given.areas)):
        problems.append(Problem("areas", "Choose the areas from the list: one of them is no code of an area."))
    return tuple(problems)


def _actor(row: Row[tuple[object, ...]]) -> Actor:
    held = row._mapping  # noqa: SLF001
    return Actor(
        actor_id=held["person_id"],
        name=held["name"],
        organisation=held["organisation"],
        roles=frozenset({Role.PUBLIC, *map(Role, held["roles"])}),
        areas=frozenset(held["areas"]),
        is_trusted=held["is_trusted"],
    )
