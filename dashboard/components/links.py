"""Links from page to page that keep the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn

import streamlit as st

from dashboard.register.actor import Actor, Role
from dashboard.words import escape_markdown


@dataclass(frozen=True)
class PageName:
    """A page's name in the menu and in the address.

    Parameters
    ----------
    label
        What the menu says, where the title would be long: all of the menu is to fit a laptop's screen.
    roles
        Whoever has one of them may open it; the register asks again before it does anything.
    is_listed
        Whether it is in the menu; otherwise only links lead to it.
    """

    title: str
    url_path: str
    icon: str
    label: str = ""
    is_default: bool = False
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    is_listed: bool = True

    def is_open_to(self, actor: Actor) -> bool:
        """Return whether somebody may open it."""
        return bool(self.roles & actor.roles)


FIND = PageName(title="Find", url_path="find", icon=":material/map:", is_default=True)
AREA = PageName(title="Area", url_path="area", icon=":material/location_on:")
BRIEFS = PageName(title="Briefs", url_path="briefs", icon=":material/description:")
SEGMENTS = PageName(title="What might help", url_path="segments", icon=":material/grid_view:")
DATA = PageName(title="Data and methods", url_path="data", icon=":material/database:")
PLAN = PageName(title="What if", url_path="plan", icon=":material/add_home_work:")
COMPARE = PageName(title="Compare areas", label="Compare", url_path="compare", icon=":material/compare_arrows:")
MY_PLACES = PageName(title="Neighbourhoods of our own", label="Our areas", url_path="my-places", icon=":material/draw:")
OWN_DATA = PageName(title="Figures of our own", label="Our figures", url_path="own-data", icon=":material/upload_file:")
SWITCH = PageName(
    title="The switch to digital", label="Digital switch", url_path="switch", icon=":material/phone_in_talk:"
)

ASSETS = PageName(title="Assets", url_path="assets", icon=":material/diversity_3:")
ADD = PageName(title="Add a group or place", label="Add", url_path="add", icon=":material/add_location_alt:")
IMPORT = PageName(
    title="Import a list",
    label="Import",
    url_path="import",
    icon=":material/upload:",
    roles=frozenset({Role.PARTNER, Role.REVIEWER, Role.ADMIN}),
)
REVIEW = PageName(title="Review", url_path="review", icon=":material/rate_review:", roles=frozenset({Role.REVIEWER}))
STORIES = PageName(title="Stories", url_path="stories", icon=":material/auto_stories:")
PEOPLE = PageName(
    title="People and settings",
    label="People",
    url_path="people",
    icon=":material/group:",
    roles=frozenset({Role.ADMIN}),
)
CLAIM = PageName(title="Look after an entry", url_path="claim", icon=":material/key:", is_listed=False)


def make_page(name: PageName, show: Callable[[], None], *, is_listed: bool = True) -> st.Page:
    """Return a page of the menu, or one that only links lead to."""
    visibility: Literal["visible", "hidden"] = "visible" if is_listed else "hidden"
    return st.Page(
        show,
        title=name.label or name.title,
        url_path=name.url_path,
        icon=name.icon,
        default=name.is_default,
        visibility=visibility,
    )


def link_to_area(area_code: str, *, label: str) -> None:
    """Show a link to an area's page."""
    _link(AREA, label=label, query={"area": area_code})


def link_to_brief(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the brief of an area, or of a kept plan."""
    _link(BRIEFS, label=label, query=query)


def link_to_find(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the Find page with a view."""
    _link(FIND, label=label, query=query)


def link_to_asset(asset_id: str, *, label: str) -> None:
    """Show a link to one entry of the register."""
    _link(ASSETS, label=label, query={"asset": asset_id})


def link_to_assets(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the list of entries, as an address of it asks."""
    _link(ASSETS, label=label, query=query)


def link_to_stories(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the stories, or to the form with which one is written down."""
    _link(STORIES, label=label, query=query)


def link_to_add(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the form: an empty one, or that of the entry which the address names."""
    _link(ADD, label=label, query=query)


def go_to_asset(asset_id: str) -> NoReturn:
    """Leave this page for that of an entry."""
    st.switch_page(make_page(ASSETS, _nowhere), query_params={"asset": asset_id})


def link_to_plan(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to a plan: a kept one, or one that begins with an area or a place."""
    _link(PLAN, label=label, query=query)


def link_to_compare(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to areas side by side."""
    _link(COMPARE, label=label, query=query)


def link_to_my_places(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the page where own neighbourhoods are made."""
    _link(MY_PLACES, label=label, query=query)


def _link(name: PageName, *, label: str, query: Mapping[str, str]) -> None:
    # Streamlit knows a page by its path in the address, so a stand-in with the same path leads there.
    st.page_link(make_page(name, _nowhere), label=escape_markdown(label), query_params=dict(query))


def _nowhere() -> None:
    """Stand in for a page that is only linked to."""
