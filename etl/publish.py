"""What the dashboard may know of the build: which snapshot is served, and how another is loaded in its place."""

from __future__ import annotations

from pathlib import Path

from etl.build.request import LoadRequest
from etl.progress import LoadProgress, SilentProgress
from etl.settings import Settings
from etl.snapshots import current_snapshot

__all__ = ["LoadRequest", "current_snapshot", "load"]


def load(*, settings: Settings, request: LoadRequest, progress: LoadProgress | None = None) -> Path:
    """Build a snapshot, check it, and serve it instead of the one before; return its path.

    Until the last step nothing that is served is touched, so a load that fails or is killed changes nothing.

    Raises
    ------
    CommonGroundError
        If the load cannot be done; the message says where and what to do.
    """
    # The build takes seconds to import, and whoever only reads what is served does not need it.
    from etl.build.loading import load_snapshot  # noqa: PLC0415

    return load_snapshot(settings=settings, request=request, progress=progress or SilentProgress())
