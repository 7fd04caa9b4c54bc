"""The organisation's look, kept in the register."""

from __future__ import annotations

from dataclasses import asdict

from dashboard.briefs.model.look import PLAIN_LOOK, Look
from dashboard.register.actor import THE_PUBLIC, Actor
from dashboard.register.errors import NotFoundError
from dashboard.register.piece import PieceDraft, Sharing, Sort
from dashboard.register.register import Register

LOOK_ID = "brief_look"


def read_look(register: Register) -> Look:
    """Return the look of all briefs; ours until an admin has set another."""
    return read_look_with_version(register)[0]


def read_look_with_version(register: Register) -> tuple[Look, int]:
    """Return the look, and the version to hand back when changing it; 0 when none is kept."""
    try:
        piece = register.kept.get(LOOK_ID, actor=THE_PUBLIC)
    except NotFoundError:
        return PLAIN_LOOK, 0
    known = {name: str(piece.body[name]) for name in asdict(PLAIN_LOOK) if name in piece.body}
    return Look(**known), piece.version


def save_look(register: Register, look: Look, *, actor: Actor, base_version: int) -> None:
    """Keep a look for all briefs; an admin may.

    Raises
    ------
    NotAllowedError
        If this person is no admin.
    PieceConflictError
        If somebody else has changed it meanwhile.
    """
    draft = PieceDraft(
        piece_id=LOOK_ID,
        sort=Sort.BRIEF_LOOK,
        title="Look of briefs",
        body=asdict(look),
        audience=Sharing.PUBLIC,
    )
    register.kept.save(draft, actor=actor, base_version=base_version)
