"""The plan that a brief is asked to hold."""

from __future__ import annotations

from dashboard.components.visit import Visit
from dashboard.plan_state import plan_of_body
from dashboard.questions.places import ENGLAND
from dashboard.register.errors import RegisterError
from dashboard.register.piece import Sort


def area_of_plan(visit: Visit, plan_id: str) -> str:
    """Return the code of the area that a kept plan is for; empty when there is no such plan for this person."""
    if not plan_id:
        return ""
    try:
        piece = visit.register.kept.get(plan_id, actor=visit.actor)
    except RegisterError:
        return ""
    return (plan_of_body(piece.body).within or ENGLAND) if piece.sort is Sort.PLAN else ""
