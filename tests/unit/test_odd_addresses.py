"""Whatever an address says, a page of the register answers in words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.assets.view import ASSET, PARAMETERS
from dashboard.opening import open_register
from dashboard.register.actor import local_actor
from dashboard.register.model import Asset, Place, Precision
from etl.settings import Settings
from tests.unit.page_scripts import LONGEST_RUN_S, words_of
from tests.unit.small_snapshot import LSOAS, make_home

NAMES = (*PARAMETERS.values(), ASSET, "from", "queue", "item", "area", "theme", "edit", "new", "part", "token")
ODD = ("\x00'\"><script>${x}</script>", "99999999999999999999", "-1", "é" * 5_000)
SCRIPT = """
from pathlib import Path

from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.pages import {page}
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings

settings = read_settings({{}}, home=Path({home!r}))
with refusals_shown():
    {page}.render(open_repository(current_snapshot(settings)), Filters(), settings=settings)
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = make_home(tmp_path_factory.mktemp("odd"))
    club = Asset(name="Club", kind="social_club", place=Place(precision=Precision.ROUGH, lsoa21_code=LSOAS[0]))
    open_register(made).entries.add(club, actor=local_actor())
    return made


@pytest.mark.parametrize("odd", ODD, ids=("signs", "a large number", "less than nothing", "very long"))
@pytest.mark.parametrize("page", ["assets", "add", "import_list", "review", "stories", "people", "claim"])
def test_an_odd_address_is_answered_in_words(settings: Settings, page: str, odd: str) -> None:
    shown = AppTest.from_string(SCRIPT.format(page=page, home=str(settings.home)), default_timeout=LONGEST_RUN_S)
    for name in NAMES:
        shown.query_params[name] = odd
    shown.run()
    assert not shown.exception
    assert "went wrong" not in words_of(shown)
    assert words_of(shown)
