"""One layer of an ArcGIS feature service, read page by page and kept as GeoJSON or CSV."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
from filelock import FileLock

from etl.errors import SourceError
from etl.fetch.feature_file import Feature, write_csv, write_geojson
from etl.fetch.layer import Answer, Layer, identify, is_cut
from etl.fetch.store import RawStore, StoredFile, read_json, storing, write_whole
from etl.fetch.web import Patience, Wanted
from etl.progress import SourceProgress

PAGE_ROWS = 2_000


def fetch_layer(
    wanted: Wanted,
    *,
    store: RawStore,
    client: httpx.Client,
    patience: Patience,
    progress: SourceProgress,
    refresh: bool = False,
) -> StoredFile:
    """Return a whole layer from the store, fetching it page by page first if it is not there yet.

    Pages that have come are kept until the layer is whole, so that a load that was stopped goes on after the last.

    Parameters
    ----------
    refresh
        Ask the service whether the layer was edited since, and fetch it again only then.

    Raises
    ------
    MissingSourceError
        If the service does not answer or refuses.
    SourceError
        If the pages together are not as many rows as the service says it has.
    StorageError
        If the disk is full or cannot be written.
    """
    layer = Layer(wanted, client, patience)
    folder = store.part_folder(wanted.url)
    with FileLock(folder / "lock"):
        stored = store.find(wanted.url)
        if stored is None or refresh:
            about = layer.describe()
            edition = str((about.get("editingInfo") or {}).get("dataLastEditDate", ""))
            if stored is None or not edition or stored.etag != edition:
                whole = _fetch_pages(layer, about=about, edition=edition, folder=folder, progress=progress)
                stored = store.keep(whole, url=wanted.url, filename=wanted.filename, etag=edition)
                _clear(folder)
    size = stored.path.stat().st_size
    progress.bytes_done(size, size)
    return stored


def _fetch_pages(layer: Layer, *, about: Answer, edition: str, folder: Path, progress: SourceProgress) -> Path:
    count = layer.count()
    state = {"url": layer.wanted.url, "count": count, "edition": edition}
    if read_json(folder / "layer.json") != state:
        _clear(folder)
        with storing(folder):
            write_whole(folder / "layer.json", json.dumps(state).encode())
    features = _collect(layer, about=about, count=count, folder=folder, progress=progress)
    if len(features) != count:
        _clear(folder)
        what = f"The feature service says that it has {count:,} rows, but its pages hold {len(features):,}"
        todo = "Load again in a while; if it stays so, use a local file with “--mirror FOLDER”."
        raise SourceError(what, source_id=layer.wanted.source_id, file=layer.wanted.filename, todo=todo)
    whole = folder / "whole.part"
    with storing(folder):
        (write_geojson if layer.has_boundaries else write_csv)(whole, list(features.values()))
    return whole


def _collect(
    layer: Layer, *, about: Answer, count: int, folder: Path, progress: SourceProgress
) -> dict[object, Feature]:
    """Return the features of every page by their key, so that one that comes twice is kept once."""
    key = str(about.get("objectIdField") or "OBJECTID")
    rows = min(PAGE_ROWS, int(about.get("maxRecordCount") or PAGE_ROWS))
    features: dict[object, Feature] = {}
    offset, is_last = 0, False
    while not is_last:
        page = _read_page(layer, folder=folder, offset=offset, rows=rows, key=key)
        before, came = len(features), len(page["features"])
        features |= {identify(feature, key): feature for feature in page["features"]}
        offset += came
        progress.rows_done(len(features), count)
        is_nothing_new = len(features) == before
        is_last = is_nothing_new or (not is_cut(page) and (len(features) >= count or came < rows))
    return features


def _read_page(layer: Layer, *, folder: Path, offset: int, rows: int, key: str) -> Answer:
    kept = folder / f"page-{offset:09d}.json"
    page: Answer | None = read_json(kept)
    if page is None:
        page = layer.page(offset=offset, rows=rows, key=key)
        with storing(folder):
            write_whole(kept, json.dumps(page).encode())
    return page


def _clear(folder: Path) -> None:
    for path in folder.glob("*"):
        if path.name != "lock":
            path.unlink()
