"""What somebody looks for in the register, as one value that an address can carry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dashboard.register.entry import Entry
from dashboard.register.narrowing import Narrowing
from dashboard.register.rules.freshness import Freshness


class Order(StrEnum):
    """In what order entries are listed."""

    NAME = "name"
    STALEST = "stalest"


@dataclass(frozen=True, kw_only=True)
class Query:
    """Filters; within one any of its ids will do, and an entry must pass all of them.

    Parameters
    ----------
    text
        Words, each the beginning of a word of the entry.
    areas
        Codes of areas that it lies in or serves.
    open_at
        A moment, with its time zone, at which it is open.
    bbox
        West, south, east and north in degrees; an entry without a point is in no box.
    narrowing
        What the open standard asks beyond these.
    page, per_page
        Pages count from 1.
    """

    text: str = ""
    kinds: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    organisation_sorts: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    freshness: tuple[Freshness, ...] = ()
    is_free: bool = False
    open_at: datetime | None = None
    bbox: tuple[float, float, float, float] | None = None
    narrowing: Narrowing = field(default_factory=Narrowing)
    order: Order = Order.NAME
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of what was found, and how much was found in all."""

    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Point:
    """A published entry on the map, as everyone may see it; lon and lat in degrees."""

    asset_id: str
    name: str
    kind: str
    offers: str
    availability: str
    lon: float
    lat: float
    freshness: Freshness


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is new since a number of change: entries as everyone sees them, and ids no longer shown."""

    number: int
    shown: tuple[Entry, ...]
    gone: tuple[str, ...]
    is_complete: bool
