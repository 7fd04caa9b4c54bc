"""A confirmed plan carried out: all of it in one transaction, or none of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.register.actor import Actor
from dashboard.register.exchange.plan import ImportPlan
from dashboard.register.model import Asset


class Writer(Protocol):
    """The part of the register that takes many entries at once; `Register.entries` is one."""

    def bring_in(
        self,
        adds: Sequence[Asset],
        *,
        actor: Actor,
        edits: Sequence[tuple[Asset, int]] = (),
        why: str = "",
    ) -> tuple[list[str], list[str]]:
        """Add and edit many in one transaction, and return the ids of the added and of the changed."""


@dataclass(frozen=True)
class ImportResult:
    """What an import did."""

    added_ids: tuple[str, ...]
    changed_ids: tuple[str, ...]


def apply_plan(plan: ImportPlan, *, writer: Writer, actor: Actor, why: str) -> ImportResult:
    """Bring in what a plan says; likely duplicates that nobody decided on stay out.

    Raises
    ------
    RegisterError
        If the register refuses any of it; then nothing is written.
    """
    adds = [draft.asset for draft in plan.additions]
    edits = [(update.asset, update.version) for update in plan.updates]
    if not adds and not edits:
        return ImportResult((), ())
    added, changed = writer.bring_in(adds, actor=actor, edits=edits, why=why)
    return ImportResult(tuple(added), tuple(changed))
