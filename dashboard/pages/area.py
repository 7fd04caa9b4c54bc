"""The page that answers “what is it like there, and why?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.area.certainty import show_certainty_of
from dashboard.components.area.changes import show_appointments, show_movement
from dashboard.components.area.contents import show_assets, show_neighbourhoods
from dashboard.components.area.figures import show_figures
from dashboard.components.area.header import (
    show_breadcrumb,
    show_header,
    show_locator,
    show_standing,
    show_ways_on,
)
from dashboard.components.area.reasons import show_reasons
from dashboard.components.area.search import show_area_search
from dashboard.components.area.similar import show_similar
from dashboard.components.area.strengths import show_strengths
from dashboard.components.filters import Filters
from dashboard.components.frame import name_tab
from dashboard.components.own_areas import open_own_areas
from dashboard.components.own_figures import show_own_figures
from dashboard.questions.places import OTHER_YEARS, Area
from dashboard.repository import Repository
from dashboard.state import View
from dashboard.words import escape_markdown
from etl.settings import Settings


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:
    """Show all that is known of the area that the address names, or a way to choose one."""
    open_own_areas(repository, settings)
    area_code = filters.area_code
    area = repository.area(area_code) if area_code else None
    if area is None:
        st.title("Look at one area")
        if area_code:
            st.warning(f"There is no area {escape_markdown(area_code)} in this data. {OTHER_YEARS}")
        show_area_search(repository, settings, text=area_code)
        return
    name_tab(area.name)
    view = repository.fit_view(View()).view
    show_breadcrumb(repository, area)
    show_header(area)
    _show_head(repository, area, view=view, settings=settings)
    show_figures(repository, area)
    show_own_figures(repository, area, settings=settings)
    show_reasons(repository, area, view=view)
    show_certainty_of(repository, area)
    show_strengths(repository, area, settings=settings)
    show_similar(repository, area, view=view, settings=settings)
    show_movement(repository, area)
    show_appointments(repository, area)
    show_neighbourhoods(repository, area, view=view)
    show_assets(repository, area, settings=settings)


def _show_head(repository: Repository, area: Area, *, view: View, settings: Settings) -> None:
    standing, place = st.columns([2, 3], gap="medium")
    with standing:
        show_standing(repository, area, view=view)
        show_ways_on(area, view=view)
    with place:
        show_locator(repository, area, view=view, settings=settings)
