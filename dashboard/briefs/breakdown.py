"""What the digital-exclusion score is made of: components and inputs, beside England's middle neighbourhood."""

from __future__ import annotations

import pandas as pd

from dashboard.briefs.model.figures import Breakdown, Part
from dashboard.briefs.rows import rows_of
from dashboard.words import join

MOST_REASONS = 2


def make_breakdown(contributions: pd.DataFrame, *, name: str, description: str) -> Breakdown | None:
    """Return the breakdown, or None when the score has not been worked out for the area.

    Parameters
    ----------
    contributions
        As `ProfileQuestions.contributions` gives them.
    """
    if contributions.empty:
        return None
    inputs: dict[str, list[Part]] = {}
    for row in rows_of(contributions):
        made = _part(row["indicator_name"], row["contribution"], row["england_median"])
        inputs.setdefault(row["component_name"], []).append(made)
    parts = [_whole(component, tuple(those)) for component, those in inputs.items()]
    parts.sort(key=lambda part: -part.points)
    most = max(1.0, *(max(part.points, part.england_points) for part in parts))
    return Breakdown(
        name=name,
        description=description,
        parts=tuple(parts),
        most_points=most,
        sentence=_sentence(tuple(parts)),
    )


def top_component(breakdown: Breakdown | None) -> str:
    """Return the component that lifts the score most above England's; empty when none does."""
    above = _above(breakdown.parts) if breakdown else []
    return f"“{above[0].name.lower()}”" if above else ""


def _above(parts: tuple[Part, ...]) -> list[Part]:
    raised = [part for part in parts if part.points > part.england_points]
    return sorted(raised, key=lambda part: part.england_points - part.points)


def _sentence(parts: tuple[Part, ...]) -> str:
    above = _above(parts)[:MOST_REASONS]
    if not above:
        return "No part of the score is above that of England's middle neighbourhood."
    said = join([f"{part.name.lower()} ({part.points - part.england_points:+.1f} points)" for part in above])
    return f"Above England's middle neighbourhood most of all on {said}."


def _whole(name: str, inputs: tuple[Part, ...]) -> Part:
    return _part(name, sum(one.points for one in inputs), sum(one.england_points for one in inputs), inputs=inputs)


def _part(name: str, points: float, england: float, *, inputs: tuple[Part, ...] = ()) -> Part:
    return Part(
        name=name,
        points=float(points),
        england_points=float(england),
        shown=f"{points:z.1f}",
        england_shown=f"{england:z.1f}",
        inputs=inputs,
    )
