"""One load from beginning to end: alone in its home, aside, checked, and then in place of what was served."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from etl.build.request import LoadRequest
from etl.build.snapshot import Build, build_snapshot
from etl.demo import clear_demo, write_demo
from etl.errors import CommonGroundError, StorageError
from etl.fetch.store import FULL
from etl.garbage import garbage_put_off
from etl.progress import LoadProgress
from etl.settings import Settings
from etl.snapshots import path_aside, serve_snapshot, sweep_snapshots

DEMO_VINTAGE = 2024


def load_snapshot(*, settings: Settings, request: LoadRequest, progress: LoadProgress) -> Path:
    """Do what `etl.publish.load` says."""
    with _clear_about_disks(settings), _only_load(settings), garbage_put_off():
        sweep_snapshots(settings)
        if request.is_demo:
            request = _with_demo_files(settings, request=request)
        build = _name_build(request)
        aside = path_aside(settings, build_id=build.build_id)
        try:
            build_snapshot(aside, build=build, settings=settings, request=request, progress=progress)
            published = serve_snapshot(settings, aside=aside, build_id=build.build_id)
        finally:
            sweep_snapshots(settings)
        progress.finish()
        return published


def _with_demo_files(settings: Settings, *, request: LoadRequest) -> LoadRequest:
    folder = settings.demo_dir
    clear_demo(folder=folder)
    return replace(request, vintage=DEMO_VINTAGE, mirror=write_demo(folder=folder))


def _name_build(request: LoadRequest) -> Build:
    built_at = datetime.now(UTC).replace(microsecond=0)
    what = "demo" if request.is_demo else "england" if request.is_whole else "area"
    return Build(build_id=f"{built_at:%Y%m%dT%H%M%SZ}-{what}-{os.getpid()}", built_at=built_at)


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


@contextmanager
def _clear_about_disks(settings: Settings) -> Iterator[None]:
    """Turn what a disk or DuckDB says into a message that a person can act on."""
    try:
        yield
    except CommonGroundError:
        raise
    except (OSError, duckdb.Error) as error:
        is_full = getattr(error, "errno", None) in FULL or "No space left" in str(error)
        if is_full or isinstance(error, OSError | duckdb.IOException):
            raise _storage_error(settings, error, is_full=is_full) from error
        what = f"The warehouse could not be built: {str(error).splitlines()[0]}."
        raise CommonGroundError(what, todo="Nothing that is served was changed. Please report this message.") from error


def _storage_error(settings: Settings, error: Exception, *, is_full: bool) -> StorageError:
    todo = "Free some space (all of England needs about 2 GB) or choose another folder with --home."
    if is_full:
        return StorageError(f"The disk that holds {settings.home} is full: {error}.", todo=todo)
    where = getattr(error, "filename", None) or settings.home
    why = getattr(error, "strerror", None) or str(error).splitlines()[0]
    todo = "Check that this folder may be read and written, or choose another with --home."
    return StorageError(f"{where} could not be read or written: {why}.", todo=todo)
