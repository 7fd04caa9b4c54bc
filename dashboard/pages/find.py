"""The page that answers “where are people being left behind?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components import find_controls as controls
from dashboard.components.filters import Filters
from dashboard.components.find_assets import show_asset_filters, show_asset_list, show_asset_switch
from dashboard.components.find_certainty import show_certainty
from dashboard.components.find_clusters import show_clusters
from dashboard.components.find_map import show_find_map
from dashboard.components.find_summary import show_summary
from dashboard.components.frame import follow_snapshot, fragment
from dashboard.components.own_areas import open_own_areas, own_places
from dashboard.components.own_figures import open_own_figures, own_figure_names
from dashboard.components.pillar_choices import show_pillar_choices
from dashboard.components.place_list import show_list_download, show_place_list
from dashboard.components.share import show_share_buttons
from dashboard.components.why_card import show_why_card
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.thin_support import groups_to_count, support_now
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
    open_own_areas(repository, settings)
    open_own_figures(repository, settings)
    fitted = repository.fit_view(filters.view)
    view = fitted.view
    support = support_now(repository, settings, group=view.support) if view.support else None
    ranking = repository.rank_areas(view, support=support)
    question = repository.ask_how_sure(view, support=support)
    certainty = repository.certainty(question)
    for note in fitted.notes:
        st.warning(escape_markdown(note))
    show_summary(repository, view=view, summary=ranking.summary, counts_support=support is not None)
    _show_controls(repository, filters, view=view, settings=settings, counts_support=support is not None)
    map_side, list_side = st.columns([11, 9], gap="medium")
    with map_side:
        show_find_map(repository, filters, view=view, settings=settings, support=support, certainty=certainty)
        show_asset_list(repository, view=view, settings=settings)
    with list_side:
        show_why_card(repository, filters, view=view, ranking=ranking, certainty=certainty)
        st.subheader("Places in order")
        show_certainty(repository, view=view, question=question, certainty=certainty)
        show_place_list(repository, filters, view=view, ranking=ranking, certainty=certainty)
        show_list_download(repository, view=view, ranking=ranking, certainty=certainty)
    show_clusters(repository, view=view)


def _show_controls(
    repository: Repository, filters: Filters, *, view: View, settings: Settings, counts_support: bool
) -> None:
    search, area, level, indicator = st.columns(4)
    with search:
        controls.show_search(repository, filters)
    with area:
        controls.show_area_filter(repository, filters, view=view, own=own_places(settings))
    with level:
        controls.show_level_choice(filters, view=view)
    with indicator:
        controls.show_indicator_choice(repository, filters, view=view, own=own_figure_names(settings))
    controls.show_search_answer(filters)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("What counts as left behind", icon=":material/tune:"):
            groups = groups_to_count(settings)
            show_pillar_choices(repository, filters, view=view, groups=groups, counts_support=counts_support)
        with st.popover("On the map", icon=":material/layers:"):
            controls.show_outline_choice(filters, view=view)
            if settings.basemap_url:
                controls.show_streets_choice(filters, view=view)
        show_asset_switch()
        show_asset_filters(settings)
        show_share_buttons(filters)
