"""The head of the Area page: what the area is, what holds it, and where it lies."""

from __future__ import annotations

import streamlit as st

from dashboard.components.find.map import make_map_view
from dashboard.components.links import link_to_area, link_to_brief, link_to_find, link_to_plan
from dashboard.components.map_view import show_map
from dashboard.planning.state import Plan, make_site, write_plan
from dashboard.questions.own_areas import CUSTOM
from dashboard.questions.places import ENGLAND, Area
from dashboard.questions.views import LEFT_BEHIND
from dashboard.repository import Repository
from dashboard.state import LEVELS, View, write_view
from dashboard.words import count, decile, escape_markdown, people, rank, standing
from etl.settings import Settings

LOCATOR_HEIGHT_PX = 320


def show_breadcrumb(repository: Repository, area: Area) -> None:
    """Show links to the areas that hold this one, largest first."""
    if area.area_code == ENGLAND:
        return
    with st.container(horizontal=True, key="breadcrumb"):
        link_to_area(ENGLAND, label="England")
        for parent in repository.parents(area.area_code):
            link_to_area(parent.area_code, label=parent.name)


def show_header(area: Area) -> None:
    """Show the area's name, what it is and how many people live there."""
    st.title(escape_markdown(area.name))
    facts = [f"{area.level_name} {area.area_code}", f"{people(area.population)} (Census 2021)"]
    if area.official_name != area.name:
        facts.insert(1, f"officially {area.official_name}")
    if area.neighbourhoods > 1:
        facts.append(f"{count(area.neighbourhoods)} neighbourhoods")
    st.markdown(escape_markdown(" · ".join(facts)))


def show_standing(repository: Repository, area: Area, *, view: View) -> None:
    """Show where the area stands on need and digital exclusion, and how many of its people are left behind."""
    figures = repository.profile(area).set_index("indicator_id")
    for label, key in (("Need", view.need), ("Digital exclusion", view.exclusion)):
        if key in figures.index:
            row = figures.loc[key].to_dict()
            if area.area_type == CUSTOM:
                _show_own_standing(repository, area, label=label, indicator_id=key)
                continue
            st.metric(
                f"{label}: {row['name']}",
                "All of England"
                if area.area_code == ENGLAND
                else standing(row["national_rank"], ranked=row["ranked"]).capitalize(),
                help="Where it stands among areas of its size in England.",
            )
            # England stands alone.
            if area.area_code != ENGLAND:
                st.caption(f"Rank {rank(row['national_rank'], ranked=row['ranked'])}, {decile(row['decile'])}.")
    _show_left_behind(repository, area)


def show_ways_on(area: Area, *, view: View) -> None:
    """Show links to the area on the map of Find, alone where it holds others, to its brief, and to a plan for it."""
    is_whole = area.area_type in {"icb", "sicbl", "lad", "ward", "msoa", CUSTOM}
    part = "within" if is_whole else "at"
    found = view.changed(level="lsoa", **({part: area.area_code} if area.area_code != ENGLAND else {}))
    link_to_find(write_view(found), label="See it on the map of Find")
    link_to_brief({"area": area.area_code}, label="Make a brief")
    link_to_plan(write_plan(begin_plan(area)), label="What if help were offered here?")


def begin_plan(area: Area) -> Plan:
    """Return the plan that one begins with: for the area, or for the ICB of a neighbourhood with a place in it."""
    if area.area_code == ENGLAND:
        return Plan()
    if area.area_type != "lsoa" or area.lon is None or area.lat is None:
        return Plan(within=area.area_code)
    return Plan(within=area.icb_code or "", sites=(make_site(area.lon, area.lat),))


def show_locator(repository: Repository, area: Area, *, view: View, settings: Settings) -> None:
    """Show where the area lies."""
    is_own = area.area_type == CUSTOM
    level = next((known for known in LEVELS if known == area.area_type), "lsoa" if is_own else "icb")
    seen = view.changed(
        level=level,
        at=area.area_code if area.area_code != ENGLAND else "",
        within=area.area_code if is_own else "",
    )
    show_map(
        view=make_map_view(repository, view=seen, looked_at=seen.at, settings=settings),
        key="area-map",
        height=LOCATOR_HEIGHT_PX,
        keeps_view=False,
    )


def _show_own_standing(repository: Repository, area: Area, *, label: str, indicator_id: str) -> None:
    # An area of somebody's own has no others of its size to stand among; its neighbourhoods have.
    share = repository.share_in_worst(area_code=area.area_code, indicator_id=indicator_id)
    st.metric(
        f"{label}: {repository.indicators[indicator_id].name}",
        f"{100 * share:.0f}% in the worst fifth",
        help="The share of its people whose neighbourhood is in England's worst fifth.",
    )


def _show_left_behind(repository: Repository, area: Area) -> None:
    profile = repository.profile(area)
    found = profile.loc[profile["indicator_id"] == LEFT_BEHIND, "value"]
    if found.empty:
        return
    share = float(found.iloc[0])
    if area.area_type == "lsoa":
        st.metric("Left behind", "Yes" if share else "No", help="In England's worst 20% on need and digital exclusion.")
    else:
        st.metric(
            "People in left-behind neighbourhoods",
            f"{100 * share:.0f}%",
            help="Their neighbourhoods are in England's worst 20% on both need and digital exclusion.",
        )
