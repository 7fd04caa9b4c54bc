"""The folder of snapshots: which one is served, how a new one takes its place, and what is swept away."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from etl.errors import NothingLoadedError, StorageError
from etl.settings import Settings

POINTER = "current"
BUILDING = ".building"
SPILL = ".spill"
KEPT_SNAPSHOTS = 2
SNAPSHOT_NAME = re.compile(r"[\w.-]{1,200}\.duckdb")


def current_snapshot(settings: Settings) -> Path:
    """Return the path of the snapshot that is served.

    Raises
    ------
    NothingLoadedError
        If none has been published in this home.
    StorageError
        If this account may not read the home.
    """
    name = _served_name(settings)
    path = settings.snapshots_dir / name
    if not name or not path.is_file():
        what = f"Nothing has been loaded in {settings.home} yet."
        raise NothingLoadedError(
            what, todo="Run “commonground load”, or “commonground load --demo” for made-up places."
        )
    return path


def path_aside(settings: Settings, *, build_id: str) -> Path:
    """Return where a snapshot is built before it is served."""
    return settings.snapshots_dir / f"{BUILDING}-{build_id}.duckdb"


def serve_snapshot(settings: Settings, *, aside: Path, build_id: str) -> Path:
    """Put a finished snapshot in the place of the one that is served, in one step, and return its path."""
    path = settings.snapshots_dir / f"{build_id}.duckdb"
    # Windows writes to the disk only what is open for writing.
    with aside.open("r+b") as written:
        os.fsync(written.fileno())
    aside.replace(path)
    pointer = settings.snapshots_dir / f"{BUILDING}-{POINTER}"
    pointer.write_text(path.name, encoding="utf-8")
    pointer.replace(settings.snapshots_dir / POINTER)
    return path


def sweep_snapshots(settings: Settings) -> None:
    """Remove what unfinished loads left behind, and all but the newest finished snapshots."""
    for leftover in settings.snapshots_dir.glob(f"{BUILDING}*"):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(settings.snapshots_dir / SPILL, ignore_errors=True)
    served = _served_name(settings)
    finished = sorted(path for path in settings.snapshots_dir.glob("*.duckdb") if path.name != served)
    for old in finished[: max(len(finished) - KEPT_SNAPSHOTS + 1, 0)]:
        # Windows keeps a file that somebody still reads; the next load removes it.
        with suppress(PermissionError):
            old.unlink(missing_ok=True)


def _served_name(settings: Settings) -> str:
    """Return the name that the pointer holds; nothing when it is not there, or holds what is no snapshot's name."""
    pointer = settings.snapshots_dir / POINTER
    try:
        name = pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else ""
    except OSError as error:
        what = f"{settings.home} cannot be read ({error.strerror})."
        raise StorageError(what, todo="Let the account that runs Common Ground read and write it.") from error
    return name if SNAPSHOT_NAME.fullmatch(name) else ""
