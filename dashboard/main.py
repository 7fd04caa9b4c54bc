"""The way in: which pages there are, and what surrounds each of them."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Protocol

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.frame import load_style, name_tab, refusals_shown, show_banner, show_footer
from dashboard.components.links import (
    ADD,
    AREA,
    ASSETS,
    BRIEFS,
    CLAIM,
    COMPARE,
    DATA,
    FIND,
    IMPORT,
    MY_PLACES,
    OWN_DATA,
    PEOPLE,
    PLAN,
    REVIEW,
    SEGMENTS,
    STORIES,
    SWITCH,
    PageName,
    make_page,
)
from dashboard.components.visit import Visitor, whoever_asks
from dashboard.components.visitor import show_closed_page, show_visitor
from dashboard.components.welcome import show_welcome
from dashboard.pages import (
    add,
    area,
    assets,
    briefs,
    claim,
    compare,
    data,
    find,
    import_list,
    my_places,
    own_data,
    people,
    plan,
    review,
    segments,
    stories,
    switch,
)
from dashboard.repository import Repository, open_repository
from etl.errors import NothingLoadedError
from etl.publish import current_snapshot
from etl.settings import Settings, read_settings

ICON = Path(__file__).parent / "components" / "icon.svg"


class Render(Protocol):
    """What every page has."""

    def __call__(self, repository: Repository, filters: Filters, *, settings: Settings) -> None:
        """Show the page."""


# In the order of the menu. It has no sections: on a phone Streamlit draws those as lists that a screen reader cannot
# follow.
MENU: dict[PageName, Render] = {
    FIND: find.render,
    AREA: area.render,
    ASSETS: assets.render,
    ADD: add.render,
    BRIEFS: briefs.render,
    PLAN: plan.render,
    SEGMENTS: segments.render,
    COMPARE: compare.render,
    STORIES: stories.render,
    DATA: data.render,
    SWITCH: switch.render,
    MY_PLACES: my_places.render,
    OWN_DATA: own_data.render,
    IMPORT: import_list.render,
    REVIEW: review.render,
    PEOPLE: people.render,
    CLAIM: claim.render,
}


def main() -> None:
    """Show the page that the address names."""
    st.set_page_config(page_title="Common Ground", page_icon=ICON, layout="wide")
    load_style()
    with refusals_shown():
        settings = read_settings(os.environ)
        visitor = whoever_asks(settings)
        pages = [_make_page(name, render, visitor=visitor, settings=settings) for name, render in MENU.items()]
        st.navigation(pages, position="top").run()


def _make_page(name: PageName, render: Render, *, visitor: Visitor, settings: Settings) -> st.Page:
    is_open = name.is_open_to(visitor.actor)
    show = partial(_show_page, name, render if is_open else show_closed_page, visitor, settings)
    return make_page(name, show, is_listed=name.is_listed and is_open)


def _show_page(name: PageName, render: Render, visitor: Visitor, settings: Settings) -> None:
    name_tab(name.title)
    try:
        snapshot = current_snapshot(settings)
    except NothingLoadedError:
        show_welcome(settings)
        return
    repository = open_repository(snapshot)
    show_banner(repository)
    show_visitor(visitor, repository, settings=settings)
    filters = Filters()
    if name != FIND:
        filters.leave()
    render(repository, filters, settings=settings)
    show_footer(repository)


if __name__ == "__main__":
    main()
