"""What a planner chooses: the kind of help, the area, and the places."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.own_areas import own_places
from dashboard.components.plan.link import PlanLink
from dashboard.components.plan.places import describe_site, find_sites
from dashboard.planning.state import MOST_SITES, Plan, Site
from dashboard.planning.support import support_groups
from dashboard.repository import Repository
from dashboard.words import escape_markdown
from etl.settings import Settings


def show_plan_choices(repository: Repository, link: PlanLink, *, plan: Plan, settings: Settings) -> None:
    """Show the choice of a kind of help and of the area that is planned for."""
    groups = support_groups(link.visit.register.settings.taxonomy())
    offered = (*repository.areas_to_filter_by(plan.within), *own_places(settings))
    areas = {place.area_code: place.label for place in offered}
    st.session_state["plan_help"] = plan.group
    st.session_state["plan_within"] = plan.within
    kind, where = st.columns(2)
    kind.selectbox(
        "What help would be offered",
        options=list(groups),
        format_func=groups.__getitem__,
        key="plan_help",
        on_change=lambda: link.change(replace(link.plan, group=st.session_state["plan_help"])),
    )
    where.selectbox(
        "Plan for",
        options=["", *areas],
        format_func=lambda code: areas.get(code, repository.everywhere),
        key="plan_within",
        on_change=lambda: link.change(replace(link.plan, within=st.session_state["plan_within"])),
        help="An ICB, a district, a ward of it, or an area of your own.",
    )


def show_site_search(repository: Repository, link: PlanLink, *, plan: Plan, settings: Settings) -> None:
    """Show the box that adds a place by its postcode, its name, or a group's name."""
    if len(plan.sites) >= MOST_SITES:
        st.info(f"{MOST_SITES} places are the most. Remove one to add another.")
        return
    st.text_input(
        "Add a place: a postcode, a place name, or a group in the register",
        key="plan_search",
        placeholder="M14 4PX, Moss Side, Riverside Library…",
        help="Or tap the map where help would be offered.",
    )
    text = str(st.session_state["plan_search"]).strip()
    if not text:
        return
    found = find_sites(repository, link.visit, text=text, settings=settings, within=plan.within)
    if not found:
        st.warning("Nothing was found. Try a whole postcode, a ward or district, or tap the map.")
    for number, (label, site) in enumerate(found):
        st.button(
            f"Add {escape_markdown(label)}",
            key=f"plan-add-{number}",
            icon=":material/add_location_alt:",
            on_click=_add,
            args=(link, site),
            disabled=site in plan.sites,
        )


def show_sites(repository: Repository, link: PlanLink, *, plan: Plan) -> None:
    """List the places of the plan, each with a button that takes it out."""
    if not plan.sites:
        st.info("No place yet. Tap the map, or look for a postcode or a group above.")
        return
    for number, site in enumerate(plan.sites):
        name, out = st.columns([5, 2], vertical_alignment="center")
        label = describe_site(repository, link.visit, site)
        name.markdown(f"**{number + 1}.** {escape_markdown(label)}")
        out.button(
            "Remove",
            key=f"plan-remove-{number}",
            help=f"Take {escape_markdown(label)} out of the plan",
            on_click=_remove,
            args=(link, number),
        )


def _add(link: PlanLink, site: Site) -> None:
    link.change(link.plan.with_site(site))
    st.session_state["plan_search"] = ""


def _remove(link: PlanLink, number: int) -> None:
    link.change(link.plan.without_site(number))
