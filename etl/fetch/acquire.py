"""Every file of a source, wherever it is to come from."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import httpx

from etl.errors import SourceError
from etl.fetch.acquired import AcquiredFile, AcquiredFiles
from etl.fetch.arcgis import fetch_layer
from etl.fetch.download import download
from etl.fetch.mirror import find_in_mirror
from etl.fetch.store import RawStore, hash_file, storing
from etl.fetch.web import SNIFFED_BYTES, Patience, Wanted, looks_like_web_page, open_client
from etl.progress import SourceProgress
from etl.settings import Settings
from etl.sources.spec import FileSpec, SourceSpec


def acquire(
    *,
    spec: SourceSpec,
    settings: Settings,
    mirror: Path | None,
    progress: SourceProgress,
    refresh: bool = False,
    patience: Patience | None = None,
) -> AcquiredFiles:
    """Return every file of a source: read in place from a mirror, or from the raw store, fetched if need be.

    Parameters
    ----------
    mirror
        Folder tree to take files from instead of their publishers.
    refresh
        Ask publishers whether stored files have changed.
    patience
        How often and after what waits a request is tried again.

    Raises
    ------
    MissingSourceError
        If a file is not in the mirror, or its address does not give it.
    SourceError
        If what came is not the file: a web page, another edition than the pinned one, rows missing.
    StorageError
        If the disk is full or cannot be written.
    SettingsError
        If the mirror is not a folder.
    """
    if mirror is not None:
        return _from_mirror(spec, mirror=mirror, progress=progress)
    store = RawStore(settings.raw_dir)
    with storing(settings.raw_dir):
        settings.raw_dir.mkdir(parents=True, exist_ok=True)
    with open_client() as client:
        files = [
            _from_publisher(
                file,
                spec=spec,
                store=store,
                client=client,
                patience=patience or Patience(),
                progress=progress,
                refresh=refresh,
            )
            for file in spec.files
        ]
    return AcquiredFiles(tuple(files))


def _from_mirror(spec: SourceSpec, *, mirror: Path, progress: SourceProgress) -> AcquiredFiles:
    paths = [path for file in spec.files for path in find_in_mirror(file, spec=spec, mirror=mirror)]
    try:
        total = sum(path.stat().st_size for path in paths)
        with ThreadPoolExecutor(2) as threads:
            files = tuple(threads.map(lambda path: _describe(path, spec=spec, mirror=mirror), paths))
    except OSError as fault:
        what = f"A file of the mirror cannot be read: {fault.strerror}"
        todo = "Check who may read it."
        raise SourceError(what, source_id=spec.source_id, file=fault.filename, todo=todo) from fault
    progress.bytes_done(total, total)
    return AcquiredFiles(files)


def _describe(path: Path, *, spec: SourceSpec, mirror: Path) -> AcquiredFile:
    with path.open("rb") as file:
        start = file.read(SNIFFED_BYTES)
    if looks_like_web_page(start):
        what = "The file holds a web page (HTML), not data: it was probably saved from an address that has moved"
        todo = f"Get it again{f' from {spec.page}' if spec.page else ''}, and load again."
        raise SourceError(what, source_id=spec.source_id, file=path, todo=todo)
    modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)
    return AcquiredFile(path, hash_file(path), modified, f"mirror:{path.relative_to(mirror).as_posix()}")


def _from_publisher(
    file: FileSpec,
    *,
    spec: SourceSpec,
    store: RawStore,
    client: httpx.Client,
    patience: Patience,
    progress: SourceProgress,
    refresh: bool,
) -> AcquiredFile:
    names = " or ".join(file.patterns)
    wanted = Wanted(spec.source_id, spec.page, file.url, stored_name(file), known_as=names, sha256=file.sha256)
    if not file.url:
        raise wanted.missing("There is no address that this file can be fetched from")
    fetch = fetch_layer if file.transport == "arcgis" else download
    stored = fetch(wanted, store=store, client=client, patience=patience, progress=progress, refresh=refresh)
    return AcquiredFile(stored.path, stored.sha256, stored.retrieved_at, stored.url)


def stored_name(file: FileSpec) -> str:
    """Return the name a fetched file is kept under.

    The publisher's own name when a pattern fits it, else the first pattern without a `*` of the same ending, else the
    publisher's own name when it has an ending, else the first pattern without a `*`.
    """
    own = re.sub(r"[^\w.,+-]", "_", PurePosixPath(urlsplit(file.url).path).name)
    plain = [pattern for pattern in file.patterns if "*" not in pattern]
    if file.transport == "arcgis":
        return next((pattern for pattern in plain if pattern.endswith((".geojson", ".csv"))), f"{own}.csv")
    if any(fnmatchcase(own.casefold(), pattern.casefold()) for pattern in file.patterns):
        return own
    ending = PurePosixPath(own).suffix
    same_ending = [pattern for pattern in plain if ending and pattern.endswith(ending)]
    return (same_ending or ([own] if ending else plain) or [own])[0]
