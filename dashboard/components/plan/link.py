"""The plan that a page's address names, and what becomes of the address when the plan changes."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.visit import Visit
from dashboard.own.areas import learn_own_areas
from dashboard.planning.state import DEFAULT_GROUP, PARAMETERS, Plan, plan_of_body, read_plan, write_plan
from dashboard.planning.support import support_groups
from dashboard.questions.own_areas import is_own_code
from dashboard.register.errors import RegisterError
from dashboard.register.piece import Piece, Sort
from dashboard.repository import Repository

_KEPT = "plan"


class PlanLink:
    """The plan of this page: the one that the address spells out, or the kept one that it names."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit

    @property
    def visit(self) -> Visit:
        """The register, and whoever looks, with the rights of this moment: parts of the page are shown anew alone."""
        return self._visit.now()

    @property
    def piece(self) -> Piece | None:
        """The kept plan that the address names.

        Raises
        ------
        RegisterError
            If there is none that this person may see.
        """
        piece_id = st.query_params.get(_KEPT, "")
        if not piece_id:
            return None
        piece = self.visit.register.kept.get(piece_id, actor=self.visit.actor)
        if piece.sort is not Sort.PLAN:
            raise RegisterError("That link is not of a plan.", todo="Open it from the page it was made on.")
        return piece

    @property
    def plan(self) -> Plan:
        """The plan as it is now."""
        piece = self.piece
        is_spelt_out = bool(set(PARAMETERS) & set(st.query_params))
        return plan_of_body(piece.body) if piece and not is_spelt_out else read_plan(st.query_params)

    def fitted(self, repository: Repository) -> Plan:
        """Return the plan of a kind of help that there is, without an area that is not here or not for this person."""
        plan = self.plan
        if plan.group not in support_groups(self.visit.register.settings.taxonomy()):
            plan = replace(plan, group=DEFAULT_GROUP)
        codes = [plan.within] if is_own_code(plan.within) else []
        visit = self.visit
        refused = learn_own_areas(repository, visit.register, area_codes=codes, actor=visit.actor)
        is_known = not plan.within or (not refused and repository.area(plan.within) is not None)
        return plan if is_known else replace(plan, within="")

    def change(self, plan: Plan) -> None:
        """Make a plan the one that the address spells out."""
        kept = st.query_params.get(_KEPT)
        # A kept plan without any places would look like an untouched one: its address says so.
        written = write_plan(plan) or {"help": plan.group}
        st.query_params.from_dict({**written, **({_KEPT: kept} if kept else {})})

    def open(self, piece_id: str) -> None:
        """Go to a kept plan."""
        st.query_params.from_dict({_KEPT: piece_id})

    def clear(self) -> None:
        """Begin a new plan."""
        st.query_params.clear()
