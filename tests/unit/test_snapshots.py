"""Which snapshot is served, and which are swept away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl.errors import NothingLoadedError
from etl.settings import Settings, read_settings
from etl.snapshots import current_snapshot, path_aside, serve_snapshot, sweep_snapshots


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = read_settings({}, home=tmp_path)
    made.snapshots_dir.mkdir()
    (made.snapshots_dir / "first.duckdb").touch()
    return made


def serve(settings: Settings, build_id: str) -> Path:
    aside = path_aside(settings, build_id=build_id)
    aside.touch()
    return serve_snapshot(settings, aside=aside, build_id=build_id)


def point_at(settings: Settings, content: bytes) -> None:
    (settings.snapshots_dir / "current").write_bytes(content)


def test_the_pointer_may_be_written_by_hand(settings: Settings) -> None:
    point_at(settings, b"first.duckdb\r\n")
    assert current_snapshot(settings).name == "first.duckdb"


@pytest.mark.parametrize(
    "content",
    [b"", b"gone.duckdb", b"../first.duckdb", b"/etc/passwd", b"first", bytes(range(128, 256)) * 3],
    ids=["empty", "a file that is gone", "a path", "another file", "no snapshot", "garbage"],
)
def test_a_pointer_at_no_snapshot_means_that_nothing_is_loaded(content: bytes, settings: Settings) -> None:
    point_at(settings, content)
    with pytest.raises(NothingLoadedError, match="Nothing has been loaded"):
        current_snapshot(settings)
    sweep_snapshots(settings)
    assert (settings.snapshots_dir / "first.duckdb").exists(), "what may have been served is kept"


def test_a_new_snapshot_takes_the_place_of_the_one_before_which_is_kept_and_older_ones_go(settings: Settings) -> None:
    # They are told apart by their names, which begin with the time of the build.
    for build_id in ("second", "third", "zulu"):
        served = serve(settings, build_id)
        sweep_snapshots(settings)
        assert current_snapshot(settings) == served
    assert {path.name for path in settings.snapshots_dir.iterdir()} == {"zulu.duckdb", "third.duckdb", "current"}


def test_a_new_snapshot_is_on_the_disk_before_it_is_served_and_open_for_writing_as_windows_wants_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed = []

    def flush(file: int) -> None:
        # Writing nothing is refused, as flushing is on Windows, where a file is open for reading only.
        os.write(file, b"")
        flushed.append((settings.snapshots_dir / "current").exists())

    monkeypatch.setattr(os, "fsync", flush)
    serve(settings, "second")
    assert flushed == [False]


def test_a_clock_that_was_set_back_does_not_make_the_served_snapshot_an_old_one(settings: Settings) -> None:
    for build_id in ("20260102T000000Z-demo-1", "20260103T000000Z-demo-1", "20200101T000000Z-demo-1"):
        served = serve(settings, build_id)
    sweep_snapshots(settings)
    assert current_snapshot(settings) == served
    assert served.name.startswith("2020")
    assert served.is_file()


def test_what_an_unfinished_load_left_is_swept_away(settings: Settings) -> None:
    path_aside(settings, build_id="half").touch()
    (settings.snapshots_dir / ".spill").mkdir()
    (settings.snapshots_dir / ".spill" / "x.tmp").touch()
    sweep_snapshots(settings)
    assert [path.name for path in settings.snapshots_dir.iterdir()] == ["first.duckdb"]
