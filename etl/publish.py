"""The served snapshot: which one it is, and how a new one is built aside and takes its place in one step."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.build.request import LoadRequest
from etl.build.snapshot import Build, build_snapshot
from etl.demo import write_demo
from etl.errors import CommonGroundError, NothingLoadedError, StorageError
from etl.garbage import garbage_put_off
from etl.progress import LoadProgress, SilentProgress
from etl.settings import Settings

POINTER = "current"
BUILDING = ".building"
KEPT_SNAPSHOTS = 2
DEMO_VINTAGE = 2024

__all__ = ["LoadRequest", "current_snapshot", "load"]


def current_snapshot(settings: Settings) -> Path:
    """Return the path of the snapshot that is served.

    Raises
    ------
    NothingLoadedError
        If none has been published in this home.
    """
    pointer = settings.snapshots_dir / POINTER
    name = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    path = settings.snapshots_dir / name
    if not name or not path.is_file():
        what = f"Nothing has been loaded in {settings.home} yet."
        raise NothingLoadedError(
            what, todo="Run “commonground load”, or “commonground load --demo” for made-up places."
        )
    return path


def load(*, settings: Settings, request: LoadRequest, progress: LoadProgress | None = None) -> Path:
    """Build a snapshot, check it, and serve it instead of the one before; return its path.

    Until the last step nothing that is served is touched, so a load that fails or is killed changes nothing.

    Raises
    ------
    CommonGroundError
        If the load cannot be done; the message says where and what to do.
    """
    shown = progress or SilentProgress()
    with _clear_about_disks(settings), _only_load(settings), garbage_put_off():
        _sweep(settings)
        if request.is_demo:
            shutil.rmtree(settings.home / "demo", ignore_errors=True)
            request = _with_demo_files(settings, request=request)
        build = _name_build(request)
        aside = settings.snapshots_dir / f"{BUILDING}-{build.build_id}.duckdb"
        try:
            build_snapshot(aside, build=build, settings=settings, request=request, progress=shown)
            published = _publish(settings, aside=aside, build=build)
        finally:
            _sweep(settings)
        shown.finish()
        return published


def _with_demo_files(settings: Settings, *, request: LoadRequest) -> LoadRequest:
    folder = write_demo(folder=settings.home / "demo")
    return LoadRequest(vintage=DEMO_VINTAGE, area=request.area, mirror=folder, is_demo=True)


def _name_build(request: LoadRequest) -> Build:
    built_at = datetime.now(UTC).replace(microsecond=0)
    what = "demo" if request.is_demo else "england" if request.area == "england" else "area"
    return Build(build_id=f"{built_at:%Y%m%dT%H%M%SZ}-{what}-{os.getpid()}", built_at=built_at)


def _publish(settings: Settings, *, aside: Path, build: Build) -> Path:
    path = settings.snapshots_dir / f"{build.build_id}.duckdb"
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    aside.replace(path)
    pointer = settings.snapshots_dir / f"{BUILDING}-{POINTER}"
    pointer.write_text(path.name, encoding="utf-8")
    pointer.replace(settings.snapshots_dir / POINTER)
    return path


@contextmanager
def _only_load(settings: Settings) -> Iterator[None]:
    """Hold the home for one load; the lock of a killed load is let go by the system."""
    settings.snapshots_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.home / "load.lock", timeout=0):
            yield
    except Timeout as error:
        what = f"Another load is at work in {settings.home}."
        raise StorageError(what, todo="Wait until it has finished, or stop it.") from error


def _sweep(settings: Settings) -> None:
    """Remove what unfinished loads left behind, and all but the newest finished snapshots."""
    for leftover in settings.snapshots_dir.glob(f"{BUILDING}*"):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(settings.snapshots_dir / ".spill", ignore_errors=True)
    pointer = settings.snapshots_dir / POINTER
    served = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    finished = sorted(path for path in settings.snapshots_dir.glob("*.duckdb") if path.name != served)
    for old in finished[: max(len(finished) - KEPT_SNAPSHOTS + 1, 0)]:
        old.unlink(missing_ok=True)


@contextmanager
def _clear_about_disks(settings: Settings) -> Iterator[None]:
    """Turn what a disk or DuckDB says into a message that a person can act on."""
    try:
        yield
    except CommonGroundError:
        raise
    except (OSError, duckdb.Error) as error:
        is_full = getattr(error, "errno", None) == errno.ENOSPC or "No space left" in str(error)
        if is_full or isinstance(error, OSError | duckdb.IOException):
            what = f"The disk that holds {settings.home} {'is full' if is_full else 'could not be written'}: {error}."
            todo = "Free some space (all of England needs about 2 GB) or choose another folder with --home."
            raise StorageError(what, todo=todo) from error
        what = f"The warehouse could not be built: {str(error).splitlines()[0]}."
        raise CommonGroundError(what, todo="Nothing that is served was changed. Please report this message.") from error
