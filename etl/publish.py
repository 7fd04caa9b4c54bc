"""The served snapshot: which one it is, and how a new one takes its place in one step."""

from __future__ import annotations

import os
from pathlib import Path

from etl.errors import NothingLoadedError
from etl.settings import Settings

POINTER = "current"


def current_snapshot(settings: Settings) -> Path:
    """Return the path of the snapshot that is served.

    Raises
    ------
    NothingLoadedError
        If none has been published in this home.
    """
    pointer = settings.snapshots_dir / POINTER
    try:
        path = settings.snapshots_dir / pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        path = pointer
    if not path.is_file() or path == pointer:
        what = f"Nothing has been loaded in {settings.home} yet."
        raise NothingLoadedError(
            what, todo="Run “commonground load”, or “commonground load --demo” for made-up places."
        )
    return path


def point_to(settings: Settings, snapshot: Path) -> None:
    """Make a finished snapshot the served one; whoever reads the pointer sees the old or the new, never half."""
    aside = settings.snapshots_dir / f".{POINTER}.{os.getpid()}"
    aside.write_text(snapshot.name, encoding="utf-8")
    aside.replace(settings.snapshots_dir / POINTER)
