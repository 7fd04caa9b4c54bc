"""One plain download: streamed to a part file, taken up again where it stopped, checked, and kept by hash."""

from __future__ import annotations

import re

import httpx
from filelock import FileLock

from etl.errors import SourceError
from etl.fetch.part import Part
from etl.fetch.store import RawStore, StoredFile, hash_file, storing
from etl.fetch.web import PassingFaultError, Patience, Wanted, ask_patiently, check_status, looks_like_web_page
from etl.progress import SourceProgress

PARTIAL, NOT_MODIFIED, RANGE_REFUSED = 206, 304, 416


def download(
    wanted: Wanted,
    *,
    store: RawStore,
    client: httpx.Client,
    patience: Patience,
    progress: SourceProgress,
    refresh: bool = False,
) -> StoredFile:
    """Return the wanted file from the store, fetching it first if it is not there yet.

    Parameters
    ----------
    refresh
        Ask the publisher whether a stored file has changed, and fetch it again only then.

    Raises
    ------
    MissingSourceError
        If the address does not give the file, or gives a web page instead.
    SourceError
        If the bytes are not those of the pinned edition.
    StorageError
        If the disk is full or cannot be written.
    """
    part = Part(store.part_folder(wanted.url))
    with FileLock(part.folder / "lock"):
        stored = store.find(wanted.url)
        if stored is None or refresh:

            def fetch() -> StoredFile | None:
                return _fetch(wanted, part=part, stored=stored, client=client, progress=progress)

            unchanged = None if part.is_whole else ask_patiently(fetch, wanted=wanted, patience=patience)
            stored = unchanged or _keep(wanted, part=part, store=store)
    size = stored.path.stat().st_size
    progress.bytes_done(size, size)
    return stored


def _fetch(
    wanted: Wanted, *, part: Part, stored: StoredFile | None, client: httpx.Client, progress: SourceProgress
) -> StoredFile | None:
    """Fetch what is missing of the part; return the stored file when it has not changed since."""
    with client.stream("GET", wanted.url, headers=_headers(part, stored)) as response:
        if response.status_code == NOT_MODIFIED and stored is not None:
            return stored
        if response.status_code == RANGE_REFUSED:
            part.discard()
            raise PassingFaultError("the server no longer has the rest of the file that was begun")
        check_status(response, wanted=wanted)
        _begin_or_go_on(response, part=part)
        _write(response, part=part, wanted=wanted, progress=progress)
    total = part.facts.get("total")
    if part.size == 0 or (total is not None and part.size != total):
        promised = "of what it holds" if total is None else f"of {total:,} bytes"
        raise PassingFaultError(f"only {part.size:,} {promised} came")
    return None


def _headers(part: Part, stored: StoredFile | None) -> dict[str, str]:
    if part.size and part.validator:
        return {"Range": f"bytes={part.size}-", "If-Range": part.validator}
    if stored is None:
        return {}
    conditions = {"If-None-Match": stored.etag, "If-Modified-Since": stored.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _begin_or_go_on(response: httpx.Response, *, part: Part) -> None:
    if response.status_code == PARTIAL:
        if not re.match(rf"bytes {part.size}-", response.headers.get("Content-Range", "")):
            part.discard()
            raise PassingFaultError("the server gave another piece of the file than was asked for")
        return
    # A body that the server compresses of its own accord cannot be counted or taken up again.
    is_plain = "Content-Encoding" not in response.headers
    length = response.headers.get("Content-Length")
    part.begin(
        {
            "etag": response.headers.get("ETag", "") if is_plain else "",
            "last_modified": response.headers.get("Last-Modified", "") if is_plain else "",
            "total": int(length) if length and is_plain else None,
        }
    )


def _write(response: httpx.Response, *, part: Part, wanted: Wanted, progress: SourceProgress) -> None:
    done, total = part.size, part.facts.get("total")
    # Unbuffered, so that a killed load leaves every byte that came.
    with storing(part.folder), part.path.open("ab", buffering=0) as file:
        for chunk in response.iter_bytes():
            if done == 0 and ("html" in response.headers.get("Content-Type", "") or looks_like_web_page(chunk)):
                raise wanted.missing(f"The address {wanted.url} gives a web page, not the file: it has probably moved")
            file.write(chunk)
            done += len(chunk)
            progress.bytes_done(done, total)


def _keep(wanted: Wanted, *, part: Part, store: RawStore) -> StoredFile:
    if wanted.sha256 and (found := hash_file(part.path)) != wanted.sha256:
        part.discard()
        raise SourceError(
            f"The file at {wanted.url} is not the edition that is expected: its sha256 is {found}, not {wanted.sha256}",
            source_id=wanted.source_id,
            file=wanted.filename,
            todo=f"Load again. If it stays so, look on {wanted.page} for what was changed; to use the file as it is, "
            f"save it as {wanted.known_as} in a folder and load with “--mirror FOLDER”.",
        )
    etag, last_modified = part.facts["etag"], part.facts["last_modified"]
    stored = store.keep(part.path, url=wanted.url, filename=wanted.filename, etag=etag, last_modified=last_modified)
    part.discard()
    return stored
