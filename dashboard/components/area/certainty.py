"""How sure a neighbourhood's standing is, and who lies beside it."""

from __future__ import annotations

import streamlit as st

from dashboard.components.find.certainty import WHAT_IT_IS
from dashboard.components.find.clusters import show_neighbours
from dashboard.components.find.why_card import describe_certainty
from dashboard.questions.certainty import DEFAULT
from dashboard.questions.places import Area
from dashboard.repository import Repository


def show_certainty_of(repository: Repository, area: Area) -> None:
    """Say how sure the standing of a neighbourhood is, by the usual question, and list its neighbours."""
    if area.area_type != "lsoa":
        return
    st.header("How sure, and what lies beside it")
    certainty = repository.certainty(DEFAULT)
    if certainty is not None:
        st.markdown(describe_certainty(certainty, feature_id=area.feature_id), help=WHAT_IT_IS)
    show_neighbours(repository, None, area)
