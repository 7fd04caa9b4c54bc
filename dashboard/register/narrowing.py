"""What the open standard asks of a register beyond the filters of a page, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Near:
    """A circle on the ground: its middle in degrees (WGS 84), its radius in metres."""

    lon: float
    lat: float
    within_m: float


@dataclass(frozen=True, kw_only=True)
class WeekTimes:
    """Hours of an ordinary week, a week without a bank holiday.

    Parameters
    ----------
    day
        0 is Monday; None for any day.
    opens_from, closes_by
        As HH:MM in UK time; empty when it does not matter.
    """

    day: int | None = None
    opens_from: str = ""
    closes_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Conditions on published entries; every one that is given must hold.

    Parameters
    ----------
    terms
        Pairs of a field and an id of its taxonomy, any of which will do; an empty tuple is met by nothing.
    fields
        Fields with a taxonomy, in any of which an entry says something.
    min_age, max_age
        Years: its youngest age is at least, and its oldest at most; an entry without such a limit passes.
    served
        Codes of areas: an entry that names the areas it serves must name one of these.
    is_placed
        Only entries that have a place, and not just an area that they serve.
    organisation_id
        The open standard's id of the organisation.
    changed_from
        A moment with its time zone; changed then or later.
    """

    terms: tuple[tuple[str, str], ...] | None = None
    fields: tuple[str, ...] | None = None
    min_age: float | None = None
    max_age: float | None = None
    week: WeekTimes | None = None
    near: Near | None = None
    served: frozenset[str] | None = None
    is_placed: bool = False
    organisation_id: str = ""
    changed_from: datetime | None = None
