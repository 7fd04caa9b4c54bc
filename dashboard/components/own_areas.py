"""Areas of people's own in links and in lists of choices."""

from __future__ import annotations

import streamlit as st

from dashboard.components.visit import open_visit
from dashboard.own.areas import code_of_piece, learn_own_areas
from dashboard.questions.own_areas import CUSTOM, is_own_code
from dashboard.questions.places import Place
from dashboard.register.piece import Sort
from dashboard.repository import Repository
from dashboard.state import read_code
from etl.settings import Settings

REFUSED = (
    "The link names an area of somebody's own that is not there any more, or that is not shared with you. "
    "Ask whoever sent it to share it."
)


def open_own_areas(repository: Repository, settings: Settings) -> None:
    """Take in the own areas that the address names; those that this person may not see are taken out of it."""
    for name, text in list(st.query_params.items()):
        # Read as the pages read them: what they take for a code of an own area is one, however it is written.
        asked = [code for code in map(read_code, str(text).split(",")) if is_own_code(code)]
        if not asked:
            continue
        visit = open_visit(settings)
        refused = learn_own_areas(repository, visit.register, area_codes=asked, actor=visit.actor)
        if refused:
            st.warning(REFUSED)
            left = [code for code in str(text).split(",") if read_code(code) not in refused]
            if left:
                st.query_params[name] = ",".join(left)
            else:
                del st.query_params[name]


def own_places(settings: Settings) -> tuple[Place, ...]:
    """Return the own areas that whoever looks may choose, newest first."""
    visit = open_visit(settings)
    pieces = visit.register.kept.list(actor=visit.actor, sort=Sort.CUSTOM_AREA)
    return tuple(Place(area_code=code_of_piece(one.piece_id), area_type=CUSTOM, name=one.title) for one in pieces)
