"""The page that answers “and what do our own figures say?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.kept_work import show_removal
from dashboard.components.links import link_to_find
from dashboard.components.own_data_bringing import show_bringing
from dashboard.components.visit import Visit, open_visit
from dashboard.own_figures import id_of_piece
from dashboard.register.piece import Sort
from dashboard.register.rules.permissions import may
from dashboard.register.rules.pieces import action_to_keep
from dashboard.repository import Repository
from dashboard.words import escape_markdown
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
    else:
        st.info("Partners who have signed in can bring figures.")
    _show_kept(visit)


def _show_kept(visit: Visit) -> None:
    titles = visit.register.kept.list(actor=visit.actor, sort=Sort.OWN_DATA)
    if not titles:
        return
    st.header("Figures that are kept")
    for title in titles:
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(title.title)}**")
            st.caption(escape_markdown(f"Brought by {title.owner_name or 'somebody'}, {title.changed_at:%d %B %Y}"))
            with st.container(horizontal=True, vertical_alignment="center"):
                link_to_find({"show": id_of_piece(title.piece_id)}, label="On the map of Find")
                if title.may_change:
                    show_removal(visit, title, on_removed=lambda: None)
