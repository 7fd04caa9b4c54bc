"""Every source fetched from its publisher's own kind of address, page by page where it is a feature service.

A site on this machine stands in for the publishers: it gives the files of the demo.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from duckdb_extensions import import_extension

from etl.build.gather import gather_sources, part_sources
from etl.build.places import settle_places
from etl.build.request import LoadRequest, Provenance
from etl.fetch import acquire
from etl.fetch.mirror import find_in_mirror
from etl.geometry import to_lonlat
from etl.progress import SilentProgress, SilentSource
from etl.publish import current_snapshot
from etl.registry import sources
from etl.settings import Settings, read_settings
from etl.sources.spec import FileSpec, Source
from etl.tables.staging import STAGING
from tests.integration.publisher import FeatureService, PublishedFile, Publisher, answer, open_publisher

PAGE_ROWS = 400


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return read_settings({}, home=tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def site() -> Iterator[Publisher]:
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture(scope="module")
def published(site: Publisher, demo_settings: Settings) -> list[Source]:
    """Return every source that has addresses, moved to the site; the path and the query are the publisher's."""
    moved = []
    for source in sources(vintage=2024):
        files = tuple(_publish(site, source, file, demo=demo_settings.demo_dir) for file in source.spec.files)
        if all(file.url for file in files):
            moved.append(replace(source, spec=replace(source.spec, files=files)))
    return moved


def _publish(site: Publisher, source: Source, file: FileSpec, *, demo: Path) -> FileSpec:
    if not file.url:
        return file
    paths = find_in_mirror(file, spec=source.spec, mirror=demo)
    address = urlsplit(file.url)
    path = f"/{source.spec.source_id}{address.path}"
    if file.transport == "arcgis":
        site.publish(path.removesuffix("/query"), _layer(paths[0]))
    else:
        site.publish(path, PublishedFile(_zip(paths) if file.is_many else paths[0].read_bytes()))
    query = f"?{address.query}" if address.query else ""
    return replace(file, url=f"{site.address}{path}{query}", sha256="")


def _layer(path: Path) -> FeatureService:
    """Return a table or boundaries as a feature service has them."""
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        names = [name for name in table.column_names if name != "geometry"]
        rows: list[dict[str, Any]] = table.select(names).to_pylist()
        shapes = shapely.to_geojson(shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False)))
        geometries = [json.loads(shape) for shape in shapes]
    else:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        geometries = _points([(float(row.pop("x")), float(row.pop("y"))) for row in rows]) if "x" in rows[0] else None
    code = next(name for name in rows[0] if name != "FID")
    numbered = [{"FID": number} | row for number, row in enumerate(rows)]
    return FeatureService(numbered, geometries, page_rows=PAGE_ROWS, code=code)


def _points(metres: list[tuple[float, float]]) -> list[dict[str, Any]]:
    """Return points as a feature service gives them when it is asked for degrees."""
    return [{"type": "Point", "coordinates": place} for place in to_lonlat(np.array(metres)).tolist()]


def _zip(paths: list[Path]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return packed.getvalue()


@pytest.fixture(scope="module")
def staged(
    published: list[Source], site: Publisher, settings: Settings, demo_settings: Settings
) -> Iterator[tuple[duckdb.DuckDBPyConnection, list[Provenance]]]:
    """Give what was read of every source, though the first page of the first one fails once, beside the demo."""
    first, others = part_sources(published)
    request, progress = LoadRequest(is_demo=True), SilentProgress()
    with duckdb.connect() as con:
        import_extension("spatial", con=con)
        con.execute("LOAD spatial")
        for table in STAGING:
            con.execute(table.ddl())
        con.execute("CREATE TABLE area_member (area_code VARCHAR, lsoa21_code VARCHAR)")
        con.execute(f"ATTACH '{current_snapshot(demo_settings)}' AS demo (READ_ONLY)")
        site.faults.extend([None, None, answer(503, Retry_After="0")])
        told = gather_sources(con, sources=first, settings=settings, request=request, progress=progress)
        settle_places(con)
        told += gather_sources(con, sources=others, settings=settings, request=request, progress=progress)
        yield con, told


def test_every_source_comes_whole_from_its_publisher(
    staged: tuple[duckdb.DuckDBPyConnection, list[Provenance]], published: list[Source]
) -> None:
    con, told = staged
    assert {each.spec.source_id for each in told} == {source.spec.source_id for source in published}
    assert {source.spec.source_id for source in sources(vintage=2024)} - {each.spec.source_id for each in told} == {
        "deri_v1_6",
        "demo_assets",
    }, "the two that have no address"
    read = {each.spec.source_id: each.rows for each in told}
    assert dict(con.execute("SELECT source_id, rows FROM demo.source").fetchall()).items() >= read.items()


@pytest.mark.parametrize(
    "query",
    [
        """
        SELECT lsoa21_code, ward_code, lad_code, sicbl_code, icb_code, local_name, ruc21_code, population
        FROM {place} ORDER BY ALL
        """,
        """
        SELECT lsoa21_code, indicator_id, value FROM {value}
        WHERE indicator_id IN ('imd_2025', 'broadband_2025', 'share_disabled_2021', 'ofcom_no_30mbit') ORDER BY ALL
        """,
        "SELECT postcode, easting, northing FROM {postcode} ORDER BY ALL",
    ],
    ids=["places", "figures", "postcodes"],
)
def test_what_is_fetched_says_what_the_same_files_in_a_folder_say(
    query: str, staged: tuple[duckdb.DuckDBPyConnection, list[Provenance]]
) -> None:
    con, _ = staged
    fetched = query.format(place="place", value="staged_value", postcode="staged_postcode")
    from_a_folder = query.format(place="demo.neighbourhood", value="demo.indicator_value", postcode="demo.postcode")
    rows = con.execute(fetched).fetchall()
    assert len(rows) >= 900
    assert rows == con.execute(from_a_folder).fetchall()


def test_centroids_come_whole_though_a_page_of_them_fails_once(
    published: list[Source], site: Publisher, demo_settings: Settings, tmp_path: Path
) -> None:
    (source,) = (source for source in published if source.spec.source_id == "lsoa_centroids")
    site.asked.clear()
    site.faults.extend([None, None, None, answer(503, Retry_After="0")])
    kept = read_settings({}, home=tmp_path)
    acquired = acquire(spec=source.spec, settings=kept, mirror=None, progress=SilentSource())
    assert acquired.paths[0].name == "LSOA_PopCentroids_EW_2021_V4.geojson"
    assert len(site.asked) == len(("about", "count", "first", "second, which fails", "second", "third"))
    with duckdb.connect() as con:
        assert source.read(con, replace(source.spec, expected_rows=0), acquired.paths, SilentSource()) == 900
        con.execute(f"ATTACH '{current_snapshot(demo_settings)}' AS demo (READ_ONLY)")
        apart = "max(abs(came.easting - used.easting) + abs(came.northing - used.northing))"
        used = "demo.neighbourhood AS used USING (lsoa21_code)"
        told = con.execute(f"SELECT count(*), {apart} < 0.01 FROM read_lsoa_centroids AS came JOIN {used}").fetchall()
        assert told == [(900, True)], "degrees from the service are the metres of the CSV"


def test_nothing_is_fetched_twice(
    staged: tuple[duckdb.DuckDBPyConnection, list[Provenance]],
    published: list[Source],
    site: Publisher,
    settings: Settings,
) -> None:
    known = {each.spec.source_id: each.sha256 for each in staged[1]}
    site.asked.clear()
    for source in published:
        again = acquire(spec=source.spec, settings=settings, mirror=None, progress=SilentSource())
        assert again.sha256 == known[source.spec.source_id]
    assert site.asked == []
