"""What an admin may set, and the words an admin adds to the taxonomy."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, select

from dashboard.register.actor import Actor
from dashboard.register.errors import InvalidEntryError, Problem
from dashboard.register.rules.freshness import CHECK_EVERY_DAYS
from dashboard.register.rules.permissions import Action
from dashboard.register.rules.text import clean_line
from dashboard.register.store.desk import Desk, Work, record, require
from dashboard.register.store.upsert import put
from dashboard.register.tables import setting as setting_table
from dashboard.register.tables import term as term_table
from dashboard.register.taxonomy import FACETS, ID_PATTERN, Taxonomy, Term


@dataclass(frozen=True, kw_only=True)
class RegisterSettings:
    """What an admin may set.

    Parameters
    ----------
    check_every_days
        How long an entry stays fresh after it was confirmed.
    claim_days
        How long a link by which a group claims its entry works.
    reports_per_hour, reports_per_entry_per_day
        How often one sender, and how often anyone about one entry, may say that something is wrong.
    """

    check_every_days: int = CHECK_EVERY_DAYS
    claim_days: int = 7
    reports_per_hour: int = 5
    reports_per_entry_per_day: int = 20


MOST = {"check_every_days": 3_650, "claim_days": 90, "reports_per_hour": 1_000, "reports_per_entry_per_day": 10_000}
_LONGEST_NAME, _LONGEST_NOTE = 200, 1_000


def read_register_settings(con: Connection) -> RegisterSettings:
    """Return the settings, those that nobody has changed at their defaults."""
    known = {field.name for field in fields(RegisterSettings)}
    rows = con.execute(select(setting_table)).all()
    return RegisterSettings(**{row.name: row.value for row in rows if row.name in known})


def read_terms(con: Connection, shipped: Taxonomy) -> Taxonomy:
    """Return the taxonomy with the terms that an admin has added or changed."""
    rows = con.execute(select(term_table).order_by(term_table.c.facet, term_table.c.term_id)).all()
    return shipped.with_terms(
        (
            row.facet,
            Term(term_id=row.term_id, name=row.name, note=row.note, within=row.within, is_retired=row.is_retired),
        )
        for row in rows
    )


class SettingsDesk:
    """Settings and taxonomy."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self) -> RegisterSettings:
        """Return the settings."""
        with self._desk.database.reading() as con:
            return read_register_settings(con)

    def change(self, settings: RegisterSettings, *, actor: Actor) -> None:
        """Change the settings; an admin may.

        Raises
        ------
        InvalidEntryError
            If one is not a whole number from 1 to its most.
        """
        require(actor, Action.SET_SETTINGS)
        values = asdict(settings)
        problems = [
            Problem(name, f"“{name}” must be a whole number from 1 to {most:,}.")
            for name, most in MOST.items()
            if type(values[name]) is not int or not 1 <= values[name] <= most
        ]
        if problems:
            raise InvalidEntryError(tuple(problems))
        with self._desk.database.writing() as con:
            for name, value in values.items():
                put(con, setting_table, {"name": name, "value": value})
            record(Work(con, self._desk, actor), "settings changed", detail=values)

    def taxonomy(self) -> Taxonomy:
        """Return the words in use."""
        with self._desk.database.reading() as con:
            return read_terms(con, self._desk.shipped_taxonomy)

    def put_term(self, facet: str, term: Term, *, actor: Actor) -> None:
        """Add a term, rename one or retire one; an admin may. Ids never change.

        Raises
        ------
        InvalidEntryError
            If the facet or the broader term is not known, the id is not one, or the name or note is empty or too long.
        """
        require(actor, Action.SET_SETTINGS)
        name, note = clean_line(term.name), clean_line(term.note)
        problems = []
        if facet not in FACETS:
            problems.append(Problem("facet", f"There is no list of words called “{facet[:64]}”."))
        if not ID_PATTERN.fullmatch(term.term_id):
            problems.append(Problem("term_id", "An id has small letters, digits and underscores, 64 at most."))
        if not 0 < len(name) <= _LONGEST_NAME:
            problems.append(Problem("name", f"Give the term a name of at most {_LONGEST_NAME} characters."))
        if len(note) > _LONGEST_NOTE:
            problems.append(Problem("note", f"The note is longer than {_LONGEST_NOTE:,} characters. Shorten it."))
        if problems:
            raise InvalidEntryError(tuple(problems))
        row = {"name": name, "note": note, "within": term.within, "is_retired": term.is_retired}
        with self._desk.database.writing() as con:
            if term.within and not read_terms(con, self._desk.shipped_taxonomy).has(facet, term.within):
                message = f"There is no word “{clean_line(term.within)[:64]}” in this list to be a part of."
                raise InvalidEntryError((Problem("within", message),))
            put(con, term_table, {"facet": facet, "term_id": term.term_id, **row})
            record(Work(con, self._desk, actor), "term changed", detail={"facet": facet, "term_id": term.term_id})
