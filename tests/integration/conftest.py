"""Registers for tests: each test of one runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.register.register import Register
from tests.postgres import PostgresServer, running_postgres
from tests.registers import StoppedClock, TwoTowns

# What these ask runs the same lines on either database, and is traced on one of them: tracing doubles its time. What
# is PostgreSQL's alone (searching, bringing in, erasing, backups, opening) is asked in the other files.
TRACED_ONCE = {
    f"test_register_{part}.py" for part in ("attacks", "entries", "kept", "rights", "step", "stories", "strangers")
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of coverage what has been covered by the same test on the other database."""
    for item in items:
        asked = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        if item.path.name in TRACED_ONCE and asked.get("register_url") == "postgresql":
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Return a PostgreSQL server of this test process, with a migrated register to copy."""
    with running_postgres() as server:
        Register(server.make("pattern")).close()
        yield server


@pytest.fixture(scope="session")
def sqlite_pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite register to copy."""
    file = tmp_path_factory.mktemp("pattern") / "register.sqlite"
    Register(f"sqlite:///{file}").close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a new register, on each database in turn."""
    if request.param == "sqlite":
        file = tmp_path / "register.sqlite"
        shutil.copyfile(request.getfixturevalue("sqlite_pattern"), file)
        return f"sqlite:///{file}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.make(f"r{uuid.uuid4().hex}", like="pattern")


@pytest.fixture
def clock() -> StoppedClock:
    """Return the clock of the register."""
    return StoppedClock()


@pytest.fixture
def register(register_url: str, clock: StoppedClock) -> Iterator[Register]:
    """Return a new register with two towns."""
    opened = Register(register_url, clock=clock, geography=TwoTowns())
    yield opened
    opened.close()
