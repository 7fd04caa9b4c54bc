"""How people see their GP: the first month that is loaded, a year before the latest, and the latest."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from dashboard.briefs.model.figures import Appointments, Mode
from dashboard.words import count

YEAR = 12
CAVEAT = (
    "Shares of appointments with a known kind. Not every practice reports, and what they record as video or online "
    "differs. The months of the pandemic stand out."
)
PARTLY = "The file covers {covered} of the {of} sub-ICB locations here: these are shares of their appointments alone."


def make_appointments(months: pd.DataFrame, *, source: int, covered: int = 1, of: int = 1) -> Appointments | None:
    """Return the appointments by mode, or None when none are loaded for the area.

    Parameters
    ----------
    months
        As `ProfileQuestions.appointments` gives them.
    covered, of
        How many of the area's sub-ICB locations the months are from, and how many it has.
    """
    if months.empty:
        return None
    wide = months.pivot_table(index="period", columns="name", values="value", sort=False).sort_index()
    periods = [str(period) for period in wide.index]
    latest, before = periods[-1], _year_before(periods[-1])
    modes = tuple(
        _mode(str(name), first=wide[name].iloc[0], before=wide[name].get(before, math.nan), latest=wide[name].iloc[-1])
        for name in wide.columns
    )
    return Appointments(
        first_month=month_words(periods[0]),
        year_before_month=month_words(before),
        latest_month=month_words(latest),
        modes=modes,
        caveat=CAVEAT if covered == of else f"{CAVEAT} {PARTLY.format(covered=count(covered), of=count(of))}",
        source=source,
    )


def month_words(period: str) -> str:
    """Return a month as August 2021; a period that is not a month as it is."""
    year, _, month = period.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= YEAR):
        return period
    return f"{date(int(year), int(month), 1):%B %Y}"


def _year_before(period: str) -> str:
    year, _, month = period.partition("-")
    return f"{int(year) - 1}-{month}" if year.isdecimal() else ""


def _mode(name: str, *, first: float, before: float, latest: float) -> Mode:
    numbers = [None if math.isnan(number) else float(number) for number in (first, before, latest)]
    shown = ["no figure" if number is None else f"{number:.1f}%" for number in numbers]
    return Mode(
        name=name,
        first=numbers[0],
        year_before=numbers[1],
        latest=numbers[2],
        first_shown=shown[0],
        year_before_shown=shown[1],
        latest_shown=shown[2],
    )
