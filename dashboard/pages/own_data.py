"""The page that answers “and what do our own figures say?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.own_data.bringing import show_bringing
from dashboard.components.own_data.kept import show_kept_figures
from dashboard.components.own_data.recipe_making import show_recipe_making
from dashboard.components.visit import open_visit
from dashboard.register.piece import Sort
from dashboard.register.rules.permissions import may
from dashboard.register.rules.pieces import action_to_keep
from dashboard.repository import Repository
from etl.settings import Settings

PROMISE = (
    "Lay your own figures over the map: NHS App registrations, missed appointments, referrals. They are seen by your "
    "partnership alone. Counts of 1 to 7 are hidden and the others rounded to 5 **before anything is kept**; the file "
    "itself is not kept. Never bring anything about a single person."
)


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show how to bring figures, and those that are kept."""
    st.title("Figures of our own")
    st.markdown(PROMISE)
    visit = open_visit(settings)
    if may(visit.actor, action_to_keep(Sort.OWN_DATA)):
        show_bringing(repository, visit)
        show_recipe_making(repository, visit)
    else:
        st.info("Partners who have signed in can bring figures and make recipes.")
    show_kept_figures(visit)
