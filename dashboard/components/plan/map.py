"""The map of a plan: how much help there is for people now, and how much there would be."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.components.find.map import make_map_view, rerun_fragment
from dashboard.components.map_view import show_map
from dashboard.components.maps.fills import Fill, FillClass
from dashboard.components.maps.places import Bounds
from dashboard.components.maps.view import MapView
from dashboard.components.plan.link import PlanLink
from dashboard.planning.asking import PlanAnswer
from dashboard.planning.sites import neighbourhood_at
from dashboard.planning.state import Plan, make_site
from dashboard.planning.words import CLASS_ENDS, SUPPORT_CLASSES, classes_of_support
from dashboard.repository import Repository
from dashboard.state import View
from etl.settings import Settings

HEIGHT_PX = 480
PAINTED = "plan_support"
BEFORE, AFTER = "As it is now", "With the plan"
# About three kilometres around the places, in degrees.
MARGIN_LON, MARGIN_LAT = 0.045, 0.03
AT_SEA = "There is no neighbourhood of England there. Tap on land that is drawn."


def show_plan_map(
    repository: Repository, link: PlanLink, *, plan: Plan, answer: PlanAnswer, settings: Settings
) -> None:
    """Show the map; a tap adds a place."""
    seen = AFTER
    if plan.sites:
        seen = st.segmented_control("Show", options=[BEFORE, AFTER], default=AFTER, key="plan_seen") or AFTER
    support = answer.after if seen == AFTER else answer.before
    view = make_plan_view(repository, plan=plan, settings=settings)
    event = show_map(
        view=replace(view, given={PAINTED: classes_of_support(support).tobytes()}),
        key="plan-map",
        height=HEIGHT_PX,
        keeps_view=False,
    )
    if event is None:
        return
    site = make_site(event.lon, event.lat)
    if not neighbourhood_at(repository, site):
        st.warning(AT_SEA)
        return
    link.change(plan.with_site(site))
    rerun_fragment()


def make_plan_view(repository: Repository, *, plan: Plan, settings: Settings) -> MapView:
    """Return what the map is told to show, but for the figures."""
    view = repository.fit_view(View(within=plan.within)).view
    seen = make_map_view(repository, view=view, looked_at=plan.within, settings=settings)
    classes = tuple(FillClass(up_to=end, words=words) for end, words in zip(CLASS_ENDS, SUPPORT_CLASSES, strict=True))
    return replace(
        seen,
        fill=Fill(
            indicator_id=PAINTED, title="Places that give this help, for the people who share them", classes=classes
        ),
        pins=tuple((site.lon, site.lat) for site in plan.sites),
        bounds=_bounds_of(plan) or seen.bounds,
    )


def _bounds_of(plan: Plan) -> Bounds | None:
    if not plan.sites:
        return None
    lons, lats = [site.lon for site in plan.sites], [site.lat for site in plan.sites]
    return Bounds(
        west=min(lons) - MARGIN_LON,
        south=min(lats) - MARGIN_LAT,
        east=max(lons) + MARGIN_LON,
        north=max(lats) + MARGIN_LAT,
    )
