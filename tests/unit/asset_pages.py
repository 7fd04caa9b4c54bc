"""The Assets pages shown by AppTest, one of them as the way in; links and acts lead from one to the other."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import visit
from dashboard.opening import open_register
from dashboard.register.actor import Actor, Role, local_actor
from etl.settings import Settings
from tests.unit.page_scripts import LONGEST_RUN_S
from tests.unit.page_scripts import words_of as running_words_of
from tests.unit.small_snapshot import make_home

REGISTER = "register.sqlite"
PAGES = """
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.components.links import ADD, ASSETS
from dashboard.pages import add, assets
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings

settings = read_settings({{"COMMONGROUND_REGISTER_URL": {register!r}}}, home=Path({home!r}))


def show(render):
    with refusals_shown():
        render(open_repository(current_snapshot(settings)), Filters(), settings=settings)


st.navigation([
    st.Page(partial(show, render), title=name.title, url_path=name.url_path, default=name.url_path == {start!r})
    for name, render in ((ASSETS, assets.render), (ADD, add.render))
]).run()
"""


def make_pattern(folder: Path) -> Settings:
    """Return a home with a small snapshot and an empty register, for many tests to copy."""
    settings = make_home(folder)
    open_register(settings).close()
    return settings


def copy_register(pattern: Settings, folder: Path) -> Settings:
    """Return the settings of the same home with a register of its own; the snapshot is opened once for all."""
    shutil.copyfile(pattern.home / REGISTER, folder / REGISTER)
    return replace(pattern, register_database=f"sqlite:///{folder / REGISTER}")


def open_assets(settings: Settings, **query: str) -> AppTest:
    """Return the page of the list or of an entry, shown once, at an address."""
    return _open("assets", settings, query)


def open_form(settings: Settings, **query: str) -> AppTest:
    """Return the page of the form, shown once, at an address."""
    return _open("add", settings, query)


def _open(start: str, settings: Settings, query: Mapping[str, str]) -> AppTest:
    script = PAGES.format(home=str(settings.home), register=settings.register_url, start=start)
    page = AppTest.from_string(script, default_timeout=LONGEST_RUN_S)
    for name, text in query.items():
        page.query_params[name] = text
    return page.run()


def look_as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    """Have somebody look at the pages from now on: the public, or a person whose rights the register knows."""

    def ask(settings: Settings) -> visit.Visitor:
        if actor.actor_id and Role.OWNER not in actor.roles:
            open_register(settings).people.set_rights(actor, actor=local_actor())
        return visit.Visitor(actor=actor)

    monkeypatch.setattr(visit, "whoever_asks", ask)


def press(page: AppTest, label: str) -> AppTest:
    """Return the page after the button of that name was pressed."""
    found = [button for button in page.button if button.label == label]
    assert len(found) == 1, f"{label!r} is on {len(found)} of {[button.label for button in page.button]}"
    return found[0].click().run()


def box(page: AppTest, field: str, *, of: str = "new") -> Any:  # noqa: ANN401
    """Return a box of the form."""
    key = f"entry:{of}|{field}"
    kinds = (page.text_input, page.text_area, page.selectbox, page.multiselect, page.radio, page.number_input)
    return next(one for kind in kinds for one in kind if one.key == key)


def words_of(page: AppTest) -> str:
    """Return all that a page says in running text, and what people typed as it stands there."""
    texts: Any = page.get("text")
    return "\n".join([running_words_of(page), *(text.value for text in texts)])


def links_of(page: AppTest) -> list[str]:
    """Return the words on every link to a page."""
    links: Any = page.get("page_link")
    return [link.label.replace("\\", "") for link in links]


def labels_of(page: AppTest) -> list[str]:
    """Return the words on every button."""
    return [button.label for button in page.button]
