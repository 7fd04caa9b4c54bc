"""The register, opened: one object with a part for each question that is put to it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dashboard.register.actor import Actor
from dashboard.register.database import Database
from dashboard.register.geography import Geography, NoGeography
from dashboard.register.holdings import Holdings
from dashboard.register.rules.hours import UK_TIME
from dashboard.register.store.asking import AskingDesk
from dashboard.register.store.claims import Claims
from dashboard.register.store.desk import Clock, Desk
from dashboard.register.store.entries import Entries
from dashboard.register.store.erasing import Erasing
from dashboard.register.store.finding import Finding
from dashboard.register.store.history import History
from dashboard.register.store.imports import Imports
from dashboard.register.store.kept import Kept
from dashboard.register.store.merging import Merging
from dashboard.register.store.pairs import Pairs
from dashboard.register.store.people import People
from dashboard.register.store.queues import Queues
from dashboard.register.store.renewing import Renewing
from dashboard.register.store.reports import Reports
from dashboard.register.store.review import Review
from dashboard.register.store.settings import SettingsDesk
from dashboard.register.store.stories import Stories
from dashboard.register.store.upkeep import Upkeep
from dashboard.register.taxonomy import Taxonomy, read_taxonomy


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def uk_today() -> date:
    """Return the day it is in the United Kingdom."""
    return utc_now().astimezone(UK_TIME).date()


class Register:
    """A register of community assets.

    Parameters
    ----------
    url
        `sqlite:///path` or `postgresql://…`; the tables are made, or brought up to date, when it is opened.
    clock
        Tells the time.
    geography
        Says which areas a place lies in, and where the middle of an LSOA is.
    taxonomy
        The words in use, those of data/taxonomy when none are given.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Clock = utc_now,
        geography: Geography | None = None,
        taxonomy: Taxonomy | None = None,
    ) -> None:
        self.database = Database(url)
        desk = Desk(self.database, clock, geography or NoGeography(), taxonomy or read_taxonomy())
        self.entries = Entries(desk)
        self.review = Review(desk)
        self.queues = Queues(desk)
        self.finding = Finding(desk)
        self.history = History(desk)
        self.merging = Merging(desk)
        self.pairs = Pairs(desk)
        self.erasing = Erasing(desk)
        self.claims = Claims(desk)
        self.people = People(desk)
        self.asking = AskingDesk(desk)
        self.reports = Reports(desk)
        self.stories = Stories(desk)
        self.settings = SettingsDesk(desk)
        self.kept = Kept(desk)
        self.renewing = Renewing(desk)
        self.imports = Imports(desk)
        self.upkeep = Upkeep(desk)
        self._desk = desk

    def holdings(self, *, actor: Actor) -> Holdings:
        """Return what is held already, as somebody who brings in a list may see it."""
        return Holdings(self._desk, actor=actor)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
