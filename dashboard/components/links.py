"""Links from page to page that keep the view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.words import escape_markdown


@dataclass(frozen=True)
class PageName:
    """A page's name in the menu and in the address."""

    title: str
    url_path: str
    icon: str
    is_default: bool = False


FIND = PageName(title="Find", url_path="find", icon=":material/map:", is_default=True)
AREA = PageName(title="Area", url_path="area", icon=":material/location_on:")
DATA = PageName(title="Data and methods", url_path="data", icon=":material/database:")


def make_page(name: PageName, show: Callable[[], None]) -> st.Page:
    """Return a page of the menu."""
    return st.Page(show, title=name.title, url_path=name.url_path, icon=name.icon, default=name.is_default)


def link_to_area(area_code: str, *, label: str) -> None:
    """Show a link to an area's page."""
    _link(AREA, label=label, query={"area": area_code})


def link_to_find(query: Mapping[str, str], *, label: str) -> None:
    """Show a link to the Find page with a view."""
    _link(FIND, label=label, query=query)


def _link(name: PageName, *, label: str, query: Mapping[str, str]) -> None:
    # Streamlit knows a page by its path in the address, so a stand-in with the same path leads there.
    st.page_link(make_page(name, _nowhere), label=escape_markdown(label), query_params=dict(query))


def _nowhere() -> None:
    """Stand in for a page that is only linked to."""
