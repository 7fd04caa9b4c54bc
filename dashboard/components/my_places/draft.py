"""The area that is being made: its neighbourhoods, kept for as long as the page is open."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from dashboard.own.area_making import Made
from dashboard.register.piece import PieceTitle

_DRAFT = "own_area_draft"


@dataclass
class Draft:
    """What somebody is putting together.

    Parameters
    ----------
    codes
        Neighbourhoods chosen so far.
    corners
        Longitude and latitude of each corner of a boundary that is being drawn.
    notes
        What there is to know about how they were made out.
    piece
        The kept area that is being changed; none for a new one.
    looked_at
        Code of the area that the map is to show.
    """

    codes: dict[str, None] = field(default_factory=dict)
    corners: list[tuple[float, float]] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    piece: PieceTitle | None = None
    looked_at: str = ""

    def take(self, made: Made, *, is_more: bool = False) -> None:
        """Take neighbourhoods that were made out: instead of those there are, or besides them."""
        self.codes = dict.fromkeys([*(self.codes if is_more else ()), *made.lsoa21_codes])
        self.notes = made.notes

    def drop_corner(self) -> None:
        """Take the last corner back."""
        self.corners.pop()

    def toggle(self, code: str) -> None:
        """Take a neighbourhood in, or out again."""
        if code in self.codes:
            del self.codes[code]
        else:
            self.codes[code] = None
        self.notes = ()


def current_draft() -> Draft:
    """Return what this person is putting together."""
    draft: Draft = st.session_state.setdefault(_DRAFT, Draft())
    return draft


def begin_anew(draft: Draft | None = None) -> None:
    """Put away what was being made, and begin with something else."""
    st.session_state[_DRAFT] = draft or Draft()
