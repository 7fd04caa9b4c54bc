"""How fresh an entry is, in words, and when somebody should look again."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from dashboard.register.model import Trust

CHECK_EVERY_DAYS = 365
_WEEK, _MONTH, _YEAR = 7, 30.4375, 365.25
_FEW_WEEKS_DAYS = 60
_YEAR_AND_A_HALF_DAYS = 548


class Freshness(StrEnum):
    """How far an entry can be relied on."""

    FRESH = "fresh"
    STALE = "stale"
    UNCHECKED = "unchecked"


def confirm_trust(*, on: date, by: str, check_every_days: int = CHECK_EVERY_DAYS) -> Trust:
    """Return the trust of an entry that was confirmed."""
    return Trust(confirmed_on=on, confirmed_by=by, next_check_due=on + timedelta(days=check_every_days))


def freshness_of(trust: Trust, *, today: date) -> Freshness:
    """Return whether an entry is fresh, past its next check, or was never checked."""
    if trust.confirmed_on is None:
        return Freshness.UNCHECKED
    due = trust.next_check_due or trust.confirmed_on + timedelta(days=CHECK_EVERY_DAYS)
    return Freshness.STALE if due < today else Freshness.FRESH


def freshness_words(trust: Trust, *, today: date) -> str:
    """Return a sentence such as “Confirmed 3 months ago by Demo Council.”."""
    if trust.confirmed_on is None:
        return "Not checked by anyone yet."
    by = f" by {trust.confirmed_by}" if trust.confirmed_by else ""
    days = (today - trust.confirmed_on).days
    if freshness_of(trust, today=today) is Freshness.STALE:
        return f"Not checked for {_over(days)}: last confirmed{by} on {_long_date(trust.confirmed_on)}."
    return f"Confirmed {_ago(days)}{by}."


def _ago(days: int) -> str:
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 2 * _WEEK:
        return f"{days} days ago"
    if days < _FEW_WEEKS_DAYS:
        return f"{days // _WEEK} weeks ago"
    if days < _YEAR:
        return f"{max(2, int(days / _MONTH))} months ago"
    return f"{_over(days)} ago"


def _over(days: int) -> str:
    if days < _FEW_WEEKS_DAYS:
        return f"{days} days"
    if days < _YEAR:
        return f"{int(days / _MONTH)} months"
    if days < _YEAR_AND_A_HALF_DAYS:
        return "over a year"
    years = int(days / _YEAR)
    return "over a year and a half" if years == 1 else f"over {years} years"


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
