"""Who is looking, and the register as they see it: what every page of the register begins with."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.opening import open_register
from dashboard.register.actor import Actor, local_actor
from dashboard.register.register import Register
from etl.settings import Settings


@dataclass(frozen=True)
class Visit:
    """One person at the register."""

    register: Register
    actor: Actor


def open_visit(settings: Settings) -> Visit:
    """Return the register and whoever is asking."""
    return Visit(register=open_register(settings), actor=local_actor())
