"""Opening a publisher's file: told by its bytes, not its name; unpacked aside when it is packed."""

from __future__ import annotations

import codecs
import fnmatch
import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.errors import MissingSourceError, SourceError, StorageError
from etl.sources.reading.layout import Layout
from etl.sources.reading.workbook import reaches_too_far, unpack_workbook
from etl.sources.spec import SourceSpec

GZIP = b"\x1f\x8b"
ZIP = b"PK"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"
CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Part:
    """One table of a file: a CSV on disk, and what a person calls it."""

    label: str
    path: Path
    is_sheet: bool = False


def again(spec: SourceSpec) -> str:
    """Return what to do about a file that cannot be used."""
    return f"Get the file again{f' from {spec.page}' if spec.page else ''} (edition: {spec.edition}), and load again."


def refuse(spec: SourceSpec, label: str, what: str) -> SourceError:
    """Return the refusal of a whole file."""
    return SourceError(what, source_id=spec.source_id, file=label, todo=again(spec))


def open_parts(spec: SourceSpec, layout: Layout, path: Path, folder: Path) -> Iterator[Part]:
    """Yield each table that a file holds, as a CSV.

    Parameters
    ----------
    folder
        An empty folder for what has to be unpacked.

    Raises
    ------
    SourceError
        If the file is missing, empty, cut short, or another kind of thing than a table.
    """
    if not path.is_file():
        todo = "Check the folder, or load again."
        raise MissingSourceError(
            f"There is no file {path}", lacking="its file is gone", source_id=spec.source_id, file=path, todo=todo
        )
    try:
        yield from _open(spec, layout, path, folder)
    except (EOFError, gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        what = f"The file is cut short or damaged ({error})"
        raise refuse(spec, path.name, what) from error
    except OSError as error:
        what = f"The file {path.name} of source {spec.source_id} could not be unpacked in {folder}: {error.strerror}."
        raise StorageError(
            what, todo="Free some disk space or check the folder's permissions, then load again."
        ) from error


def _open(spec: SourceSpec, layout: Layout, path: Path, folder: Path) -> Iterator[Part]:
    start = _check_kind(spec, path)
    if start.startswith(GZIP):
        unpacked = folder / "0.csv"
        with gzip.open(path) as packed, unpacked.open("wb") as out:
            shutil.copyfileobj(packed, out, 1 << 20)
        _check_kind(spec, unpacked, label=path.name)
        yield Part(path.name, unpacked)
    elif start.startswith(ZIP):
        yield from _open_zip(spec, layout, path, folder)
    else:
        yield Part(path.name, path)


def _check_kind(spec: SourceSpec, path: Path, *, label: str = "") -> bytes:
    with path.open("rb") as file:
        start = file.read(512)
    text = start.removeprefix(codecs.BOM_UTF8).strip()
    if not text:
        raise refuse(spec, label or path.name, "The file is empty")
    if text.startswith((b"<", b"<!doctype html")):
        raise refuse(
            spec, label or path.name, "The file is a web page, not a table; publishers send one when an address moves"
        )
    if start.startswith(PDF):
        raise refuse(spec, label or path.name, "The file is a PDF, not a table")
    if start.startswith(OLD_WORKBOOK):
        raise refuse(spec, label or path.name, "The file is an old Excel workbook (.xls) or has a password")
    return start


def _open_zip(spec: SourceSpec, layout: Layout, path: Path, folder: Path) -> Iterator[Part]:
    with zipfile.ZipFile(path) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        if CONTENT_TYPES in names:
            if reaches_too_far(archive):
                raise refuse(spec, path.name, "A sheet of the workbook has a cell far beyond any table")
            sheets = unpack_workbook(path, folder)
            if sheets is None:
                raise refuse(spec, path.name, "The file is a zip that says it is a workbook and is not one")
            yield from (Part(f"{path.name}, sheet {title}", csv, is_sheet=True) for title, csv in sheets)
            return
        chosen = _choose_members(names, layout.members)
        if not chosen:
            listed = ", ".join(PurePosixPath(name).name for name in names[:5]) or "nothing"
            what = f"The zip holds no {' or '.join(layout.members)}; it holds {listed}"
            raise refuse(spec, path.name, what)
        for number, name in enumerate(chosen):
            unpacked = folder / f"{number}.csv"
            with archive.open(name) as packed, unpacked.open("wb") as out:
                shutil.copyfileobj(packed, out, 1 << 20)
            label = f"{path.name}: {PurePosixPath(name).name}"
            _check_kind(spec, unpacked, label=label)
            yield Part(label, unpacked)


def _choose_members(names: list[str], patterns: tuple[str, ...]) -> list[str]:
    for pattern in patterns:
        fitting = [name for name in names if fnmatch.fnmatch(name.lower(), pattern.lower())]
        if fitting:
            return sorted(fitting)
    return []
