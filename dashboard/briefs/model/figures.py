"""What a brief says in numbers: key figures, what the digital-exclusion score is made of, GP appointments."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One indicator of the area.

    Parameters
    ----------
    value, icb_value, england_value
        In the indicator's unit; None where there is none. The words for them end in `_shown`.
    national_rank, ranked
        1 = worst; None where it is not ranked, among how many areas of its level.
    position
        Where it lies among all areas of its level: 0 = best (or lowest), 1 = worst (or highest); None without a rank.
    source
        Number of the source in the brief's list; 0 when that source is not listed.
    """

    indicator_id: str
    name: str
    domain: str
    unit: str
    period: str
    source: int
    value: float | None
    shown: str
    national_rank: float | None
    ranked: int
    rank_shown: str
    decile: int
    worst_percent: int
    icb_value: float | None
    icb_shown: str
    england_value: float | None
    england_shown: str
    position: float | None
    caveat: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A component of the digital-exclusion score, or an input of one; points of the score."""

    name: str
    points: float
    england_points: float
    shown: str
    england_shown: str
    inputs: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """What the digital-exclusion score is made of.

    Parameters
    ----------
    most_points
        The longest bar, for the common scale.
    note
        What the parts add up to, with its period and sources; empty when the score is not known.
    """

    name: str
    description: str
    parts: tuple[Part, ...]
    most_points: float
    sentence: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Mode:
    """How one kind of GP appointment has moved; shares of appointments in per cent."""

    name: str
    first: float | None
    year_before: float | None
    latest: float | None
    first_shown: str
    year_before_shown: str
    latest_shown: str


@dataclass(frozen=True, kw_only=True)
class Appointments:
    """GP appointments by mode; for sub-ICB locations and larger areas."""

    first_month: str
    year_before_month: str
    latest_month: str
    modes: tuple[Mode, ...]
    caveat: str
    source: int
