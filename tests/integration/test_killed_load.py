"""A load that is killed, stopped or out of disk at any moment leaves what is served as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from duckdb_extensions import import_extension

from etl.publish import LoadRequest, current_snapshot, load
from etl.settings import PROJECT, Settings, read_settings
from etl.tables import TABLES, Table

OF_THIS_BUILD = {"build": ("build_id", "built_at"), "source": ("retrieved_at",)}


@pytest.fixture
def served(demo_settings: Settings, tmp_path: Path) -> Settings:
    """Return the settings of a home in which a snapshot is served already."""
    return serve_in(tmp_path / "home", demo_settings)


def serve_in(home: Path, demo_settings: Settings) -> Settings:
    home.mkdir(exist_ok=True)
    settings = read_settings({}, home=home)
    settings.snapshots_dir.mkdir()
    for path in (current_snapshot(demo_settings), demo_settings.snapshots_dir / "current"):
        shutil.copy(path, settings.snapshots_dir)
    return settings


def start_load(settings: Settings, demo_settings: Settings, *, most: int | None = None) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "tests.load_written_demo",
        str(settings.home),
        str(demo_settings.demo_dir),
    ]
    command += [] if most is None else [str(most)]
    return subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def wait_for(loading: subprocess.Popen[str], moment: str) -> None:
    """Read what the load says until it says that a step begins."""
    assert loading.stderr is not None
    assert any(moment in line for line in loading.stderr), f"the load never came to “{moment}”"


def assert_served_as_before(settings: Settings, snapshot: Path, content: bytes) -> None:
    assert current_snapshot(settings) == snapshot
    assert snapshot.read_bytes() == content
    with duckdb.connect(str(snapshot), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM neighbourhood").fetchall() == [(900,)]


def kill_at(moment: str, served: Settings, demo_settings: Settings) -> None:
    """Kill a load at a moment, and see that what was served before still is."""
    snapshot = current_snapshot(served)
    content = snapshot.read_bytes()
    with start_load(served, demo_settings) as loading:
        wait_for(loading, moment)
        loading.send_signal(signal.SIGKILL)
    assert loading.returncode == -signal.SIGKILL
    assert_served_as_before(served, snapshot, content)


def test_a_killed_load_leaves_the_old_snapshot_served(served: Settings, demo_settings: Settings) -> None:
    kill_at("GP practices", served, demo_settings)


# The load that the others read was traced, and another runs the same lines.
@pytest.mark.no_cover
def test_after_a_load_killed_at_its_last_step_the_next_one_clears_up_is_served_and_has_identical_rows(
    served: Settings, demo_settings: Settings
) -> None:
    before = current_snapshot(served)
    kill_at("Checks", served, demo_settings)
    assert list(served.snapshots_dir.glob(".building*")), "the killed load was at work"
    again = load(settings=served, request=LoadRequest(is_demo=True))
    assert current_snapshot(served) == again != before
    assert not list(served.snapshots_dir.glob(".building*"))
    assert differing_tables(current_snapshot(demo_settings), again) == []


def differing_tables(one: Path, other: Path) -> list[str]:
    """Return the tables whose rows differ between two snapshots, but for when and under which id they were built."""
    with duckdb.connect() as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        con.execute(f"ATTACH '{one}' AS one (READ_ONLY)")
        con.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        return [table.name for table in TABLES if is_different(con, table)]


def is_different(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    kept = [column for column in table.columns if column.name not in OF_THIS_BUILD.get(table.name, ())]
    chosen = ", ".join(f"ST_AsWKB({c.name})" if c.type == "GEOMETRY" else c.name for c in kept)
    one, other = (f"SELECT {chosen} FROM {database}.{table.name}" for database in ("one", "other"))
    both_ways = f"(({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one}))"
    return con.execute(f"SELECT count(*) FROM ({both_ways})").fetchall() != [(0,)]


@pytest.mark.parametrize("moment", ["Places", "Vector tiles"])
def test_a_stopped_load_says_so_and_leaves_the_old_snapshot_served(
    moment: str, served: Settings, demo_settings: Settings
) -> None:
    snapshot = current_snapshot(served)
    content = snapshot.read_bytes()
    with start_load(served, demo_settings) as loading:
        wait_for(loading, moment)
        loading.send_signal(signal.SIGINT)
        said = loading.stderr.read() if loading.stderr else ""
    assert loading.returncode == 130
    assert "Stopped. What was served before is still served." in said
    assert "Traceback" not in said
    assert_served_as_before(served, snapshot, content)


@contextmanager
def small_disk(folder: Path, *, size: int) -> Iterator[bool]:
    """Mount a disk of a size if this machine lets us; say whether it did."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    is_mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("room", [500_000, 7_000_000])
def test_a_full_disk_is_said_in_words_and_leaves_the_old_snapshot_served(
    room: int, demo_settings: Settings, tmp_path: Path
) -> None:
    needed = current_snapshot(demo_settings).stat().st_size
    written = sum(path.stat().st_size for path in demo_settings.demo_dir.rglob("*") if path.is_file())
    with small_disk(tmp_path / "disk", size=needed + written + room) as is_small:
        served = serve_in(tmp_path / "disk" / "home", demo_settings)
        snapshot = current_snapshot(served)
        content = snapshot.read_bytes()
        # Without a disk of our own no file may grow beyond the room, which is much the same to a load.
        with start_load(served, demo_settings, most=None if is_small else room) as loading:
            said = loading.stderr.read() if loading.stderr else ""
        assert loading.returncode == 5 if is_small else loading.returncode != 0, said
        assert "Traceback" not in said
        assert "✖" in said
        assert not is_small or ("is full" in said and "Free some space" in said)
        assert_served_as_before(served, snapshot, content)
        assert not list(served.snapshots_dir.glob(".building*"))
