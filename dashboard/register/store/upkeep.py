"""What an administrator does to a register as a whole: back it up, put a backup back, look it over."""

from __future__ import annotations

from pathlib import Path

from dashboard.register.actor import Actor
from dashboard.register.backup import back_up
from dashboard.register.integrity import find_faults
from dashboard.register.restoring import restore
from dashboard.register.rules.permissions import Action
from dashboard.register.store.desk import Desk, require


class Upkeep:
    """A register as a whole; only those who may take a backup may do any of this."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def back_up(self, file: Path, *, actor: Actor) -> Path:
        """Write everything to one file while others go on reading and writing."""
        require(actor, Action.BACK_UP)
        return back_up(self._desk.database, file=file)

    def restore(self, file: Path, *, actor: Actor) -> int:
        """Put a backup into this register, which must be empty, and return how many rows were put back."""
        require(actor, Action.BACK_UP)
        return restore(self._desk.database, file=file)

    def faults(self, *, actor: Actor) -> tuple[str, ...]:
        """Return what is wrong with the register, one sentence each."""
        require(actor, Action.BACK_UP)
        return find_faults(self._desk.database)
