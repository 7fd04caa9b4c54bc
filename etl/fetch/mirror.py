"""A mirror: any folder tree that holds the publishers' files under names that the sources know."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from etl.errors import MissingSourceError, SettingsError
from etl.sources.spec import FileSpec, SourceSpec


def find_in_mirror(file: FileSpec, *, spec: SourceSpec, mirror: Path) -> list[Path]:
    """Return the files of a mirror that fit the first pattern which any file fits.

    Names are compared without regard to case. Of several files of one name the one nearest the top is taken, then
    the first in order of path; where the source wants many, all are taken in order of path.

    Raises
    ------
    SettingsError
        If there is no such folder.
    MissingSourceError
        If no file below it fits any pattern.
    """
    if not mirror.is_dir():
        raise SettingsError(f"There is no folder {mirror}.", todo="Give --mirror a folder that holds the files.")
    paths = sorted((path for path in mirror.rglob("*") if path.is_file()), key=lambda path: path.parts)
    for pattern in file.patterns:
        found = [path for path in paths if fnmatchcase(path.name.casefold(), pattern.casefold())]
        if found:
            return found if file.is_many else [min(found, key=lambda path: len(path.parts))]
    names = " or ".join(file.patterns)
    get = f"Download it from {spec.page}, put it" if spec.page else "Put it"
    todo = f"{get} anywhere below that folder under such a name, and load again."
    what = f"No file named {names} was found in {mirror} or below"
    raise MissingSourceError(what, source_id=spec.source_id, todo=todo)
