"""The page that answers “where are people being left behind?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.address import keep_address, put_address_right
from dashboard.components.filters import Filters
from dashboard.components.find.assets_list import show_asset_list
from dashboard.components.find.certainty import show_certainty
from dashboard.components.find.choices import show_choices
from dashboard.components.find.clusters import show_clusters
from dashboard.components.find.map import show_find_map
from dashboard.components.find.place_list import show_list_download, show_place_list
from dashboard.components.find.summary import show_summary
from dashboard.components.find.why_card import show_why_card
from dashboard.components.frame import follow_snapshot, fragment
from dashboard.components.own_areas import open_own_areas
from dashboard.components.own_figures import open_own_figures
from dashboard.planning.thin_support import support_now
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:
    """Show where need and digital exclusion meet, on a map and in a list."""
    st.title("Where are people being left behind?")
    filters.restore()
    _explore(repository, filters, settings)


@fragment
def _explore(repository: Repository, filters: Filters, settings: Settings) -> None:
    follow_snapshot(repository, settings)
    put_address_right()
    open_own_areas(repository, settings)
    open_own_figures(repository, settings)
    keep_address()
    asked = filters.view
    support = support_now(repository, settings, group=asked.support) if asked.support else None
    fitted = repository.fit_view(asked, counts_support=support is not None)
    view = fitted.view
    ranking = repository.rank_areas(view, support=support)
    question = repository.ask_how_sure(view, support=support)
    certainty = repository.certainty(question)
    for note in fitted.notes:
        st.warning(escape_markdown(note))
    show_summary(repository, view=view, summary=ranking.summary, counts_support=support is not None)
    show_choices(repository, filters, view=view, settings=settings, counts_support=support is not None)
    map_side, list_side = st.columns([5, 6], gap="medium")
    with map_side:
        show_find_map(repository, filters, view=view, settings=settings, support=support, certainty=certainty)
        show_asset_list(repository, view=view, settings=settings)
    with list_side:
        show_why_card(repository, filters, view=view, ranking=ranking, certainty=certainty)
        st.subheader("Places in order")
        sureness = st.container()
        show_place_list(repository, filters, view=view, ranking=ranking, certainty=certainty)
        show_list_download(repository, view=view, ranking=ranking, certainty=certainty)
    show_clusters(repository, view=view)
    # Last, because working it out takes seconds in which everything else should be there.
    with sureness:
        show_certainty(repository, view=view, question=question, certainty=certainty)
