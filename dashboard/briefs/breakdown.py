"""What the digital-exclusion score is made of: components and inputs, beside England's middle neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.briefs.model.figures import Breakdown, Figure, Part
from dashboard.briefs.rows import rows_of
from dashboard.briefs.texts import cite
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


def say_score(score: Figure | None, *, sources: Sequence[int]) -> str:
    """Return what the parts of a score add up to, when it is of and where it comes from; empty when it is not known.

    Parameters
    ----------
    sources
        Numbers of the sources of its inputs.
    """
    if score is None or score.value is None:
        return ""
    inputs = f", worked out from {join([cite(number) for number in sources])}" if sources else ""
    return f"Together they make the score of {score.shown} ({score.unit}), {score.period} {cite(score.source)}{inputs}."


def top_component(breakdown: Breakdown | None) -> str:
    """Return the component that lifts the score most above England's, and its inputs; empty when none does."""
    above = _above(breakdown.parts) if breakdown else []
    return f"“{above[0].name.lower()}” ({_inputs(above[0])})" if above else ""


def _inputs(part: Part) -> str:
    return join([one.name.lower() for one in part.inputs])


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
