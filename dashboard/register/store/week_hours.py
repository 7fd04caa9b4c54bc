"""Which opening hours have the times of an ordinary week that somebody asks for."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from sqlalchemy import Connection, select

from dashboard.register.exchange.open_referral.schedules import Span, weekly_spans
from dashboard.register.narrowing import WeekTimes
from dashboard.register.tables import hours


class WeekHours:
    """Opening hours of the register as weeks; rows of `hours` never change, so only new ones are read."""

    def __init__(self) -> None:
        self._known: dict[int, Mapping[int, tuple[Span, ...]]] = {}
        self._lock = Lock()

    def with_times(self, con: Connection, *, times: WeekTimes) -> frozenset[int]:
        """Return the ids of the hours with a stretch of time, on the day, that lies within the times."""
        with self._lock:
            new = con.execute(select(hours).where(hours.c.hours_id > max(self._known, default=0))).all()
            self._known |= {row.hours_id: weekly_spans(row.osm) for row in new}
            return frozenset(hours_id for hours_id, week in self._known.items() if _has(week, times))


def _has(week: Mapping[int, tuple[Span, ...]], times: WeekTimes) -> bool:
    days = week.values() if times.day is None else (week.get(times.day, ()),)
    return any(
        (not times.opens_from or opens >= times.opens_from) and (not times.closes_by or closes <= times.closes_by)
        for spans in days
        for opens, closes in spans
    )
