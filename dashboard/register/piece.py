"""Pieces of work that the register keeps beside the entries: own areas, figures and recipes, plans, notes, looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dashboard.register.json_form import Json


class Sort(StrEnum):
    """What a piece of work is."""

    CUSTOM_AREA = "custom_area"
    PLAN = "plan"
    OWN_DATA = "own_data"
    OWN_RECIPE = "own_recipe"
    BRIEF = "brief"
    VIEW = "view"
    SEGMENT_NOTE = "segment_note"
    BRIEF_LOOK = "brief_look"


class Sharing(StrEnum):
    """Who may see a piece of work besides its owner and an admin."""

    PRIVATE = "private"
    PARTNERS = "partners"
    PUBLIC = "public"


@dataclass(frozen=True, kw_only=True)
class PieceDraft:
    """A piece of work as somebody wants to keep it.

    Parameters
    ----------
    piece_id
        Empty for a new one, to which the register gives an id. Pieces that belong to the whole house
        (`segment_note`, `brief_look`) may bring an id of their own.
    body
        JSON values; what they mean is for whoever keeps them.
    """

    sort: Sort
    title: str
    body: Json
    audience: Sharing = Sharing.PARTNERS
    piece_id: str = ""


@dataclass(frozen=True, kw_only=True)
class PieceTitle:
    """What is said of a piece of work in a list.

    Parameters
    ----------
    owner
        Id of whoever saved it first; empty when that person was forgotten.
    owner_name
        Their name; empty when it is not known.
    version
        Hand it back when saving again: a piece that somebody else has changed meanwhile is not overwritten.
    may_change
        Whether the one who asks may change or remove it.
    """

    piece_id: str
    sort: Sort
    title: str
    owner: str
    owner_name: str
    organisation: str
    audience: Sharing
    version: int
    created_at: datetime
    changed_at: datetime
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class Piece(PieceTitle):
    """A piece of work, whole."""

    body: Json
