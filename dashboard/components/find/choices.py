"""Everything that a person can choose on the Find page, above the map and the list."""

from __future__ import annotations

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.find import controls
from dashboard.components.find.assets import show_asset_filters, show_asset_switch
from dashboard.components.find.pillar_choices import show_pillar_choices
from dashboard.components.own_areas import own_places
from dashboard.components.own_figures import own_figure_names, say_what_they_are
from dashboard.components.share import show_share_buttons
from dashboard.planning.thin_support import groups_to_count
from dashboard.repository import Repository
from dashboard.state import View
from etl.settings import Settings


def show_choices(
    repository: Repository, filters: Filters, *, view: View, settings: Settings, counts_support: bool
) -> None:
    """Show where to look, what to colour by, what counts as left behind, and how to pass the view on."""
    own = own_figure_names(settings)
    search, area, level, indicator = st.columns(4)
    with search:
        controls.show_search(repository, filters, settings=settings)
    with area:
        controls.show_area_filter(repository, filters, view=view, own=own_places(settings))
    with level:
        controls.show_level_choice(filters, view=view)
    with indicator:
        controls.show_indicator_choice(repository, filters, view=view, own=own)
    controls.show_search_answer(filters)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.popover("What counts as left behind", icon=":material/tune:"):
            groups = groups_to_count(settings)
            show_pillar_choices(repository, filters, view=view, groups=groups, counts_support=counts_support, own=own)
        with st.popover("On the map", icon=":material/layers:"):
            controls.show_outline_choice(filters, view=view)
            if settings.basemap_url:
                controls.show_streets_choice(filters, view=view)
        show_asset_switch()
        show_asset_filters(settings)
        show_share_buttons(filters)
    used = dict.fromkeys((view.need, view.exclusion, view.show))
    say_what_they_are([repository.own_figures[key] for key in used if key in repository.own_figures])
