"""What every part of the store works with, and who may do what to which row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from dashboard.register.actor import Actor
from dashboard.register.database import Database
from dashboard.register.errors import InvalidEntryError, NotAllowedError, Problem
from dashboard.register.geography import Geography, RememberedGeography
from dashboard.register.model import Asset
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.rules.permissions import NOTHING, Action, Subject, may
from dashboard.register.rules.text import clean_words
from dashboard.register.store.upsert import insert_missing
from dashboard.register.tables import asset as asset_table
from dashboard.register.tables import asset_version, event, owner, person
from dashboard.register.taxonomy import Taxonomy

Clock = Callable[[], datetime]
AnyRow = Row[Any]
# What was done when somebody was given rights; its detail names a person by their id.
RIGHTS_SET = "rights set"
# What was done when somebody confirmed an entry; its detail says in whose name.
CONFIRMED = "confirmed"
LONGEST_WHY = 2_000


@dataclass(frozen=True)
class Desk:
    """The database, the time, the geography and the words: handed to every part of the store.

    Parameters
    ----------
    clock
        Returns the present moment, with its time zone.
    shipped_taxonomy
        The taxonomy of data/taxonomy, before an admin's own terms.
    """

    database: Database
    clock: Clock
    geography: Geography
    shipped_taxonomy: Taxonomy

    def today(self) -> date:
        """Return the day it is in the United Kingdom."""
        return self.clock().astimezone(UK_TIME).date()

    def areas_of(self, asset: Asset) -> frozenset[str]:
        """Return the codes of every area that an asset lies in or serves."""
        return self.geography.areas_of(asset.place.lsoa21_code) | frozenset(asset.service_areas)

    def centroid_of(self, asset: Asset) -> tuple[float, float] | None:
        """Return the middle of the LSOA of an asset."""
        return self.geography.centroid_of(asset.place.lsoa21_code) if asset.place.lsoa21_code else None


@dataclass(frozen=True)
class Work:
    """One transaction on somebody's behalf.

    Parameters
    ----------
    put_off
        Where versions to publish are noted (key, version, asset), for whoever began to show them all at once in the
        end; None when each is shown at once.
    """

    con: Connection
    desk: Desk
    actor: Actor
    why: str = ""
    put_off: list[tuple[int, int, Asset]] | None = None


def on_many(work: Work) -> Work:
    """Return the same work, which asks geography once for each neighbourhood."""
    return replace(work, desk=replace(work.desk, geography=RememberedGeography(work.desk.geography)))


def require(actor: Actor, action: Action, *, subject: Subject = NOTHING) -> None:
    """Refuse what somebody may not do.

    Raises
    ------
    NotAllowedError
        Which says what it was.
    """
    if not may(actor, action, subject=subject):
        what = f"You may not {action.value}."
        raise NotAllowedError(what, todo="Sign in as somebody who may, or ask your register's administrator.")


def subject_of(work: Work, row: AnyRow, *, asset: Asset, owned: Collection[int] | None = None) -> Subject:
    """Return what the rules need to know about an entry and this actor.

    Parameters
    ----------
    asset
        A version of it; once one was published, that one says where it lies, and not an edit that nobody has looked at.
    owned
        Keys of the entries that the actor looks after, when they are at hand.
    """
    looked_after = owned_keys(work.con, work.actor) if owned is None else owned
    return Subject(
        areas=areas_for_rights(work, row, asset=asset),
        is_owner=row.asset_key in looked_after,
        is_author=is_author(row, work.actor),
    )


def areas_for_rights(work: Work, row: AnyRow, *, asset: Asset) -> frozenset[str]:
    """Return the areas whose reviewers review an entry."""
    # Where somebody reviews everywhere, or nowhere, it does not matter which areas these are.
    if row.published_version is None or not work.actor.areas:
        return work.desk.areas_of(asset)
    # Many rows are read together with the body of their newest version, and of most that is the published one.
    body = getattr(row, "body", None) if row.published_version == row.latest_version else None
    if body is None:
        shown = select(asset_version.c.body).where(
            asset_version.c.asset_key == row.asset_key, asset_version.c.version == row.published_version
        )
        body = work.con.execute(shown).scalar_one()
    return work.desk.geography.areas_of(body["place"]["lsoa21_code"]) | frozenset(body["service_areas"])


def is_author(row: AnyRow, actor: Actor) -> bool:
    """Return whether somebody added an entry that was never published."""
    return bool(actor.actor_id) and row.created_by == actor.actor_id and row.published_version is None


def owned_keys(con: Connection, actor: Actor) -> frozenset[int]:
    """Return the keys of the entries that somebody looks after, those with which theirs were merged too."""
    if not actor.actor_id:
        return frozenset()
    owned = con.scalars(select(owner.c.asset_key).where(owner.c.person_id == actor.actor_id)).all()
    merged = select(asset_table.c.merged_into_key).where(
        asset_table.c.asset_key.in_(owned), asset_table.c.merged_into_key.is_not(None)
    )
    return frozenset(owned) | frozenset(con.scalars(merged) if owned else ())


def record(
    work: Work,
    action: str,
    *,
    asset_key: int | None = None,
    story_key: int | None = None,
    version: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down that something was done, by whom, when and why."""
    record_all(work, action, [{"asset_key": asset_key, "story_key": story_key, "version": version, "detail": detail}])


def record_all(work: Work, action: str, rows: list[dict[str, Any]]) -> None:
    """Write down that the same was done to many."""
    remember(work)
    same = {"action": action, "who": work.actor.actor_id, "at": work.desk.clock(), "why": _said(work.why)}
    blank: dict[str, Any] = {"asset_key": None, "story_key": None, "version": None}
    work.con.execute(insert(event), [{**blank, **row, "detail": row.get("detail") or {}, **same} for row in rows])


def _said(why: str) -> str:
    """Return a reason as it is kept; a question or an outcome that somebody types is the reason of its act too."""
    said = clean_words(why)
    if len(said) > LONGEST_WHY:
        message = f"The note is longer than {LONGEST_WHY:,} characters. Shorten it."
        raise InvalidEntryError((Problem("why", message),))
    return said


def remember(work: Work) -> None:
    """Keep the name of somebody who does something, so that history can say it."""
    actor = work.actor
    if actor.actor_id:
        row = {"person_id": actor.actor_id, "name": actor.name, "organisation": actor.organisation}
        insert_missing(work.con, person, [{**row, "roles": [], "areas": [], "is_trusted": False}])
