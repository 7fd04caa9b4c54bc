"""The page that answers “how do these areas stand side by side?”."""

from __future__ import annotations

import streamlit as st

from dashboard.components.compare.choice import change_compared, chosen_domain, compared_codes, show_area_choice
from dashboard.components.compare.figures import show_charts, show_summaries, show_table
from dashboard.components.filters import Filters
from dashboard.components.links import link_to_area
from dashboard.components.own_areas import open_own_areas
from dashboard.components.own_figures import learn_own_figures, say_what_they_are
from dashboard.questions.own_figures import OWN_DOMAIN
from dashboard.repository import Repository
from dashboard.state import View
from etl.settings import Settings

FEWEST = 1
OWN_MEANING = "Of a larger area, only the neighbourhoods that a figure was given for are counted."


def render(repository: Repository, filters: Filters, *, settings: Settings) -> None:  # noqa: ARG001 - every page has these
    """Show up to five areas of any size side by side, with the ICB of the first and England."""
    st.title("Compare areas")
    open_own_areas(repository, settings)
    show_area_choice(repository, settings)
    areas = repository.compared(compared_codes())
    if len(areas) <= FEWEST:
        st.info("Add an area, of any size, to see it beside its ICB and England. Up to five stand side by side.")
        return
    own = learn_own_figures(repository, settings)
    domain = _choose_domain(repository, has_own=bool(own))
    is_own = domain == OWN_DOMAIN
    st.header(domain if is_own else f"Figures about {domain.lower()}")
    rows = repository.own_side_by_side(areas, figures=own) if is_own else repository.side_by_side(areas, domain=domain)
    show_table(rows, areas, domain=domain)
    show_charts(rows, areas)
    if is_own:
        st.caption(OWN_MEANING)
        say_what_they_are(own)
    show_summaries(repository, areas)
    st.header("More about each")
    for area in areas:
        link_to_area(area.area_code, label=f"All about {area.name}")


def _choose_domain(repository: Repository, *, has_own: bool) -> str:
    domains = list(dict.fromkeys(one.domain for one in repository.mapped_indicators.values()))
    domains += [OWN_DOMAIN] if has_own else []
    usual = repository.indicators.get(repository.fit_view(View()).view.need)
    asked = chosen_domain()
    st.session_state["compare_about"] = asked if asked in domains else usual.domain if usual else domains[0]
    st.selectbox(
        "Figures about",
        options=domains,
        key="compare_about",
        on_change=lambda: change_compared(compared_codes(), about=st.session_state["compare_about"]),
    )
    return str(st.session_state["compare_about"])
