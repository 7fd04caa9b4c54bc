"""Which opening hours are open at a moment, remembered until the next time that they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from opening_hours import OpeningHours
from sqlalchemy import Connection, select

from dashboard.register.rules.hours import UK_TIME, read_hours
from dashboard.register.tables import hours

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class _Known:
    """One text of opening hours, with what it said between two moments."""

    hours: OpeningHours
    is_open: bool = False
    since: datetime = _NEVER
    until: datetime = _NEVER

    def at(self, moment: datetime) -> bool:
        """Return whether it is open at a moment in UK time."""
        if not self.since <= moment < self.until:
            self.is_open = self.hours.is_open(moment)
            self.since, self.until = moment, self.hours.next_change(moment) or _NEVER
        return self.is_open


class OpenHours:
    """Opening hours of the register; rows of `hours` never change, so only new ones are read."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self._lock = Lock()

    def open_at(self, con: Connection, *, moment: datetime) -> frozenset[int]:
        """Return the ids of the hours that are open at a moment that knows its time zone."""
        local = moment.astimezone(UK_TIME)
        with self._lock:
            self._learn(con.execute(select(hours).where(hours.c.hours_id > max(self._known, default=0))).all())
            return frozenset(hours_id for hours_id, known in self._known.items() if known.at(local))

    def _learn(self, rows: Sequence[object]) -> None:
        for row in rows:
            self._known[row.hours_id] = _Known(read_hours(row.osm))  # type: ignore[attr-defined]
