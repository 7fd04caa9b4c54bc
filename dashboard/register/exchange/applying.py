"""A confirmed plan carried out: all of it in one transaction, or none of it."""

from __future__ import annotations

from typing import Protocol

from dashboard.register.actor import Actor
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.exchange.told import reference_of
from dashboard.register.listed import ImportResult, Listed
from dashboard.register.progress import Progress, say_nothing


class Writer(Protocol):
    """The part of the register that takes a whole list; `Register.imports` is one."""

    def bring_in(
        self, listed: Listed, *, actor: Actor, why: str = "", progress: Progress = say_nothing
    ) -> ImportResult:
        """Bring a list in, in one transaction, and say what was done."""


def apply_plan(
    plan: ImportPlan, *, writer: Writer, actor: Actor, why: str, progress: Progress = say_nothing
) -> ImportResult:
    """Bring in what a plan says; likely duplicates that nobody decided on stay out.

    Parameters
    ----------
    progress
        Told how many entries are written, of how many.

    Raises
    ------
    RegisterError
        If the register refuses any of it; then nothing is written.
    """
    if not plan.writes:
        return ImportResult()
    adds = [(draft.asset, reference_of(draft)) for draft in plan.additions]
    # Of several rows that change one entry, the last has what the others change too.
    edits = {one.asset.asset_id: (one.asset, one.version) for one in plan.updates}
    known_as = [(one.asset.asset_id, one.reference) for one in plan.updates]
    known_as += [(one.asset_id, one.reference) for one in plan.links]
    references = [reference for _, reference in (*adds, *known_as)]
    listed = Listed(source=references[0].source, adds=adds, edits=list(edits.values()), known_as=known_as)
    return writer.bring_in(listed, actor=actor, why=why, progress=progress)
