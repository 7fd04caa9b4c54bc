"""The raw store: every published file kept once under its sha256, with a manifest of where it came from and when."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.errors import StorageError

MANIFEST = "manifest.json"
PARTS = ".parts"
# What a manifest says of each fetch.
FETCH = {"url", "filename", "retrieved_at", "etag", "last_modified"}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True)
class StoredFile:
    """A file in the store, and what its publisher said of it when it was fetched."""

    path: Path
    sha256: str
    url: str
    retrieved_at: datetime
    etag: str = ""
    last_modified: str = ""


class RawStore:
    """Files of publishers, as `<folder>/<sha256>/<filename>` beside a `manifest.json`.

    Half-fetched files wait under `.parts/` until they are whole; nothing there is ever read as a source.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, url: str) -> StoredFile | None:
        """Return the newest file fetched from an address, or None; one whose bytes have changed does not count."""
        found = [stored for path in sorted(self.folder.glob(f"*/{MANIFEST}")) for stored in _read_manifest(path, url)]
        for stored in sorted(found, key=lambda stored: stored.retrieved_at, reverse=True):
            if stored.path.is_file() and hash_file(stored.path) == stored.sha256:
                return stored
        return None

    def part_folder(self, url: str) -> Path:
        """Return the folder, made if need be, where an unfinished fetch of an address is kept."""
        folder = self.folder / PARTS / hashlib.sha256(url.encode()).hexdigest()[:16]
        with storing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def keep(self, part: Path, *, url: str, filename: str, etag: str = "", last_modified: str = "") -> StoredFile:
        """Move a whole file into the store and write its manifest.

        Raises
        ------
        StorageError
            If the disk is full or the folder cannot be written.
        """
        sha256 = hash_file(part)
        path = self.folder / sha256 / filename
        stored = StoredFile(path, sha256, url, datetime.now(UTC).replace(microsecond=0), etag, last_modified)
        with storing(self.folder):
            path.parent.mkdir(exist_ok=True)
            size = part.stat().st_size
            part.replace(path)
            _write_manifest(stored, size=size)
        return stored


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Turn what a disk refuses into a StorageError that names the folder."""
    try:
        yield
    except OSError as fault:
        if fault.errno in FULL:
            what, todo = f"The disk that holds {folder} is full.", "Free some space, or choose another with --home."
        else:
            what, todo = (
                f"{folder} cannot be written: {fault.strerror}.",
                "Make it writable, or choose another with --home.",
            )
        raise StorageError(what, todo=f"{todo} What was fetched so far is kept; load again to go on.") from fault


def hash_file(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that a reader finds all of it or none of it."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


def read_json(path: Path) -> Any:  # noqa: ANN401
    """Return what a JSON file says, or None when it is not there or was damaged."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _read_manifest(path: Path, url: str) -> Iterator[StoredFile]:
    for fetch in _read_fetches(path):
        if fetch["url"] == url:
            yield StoredFile(
                path=path.parent / fetch["filename"],
                sha256=path.parent.name,
                url=url,
                retrieved_at=datetime.fromisoformat(fetch["retrieved_at"]),
                etag=fetch["etag"],
                last_modified=fetch["last_modified"],
            )


def _read_fetches(path: Path) -> list[dict[str, str]]:
    """Return the fetches that a manifest lists, without those that are damaged."""
    manifest = read_json(path)
    listed = manifest.get("fetches") if isinstance(manifest, dict) else None
    fetches = listed if isinstance(listed, list) else []
    return [fetch for fetch in fetches if isinstance(fetch, dict) and fetch.keys() >= FETCH]


def _write_manifest(stored: StoredFile, *, size: int) -> None:
    """Add this fetch to the manifest of its bytes; two addresses may give the same bytes."""
    path = stored.path.with_name(MANIFEST)
    fetch = {
        "url": stored.url,
        "filename": stored.path.name,
        "retrieved_at": stored.retrieved_at.isoformat(),
        "etag": stored.etag,
        "last_modified": stored.last_modified,
    }
    fetches = [*(other for other in _read_fetches(path) if other["url"] != stored.url), fetch]
    manifest = {"sha256": stored.sha256, "size": size, "fetches": fetches}
    write_whole(path, json.dumps(manifest, indent=2).encode())
