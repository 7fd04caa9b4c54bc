"""Figures in plain English; pure, so that pages, cards and briefs say the same thing the same way."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np

from etl.methods.ranking import best_percent, worst_percent

MILLION, THOUSAND = 1_000_000, 1_000
NOT_FOR = (
    "These figures inform judgement and never replace it. They are not for targets, league tables or decisions about a "
    "person, and are not comparable over time unless it says so."
)
# So many of a list are enough to recognise it.
_FEW = 5
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=])")


def escape_markdown(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", text)


def count(number: float) -> str:
    """Return a whole number with thousands marked: 33,755."""
    return f"{number:,.0f}"


def rows_words(number: int) -> str:
    """Return how many rows: 1 row, 1,200 rows."""
    return "1 row" if number == 1 else f"{count(number)} rows"


def people(number: float) -> str:
    """Return a number of people as one would say it: 3.4 million people, 66,000 people, 870 people."""
    if number >= MILLION:
        return f"{number / MILLION:.1f} million people"
    if number >= 10 * THOUSAND:
        return f"{count(round(number, -3))} people"
    return f"{count(number)} {'person' if number == 1 else 'people'}"


def value(number: float, *, unit: str, decimals: int) -> str:
    """Return a value: 17.3% for percents and for shares of one, else the bare number; its unit is said beside it."""
    if math.isnan(number):
        return "no figure"
    places = decimals_shown(decimals, unit=unit)
    if is_share(unit):
        return f"{100 * number:z,.{places}f}%"
    return f"{number:z,.{places}f}{'%' if unit.startswith('percent') else ''}"


def is_share(unit: str) -> bool:
    """Return whether values are shares of one, which are said in per cent."""
    return unit.startswith("share")


def decimals_shown(decimals: int, *, unit: str) -> int:
    """Return with how many decimals values are said."""
    return 1 if is_share(unit) else decimals


def unit_beside(unit: str) -> str:
    """Return a unit as it is said beside a value: percent of residents and share of people become % of …."""
    return re.sub(r"^(percent|share)", "%", unit)


def rank(national_rank: float | None, *, ranked: int) -> str:
    """Return a rank with what it is out of; ties share their mean rank and are rounded."""
    if national_rank is None or math.isnan(national_rank):
        return "not ranked"
    return f"{count(math.floor(national_rank))} of {count(ranked)}"


def worst(percent: int) -> str:
    """Return where a place stands: worst 3%; past the middle it is said from the other end: best 20%."""
    if percent == 0:
        return "no figure"
    return f"worst {percent}%" if percent <= 50 else f"best {max(1, 101 - percent)}%"  # noqa: PLR2004


def standing(national_rank: float, *, ranked: int) -> str:
    """Return where a place stands among so many: worst 3%; past the middle it is said from the other end: best 20%."""
    return worst(standing_percent(national_rank, ranked=ranked))


def standing_percent(national_rank: float, *, ranked: int) -> int:
    """Return what `worst` puts in words, counted from the nearer end: among 42, the last is 98, the best 3%."""
    ranks = np.array([national_rank])
    percent = int(worst_percent(ranks, total=ranked)[0])
    return percent if percent <= 50 else 101 - int(best_percent(ranks, total=ranked)[0])  # noqa: PLR2004


def decile(number: int) -> str:
    """Return a decile in words, 1 = worst."""
    names = {0: "no decile", 1: "decile 1 (worst tenth)", 10: "decile 10 (best tenth)"}
    return names.get(number, f"decile {number}")


def thresholds(*, need_worst: int, exclusion_worst: int, base_name: str, support_worst: int | None = None) -> str:
    """Return what left behind means: in England's worst 20% on both need and digital exclusion.

    Parameters
    ----------
    support_worst
        The threshold on thin support; None when it does not decide who is left behind.
    """
    whose = f"{base_name}'s" if not base_name.endswith("s") else f"{base_name}'"
    named = [(need_worst, "need"), (exclusion_worst, "digital exclusion")]
    if support_worst is not None:
        named.append((support_worst, "thin support"))
    if len({worst for worst, _ in named}) == 1:
        both = "both need and digital exclusion" if support_worst is None else join([name for _, name in named])
        return f"in {whose} worst {need_worst}% on {both}"
    (first_worst, first), *others = named
    return f"in {whose} {join([f'worst {first_worst}% on {first}', *(f'worst {w}% on {n}' for w, n in others)])}"


def ordinal(number: int) -> str:
    """Return a place in an order: 1st, 2nd, 3rd, 11th, 1,041st."""
    teens = 10 <= number % 100 <= 20  # noqa: PLR2004
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{count(number)}{ending}"


def rank_range(low: int, high: int) -> str:
    """Return an interval of ranks: 3rd to 41st; a place that was not ranked has none."""
    if low == 0:
        return "not ranked"
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def ways(share: float) -> str:
    """Return a share of draws as one would say it: in 93 of 100 ways of weighing it."""
    if math.isnan(share):
        return "not ranked"
    if share in (0.0, 1.0):
        return "in every way of weighing it" if share else "in none of the ways of weighing it"
    in_hundred = round(100 * share)
    said = {0: "fewer than 1", 100: "more than 99"}.get(in_hundred, str(in_hundred))
    return f"in {said} of 100 ways of weighing it"


def share(part: float) -> str:
    """Return a share of one in whole per cent; a dash in words where there is none."""
    return "not known" if math.isnan(part) else f"{100 * part:.0f}%"


def age(moment: datetime, *, now: datetime) -> str:
    """Return how long ago something was, roughly."""
    elapsed = max(now - moment, timedelta())
    if elapsed < timedelta(days=1):
        return "today"
    days = elapsed.days
    if days < 60:  # noqa: PLR2004
        return f"{days} day{'' if days == 1 else 's'} ago"
    months = round(days / 30.4)
    return f"{months} months ago" if months < 24 else f"{days // 365} years ago"  # noqa: PLR2004


def date(moment: datetime) -> str:
    """Return a date as 21 November 2026."""
    return f"{moment.day} {moment:%B %Y}"


def list_reasons(reasons: list[tuple[str, float]]) -> str:
    """Return what pushes a score above England's median, in words.

    Parameters
    ----------
    reasons
        Name of the input and points of the score above the median, the largest first.
    """
    if not reasons:
        return "Nothing makes its digital exclusion higher than that of England's middle neighbourhood."
    items = [f"**{escape_markdown(name)}** ({points:+.1f} points)" for name, points in reasons]
    return f"{join(items)}, compared with England's middle neighbourhood."


def first_few(items: Sequence[str]) -> str:
    """Return enough of a list to recognise what it is of: a, b, c, d, e … and no more."""
    return ", ".join(items[:_FEW]) + (" …" if len(items) > _FEW else "")


def join(items: list[str]) -> str:
    """Return a list as one says it: a, b and c."""
    return f"{', '.join(items[:-1])} and {items[-1]}" if len(items) > 1 else "".join(items)
