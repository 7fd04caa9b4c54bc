"""A mirror: any folder tree that holds the publishers' files under names that the sources know."""

from __future__ import annotations

import filecmp
from fnmatch import fnmatchcase
from pathlib import Path

from etl.errors import MissingSourceError, SettingsError, SourceError
from etl.sources.spec import FileSpec, SourceSpec


def find_in_mirror(file: FileSpec, *, spec: SourceSpec, mirror: Path) -> list[Path]:
    """Return the files of a mirror that fit the first pattern which any file fits.

    Names are compared without regard to case; hidden files are nobody's data. Of several the one nearest the top is
    taken; where the source wants many, all are taken in order of path.

    Raises
    ------
    SettingsError
        If there is no such folder.
    MissingSourceError
        If no file below it fits any pattern.
    SourceError
        If two files that differ fit alike: which edition is meant is not ours to guess.
    """
    if not mirror.is_dir():
        raise SettingsError(f"There is no folder {mirror}.", todo="Give --mirror a folder that holds the files.")
    files = (path for path in mirror.rglob("*") if not path.name.startswith(".") and path.is_file())
    paths = sorted(files, key=lambda path: path.parts)
    for pattern in file.patterns:
        found = [path for path in paths if fnmatchcase(path.name.casefold(), pattern.casefold())]
        if found:
            return found if file.is_many else [_choose_one(found, spec=spec, mirror=mirror)]
    names = " or ".join(file.patterns)
    plain = next((pattern for pattern in file.patterns if "*" not in pattern), file.patterns[0])
    get = f"Download it from {spec.page}, put it" if spec.page else "Put it"
    todo = f"{get} anywhere below that folder under such a name, and load again."
    what = f"No file named {names} was found in {mirror} or below"
    lacking = f"its file ({plain}, say) was not among those that were loaded"
    raise MissingSourceError(what, lacking=lacking, source_id=spec.source_id, todo=todo)


def _choose_one(found: list[Path], *, spec: SourceSpec, mirror: Path) -> Path:
    nearest = min(len(path.parts) for path in found)
    first, *others = (path for path in found if len(path.parts) == nearest)
    for other in others:
        if not filecmp.cmp(first, other, shallow=False):
            names = " and ".join(path.relative_to(mirror).as_posix() for path in (first, other))
            what = f"Two files of the mirror could be the one that is wanted: {names}"
            todo = "Keep the edition that you want there, and move the other away."
            raise SourceError(what, source_id=spec.source_id, todo=todo)
    return first
