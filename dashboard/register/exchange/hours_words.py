"""Opening hours as people write them, turned into OpenStreetMap's syntax where there is only one way to read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from dashboard.register.rules.hours import hours_problem

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_WEEK = range(7)
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|daily|everyday|every day|weekdays?|weekends?"
_TIME = r"(?:\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?|noon|midday|midnight)"
_RANGE = re.compile(rf"({_TIME})\s*-\s*({_TIME})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")
_TOKEN = re.compile(
    rf"\s*(?:(?P<range>{_TIME}\s*-\s*{_TIME})|(?P<day>{_DAY})\b|(?P<closed>closed)|(?P<mark>[-,;.&/+:]|and\b|from\b))"
)
_NAMED = {"noon": 720, "midday": 720, "midnight": 1440}
_NOON, _DAY_MINUTES = 720, 1440
_SPANS = {"daily": _WEEK, "everyday": _WEEK, "every day": _WEEK, "weekday": range(5), "weekend": range(5, 7)}
_MOST = 300

Minutes = tuple[int, int]


def read_hours_words(text: str) -> str:
    """Return opening hours in OpenStreetMap's syntax, or nothing when the words can be read in another way."""
    if not text or len(text) > _MOST:
        return ""
    if not hours_problem(text) and re.search(r"\d", text) and re.match(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|24/7|\d)", text):
        return text
    tokens = _tokens(text)
    return _written(_by_day(tokens)) if tokens else ""


def read_day_hours(texts: Mapping[int, str]) -> str:
    """Return opening hours from one cell for each day (0 is Monday), or nothing unless every cell is clear."""
    by_day: dict[int, list[Minutes]] = {}
    for day, text in texts.items():
        tokens = _tokens(text)
        if not tokens or any(kind not in {"range", "closed", "mark"} for kind, _ in tokens):
            return ""
        ranges = [_minutes(found) for kind, found in tokens if kind == "range"]
        if None in ranges:
            return ""
        by_day[day] = [one for one in ranges if one]
    return _written(by_day)


def _tokens(text: str) -> list[tuple[str, str]]:
    """Return the tokens of a text, or none when some of it is not understood."""
    plain = re.sub(r"[\u2013\u2014]|\bto\b|\buntil\b|\btill\b", "-", text.casefold().replace("\xa0", " "))
    plain = re.sub(r"12\s*(noon|midnight)", r"\1", plain).replace("a.m.", "am").replace("p.m.", "pm")
    plain = re.sub(r"[(){}\n]", " ", plain).strip()
    tokens, at = [], 0
    while at < len(plain):
        found = _TOKEN.match(plain, at)
        if found is None:
            return []
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind].strip()))
        at = found.end()
    return tokens


def _by_day(tokens: list[tuple[str, str]]) -> dict[int, list[Minutes]]:
    """Return the hours of each day; nothing when a range comes before any day, or a day has no hours."""
    by_day: dict[int, list[Minutes]] = {}
    days: list[int] = []
    is_span = has_hours = False
    for kind, text in tokens:
        if kind == "mark":
            is_span = text == "-" and bool(days) and not has_hours
        elif kind == "day":
            days, has_hours = ([] if has_hours else days), False
            days = _span(days, text) if is_span else [*days, *_days(text)]
            is_span = False
        else:
            hours = None if kind == "closed" else _minutes(text)
            if not days or is_span or (hours is None and kind == "range"):
                return {}
            for day in days:
                by_day.setdefault(day, []).extend([hours] if hours else [])
            has_hours = True
    return by_day if has_hours else {}


def _days(text: str) -> list[int]:
    named = _SPANS.get(text.removesuffix("s") if text.startswith("week") else text)
    return list(named) if named else [next(at for at, day in enumerate(DAYS) if day[:3] == text[:3])]


def _span(days: list[int], text: str) -> list[int]:
    last = _days(text)[0]
    return [*days[:-1], *range(days[-1], last + 1)] if days[-1] <= last else []


def _minutes(text: str) -> Minutes | None:
    """Return when a range of times begins and ends, in minutes of the day; nothing when that is not certain."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    ends = [_clock(one) for one in found.groups()]
    (start, start_half), (end, end_half) = ends
    if end_half == "pm" and not start_half and start < _NOON and start + _NOON < end:
        start += _NOON
    end = end or _DAY_MINUTES
    is_plain = not start_half and not end_half
    is_24_hours = is_plain and bool(re.fullmatch(r"\d{2}:\d{2}\s*-\s*\d{2}:\d{2}", text))
    is_certain = is_24_hours or (not is_plain and bool(end_half))
    return (start, end) if is_certain and 0 <= start < end <= _DAY_MINUTES else None


def _clock(text: str) -> tuple[int, str]:
    """Return minutes of the day, and am, pm or nothing as it was written."""
    if text in _NAMED:
        return _NAMED[text], "named"
    hours, minutes, half = _CLOCK.fullmatch(text.strip()).groups()  # type: ignore[union-attr]
    hour = int(hours) % 12 + (12 if half == "pm" else 0) if half else int(hours)
    return 60 * hour + int(minutes or 0), half or ""


def _written(by_day: dict[int, list[Minutes]]) -> str:
    """Return hours in the syntax, days with the same hours together."""
    spans = {day: ",".join(f"{_time(a)}-{_time(b)}" for a, b in sorted(set(hours))) for day, hours in by_day.items()}
    if not any(spans.values()):
        return ""
    rules: dict[str, list[int]] = {}
    for day in sorted(spans):
        rules.setdefault(spans[day] or "off", []).append(day)
    text = "; ".join(f"{day_ranges(days)} {hours}" for hours, days in rules.items())
    return "" if hours_problem(text) else text


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def day_ranges(days: list[int]) -> str:
    """Return days in order (0 is Monday) in OpenStreetMap's syntax, runs of them as ranges."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])]
    return ",".join(_SHORT[run[0]] if len(run) == 1 else f"{_SHORT[run[0]]}-{_SHORT[run[-1]]}" for run in runs)
