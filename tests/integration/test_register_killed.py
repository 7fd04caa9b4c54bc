"""kill -9 at random moments during 500 writes: no acknowledged write is lost, and nothing is left half done."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.register.actor import THE_PUBLIC
from dashboard.register.errors import UnavailableError
from dashboard.register.integrity import find_faults
from dashboard.register.query import Query
from dashboard.register.register import Register
from tests.postgres import running_postgres
from tests.registers import LUNCH_CLUB, TRUSTED

WRITES, KILLS = 500, 4
PROJECT = Path(__file__).resolve().parents[2]


def write_until_killed(url: str, *, count: int, acknowledged: int) -> list[str]:
    """Return the ids that a writer said before it was killed, right after it said that many."""
    command = [sys.executable, "-m", "tests.integration.register_writer", url, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as writer:
        assert writer.stdout is not None
        ids = [writer.stdout.readline().strip() for _ in range(acknowledged)]
        writer.kill()
        return [*ids, *writer.stdout.read().split()]


def test_a_killed_writer_loses_nothing_that_was_acknowledged(register_url: str) -> None:
    moments = sorted(random.sample(range(1, WRITES), KILLS))
    said: list[str] = []
    for start, end in zip([0, *moments], [*moments, WRITES], strict=True):
        said += write_until_killed(register_url, count=WRITES, acknowledged=end - start)
    register = Register(register_url)
    published = {one.asset_id for one in register.finding.points(Query())}
    assert len(said) >= WRITES
    assert set(said) <= published
    # A write that was made but not yet said when the writer was killed may be there: one for each kill.
    assert len(published) <= len(said) + KILLS + 1
    assert find_faults(register.database) == ()
    assert register.finding.find(Query(), actor=THE_PUBLIC).total == len(published)
    register.close()


def test_a_postgresql_that_crashes_loses_nothing_that_was_acknowledged() -> None:
    with running_postgres(is_durable=True) as server:
        url = server.make("crashed")
        register = Register(url)
        said = write_until_killed(url, count=WRITES, acknowledged=25)
        server.stop(is_crash=True)
        for ask in (register.finding.latest_change, lambda: register.entries.add(LUNCH_CLUB, actor=TRUSTED)):
            with pytest.raises(UnavailableError, match="cannot be reached"):
                ask()
        with pytest.raises(UnavailableError, match="cannot be reached"):
            Register(url)
        server.start(is_durable=True)
        # The register that was open all the time finds its way back by itself.
        assert set(said) <= {one.asset_id for one in register.finding.points(Query())}
        assert find_faults(register.database) == ()
        register.close()
