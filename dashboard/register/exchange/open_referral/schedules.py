"""Opening hours as schedules of the standard (weekly rules of RFC 5545), and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from opening_hours import State

from dashboard.register.exchange.hours_words import day_ranges
from dashboard.register.exchange.open_referral.ids import object_id
from dashboard.register.rules.hours import UK_TIME, hours_problem, read_hours

Json = dict[str, Any]
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Mondays of four weeks without a bank holiday, through the year: hours that differ between them are not weekly.
_WEEKS = tuple(datetime(2025, month, day, tzinfo=UK_TIME) for month, day in ((2, 3), (5, 12), (8, 4), (11, 3)))
_CLOCK = re.compile(r"(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?")
Span = tuple[str, str]
_NO_SPANS: Mapping[int, tuple[Span, ...]] = MappingProxyType({})


@lru_cache(maxsize=20_000)
def weekly_spans(opening_hours: str) -> Mapping[int, tuple[Span, ...]]:
    """Return from when to when it is open on each day (0 is Monday), or nothing when its weeks are not alike."""
    if not opening_hours:
        return _NO_SPANS
    weeks = [_spans_of_week(opening_hours, monday) for monday in _WEEKS]
    return MappingProxyType(weeks[0]) if all(week == weeks[0] for week in weeks) else _NO_SPANS


def write_schedules(*, opening_hours: str, notes: str, service: str) -> list[Json]:
    """Return schedules: one for each span of time with the days that have it, and one for the notes."""
    days_of: dict[Span, list[int]] = {}
    for day, spans in weekly_spans(opening_hours).items():
        for span in spans:
            days_of.setdefault(span, []).append(day)
    written: list[Json] = [
        {
            "id": object_id("schedule", service, *span),
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(DAYS[day] for day in days),
            "opens_at": span[0],
            "closes_at": span[1],
        }
        for span, days in days_of.items()
    ]
    return [*written, {"id": object_id("schedule", service, "notes"), "description": notes}] if notes else written


def read_schedules(schedules: Iterable[Mapping[str, Any]]) -> tuple[str, str]:
    """Return opening hours in OpenStreetMap's syntax, and in words what could not be put into it."""
    rules: dict[str, list[int]] = {}
    words: list[str] = []
    for one in schedules:
        span, days = _span(one), _days(one)
        if span and days and str(one.get("freq", "")).upper() == "WEEKLY" and _is_every_week(one):
            rules.setdefault(span, []).extend(days)
        told = [one.get(name) for name in ("description", "notes")]
        words += [text for text in told if isinstance(text, str) and text]
    by_day: dict[int, list[str]] = {}
    for span, days in rules.items():
        for day in dict.fromkeys(days):
            by_day.setdefault(day, []).append(span)
    together: dict[str, list[int]] = {}
    for day, spans in sorted(by_day.items()):
        together.setdefault(",".join(sorted(spans)), []).append(day)
    hours = "; ".join(f"{day_ranges(days)} {spans}" for spans, days in together.items())
    return ("" if hours and hours_problem(hours) else hours), "\n".join(dict.fromkeys(words))


def _spans_of_week(opening_hours: str, monday: datetime) -> dict[int, tuple[Span, ...]]:
    hours = read_hours(opening_hours)
    spans: dict[int, list[Span]] = {}
    for start, end, state, _ in hours.intervals(monday, monday + timedelta(days=7)):
        if state == State.OPEN:
            for day, span in _cut_at_midnights(start, min(end, monday + timedelta(days=7))):
                spans.setdefault((day - monday.date()).days, []).append(span)
    return {day: tuple(found) for day, found in spans.items()}


def _cut_at_midnights(start: datetime, end: datetime) -> Iterable[tuple[Any, Span]]:
    while start < end:
        midnight = (start + timedelta(days=1)).replace(hour=0, minute=0)
        stop = min(end, midnight)
        yield start.date(), (f"{start:%H:%M}", "24:00" if stop == midnight else f"{stop:%H:%M}")
        start = stop


def _span(schedule: Mapping[str, Any]) -> str:
    found = [_CLOCK.fullmatch(str(schedule.get(name) or "").strip()) for name in ("opens_at", "closes_at")]
    if not all(found):
        return ""
    opens, closes = (one[1] for one in found if one)
    return f"{opens}-{'24:00' if closes == '00:00' else closes}"


def _days(schedule: Mapping[str, Any]) -> list[int]:
    named = str(schedule.get("byday") or "").upper().replace(" ", "").split(",")
    return [DAYS.index(day) for day in named] if named and all(day in DAYS for day in named) else []


def _is_every_week(schedule: Mapping[str, Any]) -> bool:
    return schedule.get("interval") in (None, "", 1, "1", 1.0)
