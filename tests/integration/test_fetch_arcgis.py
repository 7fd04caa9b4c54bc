"""Feature services read page by page from a server on this machine that behaves like ArcGIS."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from etl.errors import MissingSourceError, SourceError, StorageError
from etl.fetch import AcquiredFiles, Patience, acquire
from etl.settings import Settings
from etl.sources.spec import FileSpec, SourceSpec
from tests.integration.publisher import Asked, Fault, FeatureService, Publisher, answer, open_publisher

ROWS: list[dict[str, Any]] = [
    {"FID": n, "CODE": f"{'W' if n % 4 == 3 else 'E'}{n:08d}", "NAME": f"Ŷ place, {n}", "NOTE": None} for n in range(8)
]
SQUARES = [
    {"type": "Polygon", "coordinates": [[[n, 50], [n + 0.5, 50], [n + 0.5, 51], [n, 50]]]} for n in range(len(ROWS))
]
LAYER = "/arcgis/rest/services/Places/FeatureServer/0"


class Watched:
    """Progress that remembers rows."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int | None]] = []

    def bytes_done(self, done: int, total: int | None) -> None:
        assert done == total

    def rows_done(self, done: int, total: int | None) -> None:
        self.rows.append((done, total))


@pytest.fixture
def site() -> Iterator[Publisher]:
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def spec_of(url: str, *patterns: str) -> SourceSpec:
    file = FileSpec(patterns=patterns or ("places.csv",), url=url, transport="arcgis")
    return SourceSpec(
        source_id="made_up",
        title="Made up",
        publisher="Nobody",
        page="https://example.org/made-up",
        licence="",
        attribution="",
        edition="",
        geography="",
        cadence="",
        files=(file,),
        expected_rows=0,
    )


def fetch(
    spec: SourceSpec,
    settings: Settings,
    *,
    waits: list[float] | None = None,
    refresh: bool = False,
    progress: Watched | None = None,
) -> AcquiredFiles:
    return acquire(
        spec=spec,
        settings=settings,
        mirror=None,
        progress=progress or Watched(),
        refresh=refresh,
        patience=Patience(attempts=3, sleep=(waits if waits is not None else []).append),
    )


def read_rows(acquired: AcquiredFiles) -> list[dict[str, str]]:
    with acquired.paths[0].open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def offsets(site: Publisher) -> list[str]:
    asked = [parse_qs(urlsplit(request.path).query) for request in site.asked]
    return [query["resultOffset"][0] for query in asked if "resultOffset" in query]


def test_a_table_comes_whole_as_csv_under_its_own_headings(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    progress = Watched()
    acquired = fetch(spec_of(url), settings, progress=progress)
    assert acquired.paths[0].name == "places.csv"
    assert read_rows(acquired) == [
        {"FID": str(row["FID"]), "CODE": row["CODE"], "NAME": row["NAME"], "NOTE": ""} for row in ROWS
    ]
    assert offsets(site) == ["0", "3", "6"]
    assert progress.rows == [(3, 8), (6, 8), (8, 8)]


def test_boundaries_come_whole_as_geojson(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS, SQUARES))
    acquired = fetch(spec_of(f"{url}/query", "places.parquet", "places*.geojson", "places.geojson"), settings)
    assert acquired.paths[0].name == "places.geojson"
    collection = json.loads(acquired.paths[0].read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    assert [feature["properties"]["CODE"] for feature in collection["features"]] == [row["CODE"] for row in ROWS]
    assert [feature["geometry"] for feature in collection["features"]] == SQUARES


def test_rows_and_fields_may_be_chosen_in_the_address(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    acquired = fetch(spec_of(f"{url}/query?where=CODE+LIKE+'E%25'&outFields=CODE,NAME"), settings)
    assert [row["CODE"] for row in read_rows(acquired)] == [r["CODE"] for r in ROWS if r["CODE"].startswith("E")]
    assert "NOTE" not in read_rows(acquired)[0]
    query = parse_qs(urlsplit(site.asked[-1].path).query)
    assert query["orderByFields"] == ["FID"]
    assert query["where"] == ["CODE LIKE 'E%'"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(answer(500), id="a server error"),
        pytest.param(answer(200, b'{"error": {"code": 503, "message": "busy"}}'), id="an error under status 200"),
        pytest.param(answer(200, b"<html>Just a moment</html>"), id="a web page"),
        pytest.param(answer(200, b'{"features": [{"attri'), id="half an answer"),
        pytest.param(answer(200, b'{"objectIdFieldName": "FID"}'), id="an answer without rows"),
        pytest.param(lambda _: None, id="no answer"),
    ],
)
def test_a_page_that_fails_once_is_asked_for_again(site: Publisher, settings: Settings, fault: Fault) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    site.faults.extend([None, None, None, fault])
    waits: list[float] = []
    assert len(read_rows(fetch(spec_of(url), settings, waits=waits))) == len(ROWS)
    assert offsets(site) == ["0", "3", "3", "6"]
    assert waits == [1.0]


def test_a_load_that_was_stopped_goes_on_after_the_last_page(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    site.faults.extend([None, None, None, None, answer(500), answer(500), answer(500)])
    with pytest.raises(MissingSourceError, match="in 3 tries"):
        fetch(spec_of(url), settings)
    site.asked.clear()
    assert len(read_rows(fetch(spec_of(url), settings))) == len(ROWS)
    assert offsets(site) == ["6"]


def test_pages_of_an_older_edition_are_not_mixed_with_a_newer_one(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    site.faults.extend([None, None, None, None, answer(500), answer(500), answer(500)])
    with pytest.raises(MissingSourceError):
        fetch(spec_of(url), settings)
    renamed = [row | {"NAME": "renamed"} for row in ROWS]
    site.publish(LAYER, FeatureService(renamed, edition=1_800_000_000_000))
    assert {row["NAME"] for row in read_rows(fetch(spec_of(url), settings))} == {"renamed"}


def test_a_service_that_always_gives_web_pages_has_moved(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    site.faults.extend([answer(200, b"<!doctype html><title>Sign in</title>")] * 3)
    with pytest.raises(MissingSourceError, match="a web page") as refusal:
        fetch(spec_of(url), settings)
    assert "--mirror" in str(refusal.value)


@pytest.mark.parametrize(
    "said",
    [
        b'{"error": {"code": 400, "message": "Invalid URL", "details": ["Invalid URL", "layer 7"]}}',
        b'["Invalid URL"]',
    ],
)
def test_a_refusal_under_status_200_is_passed_on(site: Publisher, settings: Settings, said: bytes) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    site.faults.append(answer(200, said))
    with pytest.raises(MissingSourceError, match="refused") as refusal:
        fetch(spec_of(url), settings)
    assert LAYER in str(refusal.value)
    assert len(site.asked) == 1


def test_a_layer_that_is_gone_says_so(site: Publisher, settings: Settings) -> None:
    with pytest.raises(MissingSourceError, match="answered 404"):
        fetch(spec_of(f"{site.address}{LAYER}"), settings)


@pytest.mark.parametrize(
    ("service", "held"),
    [
        pytest.param(FeatureService(ROWS, says_count=9), 8, id="it says more rows than it gives"),
        pytest.param(FeatureService(ROWS, says_count=5), 8, id="it gives more rows than it says"),
        pytest.param(FeatureService(ROWS, overlap=-1), 7, id="a page leaves a row out"),
        pytest.param(FeatureService(ROWS, overlap=3), 3, id="every page is the first"),
    ],
)
def test_pages_that_do_not_add_up_are_refused(
    site: Publisher, settings: Settings, service: FeatureService, held: int
) -> None:
    url = site.publish(LAYER, service)
    with pytest.raises(SourceError, match=f"but its pages hold {held}") as refusal:
        fetch(spec_of(url), settings)
    assert "--mirror" in str(refusal.value)
    site.publish(LAYER, FeatureService(ROWS))
    assert len(read_rows(fetch(spec_of(url), settings))) == len(ROWS)


def test_rows_that_come_twice_on_pages_that_overlap_are_kept_once(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS[:5], overlap=1))
    assert [row["FID"] for row in read_rows(fetch(spec_of(url), settings))] == ["0", "1", "2", "3", "4"]


def test_an_empty_layer_is_an_empty_table(site: Publisher, settings: Settings) -> None:
    service = FeatureService(ROWS)
    url = site.publish(LAYER, service)
    acquired = fetch(spec_of(f"{url}/query?where=CODE+LIKE+'E%25'"), settings)
    assert len(read_rows(acquired)) == 6
    service.rows = [row | {"CODE": "W00000001"} for row in ROWS]
    service.edition = 2
    acquired = fetch(spec_of(f"{url}/query?where=CODE+LIKE+'E%25'"), settings, refresh=True)
    assert acquired.paths[0].read_bytes() == b"\r\n"


@pytest.mark.parametrize(("edition", "asked"), [(1_700_000_000_000, []), (1_700_000_000_001, ["0", "3", "6"])])
def test_refreshing_fetches_a_layer_again_only_when_it_was_edited(
    site: Publisher, settings: Settings, edition: int, asked: list[str]
) -> None:
    url = site.publish(LAYER, FeatureService(ROWS))
    first = fetch(spec_of(url), settings)
    assert fetch(spec_of(url), settings) == first
    site.asked.clear()
    site.publish(LAYER, FeatureService(ROWS, edition=edition))
    assert fetch(spec_of(url), settings, refresh=True).sha256 == first.sha256
    assert offsets(site) == asked


def test_a_layer_that_does_not_say_when_it_was_edited_is_fetched_again(site: Publisher, settings: Settings) -> None:
    url = site.publish(LAYER, FeatureService(ROWS, edition=None))
    fetch(spec_of(url), settings)
    site.asked.clear()
    fetch(spec_of(url), settings, refresh=True)
    assert offsets(site) == ["0", "3", "6"]


def test_a_full_disk_is_said_to_be_full_while_pages_come(site: Publisher, settings: Settings) -> None:
    resource = pytest.importorskip("resource")
    url = site.publish(LAYER, FeatureService(ROWS))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk(asked: Asked) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
        asked.give(500, b"", {})

    site.faults.extend([None, None, fill_the_disk])
    try:
        with pytest.raises(StorageError, match="is full"):
            fetch(spec_of(url), settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(read_rows(fetch(spec_of(url), settings))) == len(ROWS)
