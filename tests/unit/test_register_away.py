"""A register that cannot be reached is one clear message on every page, in every answer and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from dashboard.api.serving import extra_routes, header_middleware, read_ahead
from dashboard.cli import app
from dashboard.register.errors import UnavailableError
from etl.settings import Settings, read_settings
from tests.unit.page_scripts import words_of
from tests.unit.small_snapshot import make_home
from tests.web import Client

NOBODY_LISTENS = "postgresql://register:secret@127.0.0.1:1/register"
PAGE = """
from pathlib import Path

from dashboard.components.filters import Filters
from dashboard.components.frame import refusals_shown
from dashboard.pages import {page}
from dashboard.repository import open_repository
from etl.publish import current_snapshot
from etl.settings import read_settings

settings = read_settings({{"COMMONGROUND_REGISTER_URL": {url!r}}}, home=Path({home!r}))
with refusals_shown():
    {page}.render(open_repository(current_snapshot(settings)), Filters(), settings=settings)
"""
WORDS = "The register of community assets cannot be reached."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = make_home(tmp_path_factory.mktemp("away")).home
    return read_settings({"COMMONGROUND_REGISTER_URL": NOBODY_LISTENS}, home=home)


@pytest.fixture
def environ(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_HOME", str(settings.home))
    monkeypatch.setenv("COMMONGROUND_REGISTER_URL", NOBODY_LISTENS)


@pytest.mark.parametrize(
    "path",
    [
        "/openreferral/services",
        "/openreferral/services/a1",
        "/openreferral/taxonomy_terms",
        "/open-data/assets.csv",
        "/open-data/assets.json",
        "/map-assets/view.json?bbox=-1,52,1,53&zoom=8",
        "/map-assets/cards.json?keys=1",
        "/embed/list",
        "/briefs/E01000001.pdf",
    ],
)
def test_every_answer_says_so_with_503_and_when_to_ask_again(settings: Settings, path: str) -> None:
    site = Starlette(routes=extra_routes(settings), middleware=header_middleware(settings))
    answer = Client(site).get(path)
    assert answer.status_code == 503, answer.text
    assert WORDS in answer.text
    assert not {"psycopg", "sqlalchemy", "secret", "127.0.0.1"} & set(answer.text.casefold().split())
    assert "secret" not in answer.text
    assert "frame-ancestors" in answer.headers["content-security-policy"]


def test_what_has_nothing_to_do_with_the_register_is_served_all_the_same(settings: Settings) -> None:
    read_ahead(settings)
    site = Starlette(routes=extra_routes(settings), middleware=header_middleware(settings))
    assert Client(site).get("/health").status_code == 200


@pytest.mark.parametrize("page", ["assets", "add", "import_list", "review", "stories", "people", "find"])
def test_every_page_says_so_without_a_trace(settings: Settings, page: str) -> None:
    script = PAGE.format(page=page, home=str(settings.home), url=NOBODY_LISTENS)
    shown = AppTest.from_string(script, default_timeout=60).run()
    assert not shown.exception
    said = words_of(shown)
    assert WORDS in said
    assert "unforeseen" not in said
    assert "went wrong" not in said
    assert "secret" not in said


@pytest.mark.usefixtures("environ")
@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["imports"],
        ["export", "--format", "csv", "--out", "x.csv"],
        ["backup", "x.gz"],
        ["restore", "x.gz"],
        ["undo-import", "1", "--yes"],
    ],
)
def test_every_command_says_so_and_leaves_with_its_code(command: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["assets", *[str(tmp_path / one) if "x." in one else one for one in command]])
    assert isinstance(done.exception, UnavailableError)
    assert WORDS in str(done.exception)
    assert done.exception.exit_code == 5
