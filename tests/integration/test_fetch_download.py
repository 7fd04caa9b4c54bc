"""Plain downloads against a server on this machine."""

from __future__ import annotations

import gzip
import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.errors import MissingSourceError, SourceError, StorageError
from etl.fetch import AcquiredFiles, Patience, acquire
from etl.settings import Settings
from etl.sources.spec import FileSpec, SourceSpec
from tests.integration.publisher import Fault, PublishedFile, Publisher, answer, cut_after, open_publisher

PROJECT = Path(__file__).resolve().parents[2]
CONTENT = b"code,value\n" + b"".join(b"E%08d,%d\n" % (n, n) for n in range(60_000))


class Watched:
    """Progress that remembers."""

    def __init__(self) -> None:
        self.bytes: list[tuple[int, int | None]] = []

    def bytes_done(self, done: int, total: int | None) -> None:
        self.bytes.append((done, total))

    def rows_done(self, done: int, total: int | None) -> None:
        raise AssertionError((done, total))


@pytest.fixture
def site() -> Iterator[Publisher]:
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def spec_of(url: str, *, name: str = "table.csv", sha256: str = "") -> SourceSpec:
    file = FileSpec(patterns=(name,), url=url, sha256=sha256)
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
    spec: SourceSpec, settings: Settings, *, waits: list[float] | None = None, refresh: bool = False
) -> AcquiredFiles:
    patience = Patience(attempts=4, sleep=(waits if waits is not None else []).append)
    return acquire(spec=spec, settings=settings, mirror=None, progress=Watched(), refresh=refresh, patience=patience)


def test_a_download_is_kept_under_its_hash_with_a_manifest(site: Publisher, settings: Settings) -> None:
    url = site.publish("/data/table.csv", PublishedFile(CONTENT))
    progress = Watched()
    acquired = acquire(spec=spec_of(url), settings=settings, mirror=None, progress=progress)
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    (path,) = acquired.paths
    assert path == settings.raw_dir / sha256 / "table.csv"
    assert path.read_bytes() == CONTENT
    assert (acquired.sha256, acquired.url) == (sha256, url)
    manifest = json.loads((path.parent / "manifest.json").read_text())
    assert manifest["size"] == len(CONTENT)
    assert manifest["sha256"] == sha256
    (said,) = manifest["fetches"]
    assert (said["url"], said["etag"]) == (url, '"edition-1"')
    assert said["retrieved_at"] == acquired.retrieved_at.isoformat()
    assert progress.bytes[-1] == (len(CONTENT), len(CONTENT))
    assert [done for done, _ in progress.bytes] == sorted(done for done, _ in progress.bytes)


def test_a_file_that_is_here_is_not_fetched_again(site: Publisher, settings: Settings) -> None:
    spec = spec_of(site.publish("/table.csv", PublishedFile(CONTENT)))
    first = fetch(spec, settings)
    assert fetch(spec, settings) == first
    assert len(site.asked) == 1


def test_a_stored_file_whose_bytes_have_changed_is_fetched_again(site: Publisher, settings: Settings) -> None:
    spec = spec_of(site.publish("/table.csv", PublishedFile(CONTENT)))
    (path,) = fetch(spec, settings).paths
    path.write_bytes(b"damaged")
    assert fetch(spec, settings).paths[0].read_bytes() == CONTENT


def test_the_same_bytes_from_two_addresses_are_kept_once_and_found_from_both(
    site: Publisher, settings: Settings
) -> None:
    specs = [spec_of(site.publish(f"/{name}/table.csv", PublishedFile(CONTENT))) for name in ("old", "new")]
    paths = {fetch(spec, settings).paths for spec in specs}
    assert len(paths) == 1
    for spec in specs:
        fetch(spec, settings)
    assert len(site.asked) == 2


def test_refreshing_keeps_an_unchanged_file_and_fetches_a_changed_one(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    first = fetch(spec_of(url), settings)
    assert fetch(spec_of(url), settings, refresh=True) == first
    site.publish("/table.csv", PublishedFile(b"new", etag='"edition-2"'))
    assert fetch(spec_of(url), settings, refresh=True).paths[0].read_bytes() == b"new"
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == b"new"


def test_a_server_without_etags_is_asked_by_date(site: Publisher, settings: Settings) -> None:
    file = PublishedFile(CONTENT, etag="", last_modified="Sat, 01 Nov 2025 10:00:00 GMT")
    spec = spec_of(site.publish("/table.csv", file))
    site.faults.append(cut_after(100_000))
    first = fetch(spec, settings)
    assert site.asked[-1].headers["If-Range"] == file.last_modified
    assert fetch(spec, settings, refresh=True) == first
    assert site.asked[-1].headers["If-Modified-Since"] == file.last_modified


def test_a_connection_cut_in_the_middle_goes_on_where_it_stopped(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.append(cut_after(300_000))
    waits: list[float] = []
    assert fetch(spec_of(url), settings, waits=waits).paths[0].read_bytes() == CONTENT
    assert site.asked[1].headers["Range"] == "bytes=300000-"
    assert site.asked[1].headers["If-Range"] == '"edition-1"'
    assert waits == [1.0]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(PublishedFile(CONTENT, honours_ranges=False), id="ranges are not honoured"),
        pytest.param(PublishedFile(CONTENT, etag="", last_modified=""), id="nothing proves it is the same file"),
        pytest.param(PublishedFile(CONTENT, etag='W/"weak"'), id="only a weak proof"),
    ],
)
def test_a_download_starts_again_where_it_cannot_go_on(
    site: Publisher, settings: Settings, file: PublishedFile
) -> None:
    url = site.publish("/table.csv", file)
    site.faults.append(cut_after(300_000))
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT


def test_a_file_that_changed_between_two_tries_is_not_glued_together(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))

    def cut_and_change(asked: object) -> None:
        cut_after(300_000)(asked)  # type: ignore[arg-type]
        site.publish("/table.csv", PublishedFile(CONTENT.upper(), etag='"edition-2"'))

    site.faults.append(cut_and_change)
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT.upper()


def test_another_piece_than_was_asked_for_is_thrown_away(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.extend([cut_after(300_000), answer(206, b"zzz", Content_Range="bytes 5-7/9")])
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT


def test_a_rest_that_is_gone_starts_the_download_again(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.extend([cut_after(300_000), answer(416)])
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT


def test_waits_double_and_a_busy_server_says_how_long(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.extend([answer(503), answer(429, Retry_After="7"), answer(500)])
    waits: list[float] = []
    fetch(spec_of(url), settings, waits=waits)
    assert waits == [1.0, 7.0, 4.0]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param(answer(503), "503 Service Unavailable", id="busy"),
        pytest.param(answer(200), "only 0 of 0 bytes came", id="empty"),
        pytest.param(lambda _: None, "Server disconnected", id="no answer"),
    ],
)
def test_giving_up_says_what_happened_and_how_to_go_on(
    site: Publisher, settings: Settings, fault: Fault, said: str
) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.extend([fault] * 4)
    with pytest.raises(MissingSourceError) as refusal:
        fetch(spec_of(url), settings)
    message = str(refusal.value)
    assert "in 4 tries" in message
    for part in (url, said, "table.csv", "--mirror", "https://example.org/made-up"):
        assert part in message


def test_an_address_that_is_gone_is_not_tried_twice(site: Publisher, settings: Settings) -> None:
    with pytest.raises(MissingSourceError, match="no longer gives the file: the server answered 404") as refusal:
        fetch(spec_of(f"{site.address}/moved.csv"), settings)
    assert "--mirror" in str(refusal.value)
    assert len(site.asked) == 1


def test_a_server_that_does_not_exist_is_named(settings: Settings) -> None:
    with pytest.raises(MissingSourceError, match=r"127\.0\.0\.1:9"):
        fetch(spec_of("http://127.0.0.1:9/table.csv"), settings)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/table.csv", "http://127.0.0.1:port/table.csv"])
def test_an_address_of_another_kind_is_refused_at_once(settings: Settings, url: str) -> None:
    waits: list[float] = []
    with pytest.raises(MissingSourceError, match="cannot be fetched"):
        fetch(spec_of(url), settings, waits=waits)
    assert waits == []


def test_a_file_without_an_address_asks_for_a_local_one(settings: Settings) -> None:
    with pytest.raises(MissingSourceError, match="no address") as refusal:
        fetch(spec_of(""), settings)
    assert "--mirror" in str(refusal.value)


@pytest.mark.parametrize(
    "page",
    [
        PublishedFile(b"<!DOCTYPE html><title>We have moved</title>", content_type="application/octet-stream"),
        PublishedFile(b"We have moved", content_type="text/html; charset=utf-8"),
    ],
)
def test_a_web_page_in_place_of_the_file_is_not_kept(site: Publisher, settings: Settings, page: PublishedFile) -> None:
    url = site.publish("/table.csv", page)
    with pytest.raises(MissingSourceError, match="gives a web page, not the file"):
        fetch(spec_of(url), settings)
    site.publish("/table.csv", PublishedFile(CONTENT))
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT


def test_an_edition_other_than_the_pinned_one_is_refused_and_not_kept(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    with pytest.raises(SourceError, match="not the edition that is expected") as refusal:
        fetch(spec_of(url, sha256="0" * 64), settings)
    assert hashlib.sha256(CONTENT).hexdigest() in str(refusal.value)
    assert not list(settings.raw_dir.glob("*/table.csv"))
    assert fetch(spec_of(url, sha256=hashlib.sha256(CONTENT).hexdigest()), settings).paths[0].read_bytes() == CONTENT


def test_a_server_that_compresses_on_its_own_is_read_all_the_same(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.append(answer(200, gzip.compress(CONTENT), Content_Encoding="gzip", ETag='"zipped"'))
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT


def test_a_killed_download_goes_on_in_the_next_load(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    killed = []

    def give_half_and_wait_for_the_end(asked: object) -> None:
        cut_after(300_000)(asked)  # type: ignore[arg-type]
        asked.rfile.read(1)  # type: ignore[attr-defined]
        killed.append(True)

    site.faults.append(give_half_and_wait_for_the_end)
    with subprocess.Popen(
        [sys.executable, "-c", LOAD_AND_SAY, url, str(settings.home)], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as load:
        assert load.stdout is not None
        assert any(int(line) == 300_000 for line in load.stdout)
        load.send_signal(signal.SIGKILL)
    assert load.returncode == -signal.SIGKILL
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT
    assert site.asked[1].headers["Range"] == "bytes=300000-"


LOAD_AND_SAY = """
import sys
from pathlib import Path
from etl.fetch import acquire
from etl.settings import Settings
from tests.integration.test_fetch_download import spec_of

class Said:
    def bytes_done(self, done, total):
        print(done, flush=True)

acquire(spec=spec_of(sys.argv[1]), settings=Settings(home=Path(sys.argv[2])), mirror=None, progress=Said())
"""


def test_a_download_killed_before_it_was_kept_is_not_fetched_again(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.extend([cut_after(300_000)] + [answer(503)] * 3)
    with pytest.raises(MissingSourceError):
        fetch(spec_of(url), settings)
    (part,) = settings.raw_dir.glob(".parts/*/download.part")
    with part.open("ab") as file:
        file.write(CONTENT[300_000:])
    asked_before = len(site.asked)
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT
    assert len(site.asked) == asked_before


def test_a_full_disk_is_said_to_be_full_and_the_download_goes_on_later(site: Publisher, settings: Settings) -> None:
    resource = pytest.importorskip("resource")
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    try:
        with pytest.raises(StorageError, match="is full") as refusal:
            fetch(spec_of(url), settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert str(settings.raw_dir) in str(refusal.value)
    assert fetch(spec_of(url), settings).paths[0].read_bytes() == CONTENT
    assert site.asked[1].headers["Range"].startswith("bytes=")


def test_a_folder_that_cannot_be_written_is_named(site: Publisher, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where a folder belongs")
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    with pytest.raises(StorageError, match="cannot be written"):
        fetch(spec_of(url), Settings(home=tmp_path / "home"))


def test_an_address_that_sends_on_to_another_is_followed(site: Publisher, settings: Settings) -> None:
    url = site.publish("/table.csv", PublishedFile(CONTENT))
    site.faults.append(answer(302, Location=url))
    acquired = fetch(spec_of(f"{site.address}/products/downloads?area=GB&redirect"), settings)
    assert acquired.paths[0].name == "table.csv"
    assert acquired.paths[0].read_bytes() == CONTENT
