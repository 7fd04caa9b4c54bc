"""Opening hours as a person says them: the week that begins today, days with the same hours together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from dashboard.register.rules.hours import UK_TIME, is_open_at, read_hours
from dashboard.words import join

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_MIDDAY_HOUR = 12


def open_now_words(text: str, *, moment: datetime) -> str:
    """Return whether hours are open at a moment and, when that is known, until when; nothing without hours.

    Parameters
    ----------
    moment
        With its time zone.
    """
    if not text:
        return ""
    is_open = is_open_at(text, moment=moment)
    if is_open is None:
        return "Ask whether it is open now."
    local = moment.astimezone(UK_TIME)
    change = read_hours(text).next_change(local)
    until = f", until {_when(change, local)}" if change else ""
    return f"{'Open' if is_open else 'Closed'} now{until}."


def week_words(text: str, *, today: date) -> list[tuple[str, str]]:
    """Return the hours of the seven days from a day on: days (“Monday to Friday”) and their hours in words.

    The library works the hours out for these very days, so that seasons and public holidays are in them.
    """
    spans = _spans(text, today)
    runs: list[tuple[list[str], str]] = []
    for day in sorted((today + n * _DAY for n in range(7)), key=date.weekday):
        said = join(spans[day]) or "closed"
        if not runs or runs[-1][1] != said:
            runs.append(([], said))
        runs[-1][0].append(_DAYS[day.weekday()])
    return [(_run_words(days), said) for days, said in runs]


def clock(moment: datetime | time) -> str:
    """Return a time as one says it: 9am, 2:30pm, midday, midnight."""
    if moment.minute == 0 and moment.hour in (0, _MIDDAY_HOUR):
        return "midday" if moment.hour else "midnight"
    half = "am" if moment.hour < _MIDDAY_HOUR else "pm"
    hour = moment.hour % _MIDDAY_HOUR or _MIDDAY_HOUR
    return f"{hour}:{moment.minute:02d}{half}" if moment.minute else f"{hour}{half}"


def _spans(text: str, today: date) -> dict[date, list[str]]:
    """Return what is open, by the day on which it begins; what lasts longer than a day is said on each of its days."""
    spans: dict[date, list[str]] = defaultdict(list)
    first = _midnight(today)
    for since, until, state, comment in read_hours(text).intervals(first - _DAY, first + _WEEK + _DAY):
        if str(state) == "closed":
            continue
        notes = [f"“{comment}”"] if comment else []
        notes += ["perhaps: ask first"] if str(state) == "unknown" else []
        note = f" ({', '.join(notes)})" if notes else ""
        if until - since < _DAY:
            spans[since.date()].append(f"{clock(since)} to {clock(until)}{note}")
            continue
        for day in (since.date() + n * _DAY for n in range((until.date() - since.date()).days + 1)):
            if _midnight(day) < until:
                spans[day].append(f"{_part_words(day, since, until)}{note}")
    return spans


def _part_words(day: date, since: datetime, until: datetime) -> str:
    start, end = max(since, _midnight(day)), min(until, _midnight(day + _DAY))
    return "day and night" if end - start >= _DAY else f"{clock(start)} to {clock(end)}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UK_TIME)


def _run_words(days: list[str]) -> str:
    if len(days) == len(_DAYS):
        return "Every day"
    return f"{days[0]} to {days[-1]}" if len(days) > 2 else join(days)  # noqa: PLR2004


def _when(change: datetime, local: datetime) -> str:
    away = change.date() - local.date()
    if not away:
        return clock(change)
    if away == _DAY:
        return f"{clock(change)} tomorrow"
    day = _DAYS[change.weekday()] if away < _WEEK else f"{change.day} {change:%B}"
    return f"{day} at {clock(change)}"
