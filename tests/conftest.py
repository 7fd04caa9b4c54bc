"""What every test may use: the real data, and homes in which the demo or all of England has been loaded once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from etl.publish import LoadRequest, load
from etl.settings import Settings, read_settings
from etl.tables.staging import STAGING
from tests.briefs import SmallOffice
from tests.command_line import CommandLine

HERE = Path(__file__).resolve().parent
REAL_DATA = HERE.parent.parent / "shared" / "data"
# Files that take long are begun first, so that no process is left with one when the others are done.
FOLDERS = ("integration", "browser", "property", "unit", "contract")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order files by their folder, the largest first; those of a size, and the tests of a file, stay shuffled."""
    sizes = Counter(item.path for item in items)
    items.sort(key=lambda item: (FOLDERS.index(item.path.relative_to(HERE).parts[0]), -sizes[item.path]))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Return the folder of real published data, or skip: it is not part of the project."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real data of England is not beside this checkout (looked for ../shared/data)")
    return REAL_DATA


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return the settings of a home in which the demo is loaded; read it, never load into it."""
    return _load_once(tmp_path_factory, name="demo", request=LoadRequest(is_demo=True))


@pytest.fixture(scope="session")
def england_settings(tmp_path_factory: pytest.TempPathFactory, real_data: Path) -> Settings:
    """Return the settings of a home in which all of England is loaded from the real data; read it only."""
    return _load_once(tmp_path_factory, name="england", request=LoadRequest(mirror=real_data))


@pytest.fixture(scope="session", autouse=True)
def looked_through_once() -> Iterator[None]:
    """Let Streamlit look through what is installed for components once, not for every page that is shown in a test."""
    with pytest.MonkeyPatch.context() as patch:
        if "streamlit" in sys.modules:
            from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415

            once = cache(manifest_scanner.scan_component_manifests)
            patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture
def commonground(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """Return what runs a command."""
    return CommandLine(monkeypatch, capsys)


def _load_once(factory: pytest.TempPathFactory, *, name: str, request: LoadRequest) -> Settings:
    """Load into a folder that all test processes share; the first to come does it, the others wait."""
    shared = factory.getbasetemp().parent if "popen" in factory.getbasetemp().name else factory.getbasetemp()
    home = shared / f"home-{name}"
    settings = read_settings({}, home=home)
    with FileLock(f"{home}.lock"):
        if not (settings.snapshots_dir / "current").is_file():
            load(settings=settings, request=request)
    return settings


@pytest.fixture(scope="module")
def small_office(tmp_path_factory: pytest.TempPathFactory) -> SmallOffice:
    """Return a small snapshot with a register beside it, made once for the tests of a file; read it only."""
    return SmallOffice(tmp_path_factory.mktemp("office"))


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection with the empty tables into which sources are tidied."""
    with duckdb.connect() as connection:
        for table in STAGING:
            connection.execute(table.ddl())
        yield connection
