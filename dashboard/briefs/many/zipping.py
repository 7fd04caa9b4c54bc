"""Many briefs as one zip with a contents page."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from dashboard.briefs.archive import add_file
from dashboard.briefs.many.batch import Batch
from dashboard.briefs.many.contents import Line, write_contents
from dashboard.briefs.many.making import make_all
from dashboard.repository import open_repository


def write_many(
    batch: Batch,
    *,
    target: Path,
    tell: Callable[[int], None] = lambda _done: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Write a zip of all briefs of a batch, with a contents page; an area that fails is named there with the reason.

    Parameters
    ----------
    target
        The file to write; it appears when it is whole.
    tell
        Called with how many areas are done.
    is_cancelled
        Asked after each area; when it says so, nothing is left behind.

    Returns
    -------
    is_whole
        False when it was cancelled.
    """
    unfinished = target.with_name(f"{target.name}.part")
    lines: list[Line] = []
    banners: set[str] = set()
    try:
        with zipfile.ZipFile(unfinished, "w") as packed:
            for done, made in enumerate(make_all(batch, is_cancelled=is_cancelled), start=1):
                for name, content in made.files:
                    add_file(packed, name=name, content=content)
                names = tuple(name for name, _ in made.files)
                lines.append(Line(area_code=made.area_code, name=made.name, files=names, problem=made.problem))
                banners |= {made.banner}
                tell(done)
            if len(lines) < len(batch.codes):
                return False
            build = open_repository(batch.snapshot).build
            contents = write_contents(batch.title, lines=lines, build=build, banner=max(banners, key=len, default=""))
            add_file(packed, name="contents.html", content=contents)
        unfinished.replace(target)
        return True
    finally:
        unfinished.unlink(missing_ok=True)
