"""Opening hours in OpenStreetMap's syntax, read by the opening-hours library: no reading of our own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

UK_TIME = ZoneInfo("Europe/London")
_COUNTRY = "GB"
_FURTHEST_DAYS = 366
MAX_HOURS = 255


def read_hours(text: str) -> OpeningHours:
    """Return hours that can be asked when they are open, in UK time; `hours_problem` says if they can be read."""
    return OpeningHours(text, timezone=UK_TIME, country=_COUNTRY, max_interval_days=_FURTHEST_DAYS)


def hours_problem(text: str) -> str:
    """Return what is wrong with opening hours, or nothing."""
    how = "Write them like “Mo-Fr 09:00-17:00; Sa 10:00-12:00”, or say them in words in the notes."
    if len(text) > MAX_HOURS:
        return f"The opening hours are longer than {MAX_HOURS} characters. {how}"
    return "" if validate(text) else f"The opening hours “{text}” cannot be read. {how}"


def is_open_at(text: str, *, moment: datetime) -> bool | None:
    """Return whether hours are open at a moment that knows its time zone; None when they do not say."""
    if not text:
        return None
    hours = read_hours(text)
    return None if hours.is_unknown(moment.astimezone(UK_TIME)) else hours.is_open(moment.astimezone(UK_TIME))
