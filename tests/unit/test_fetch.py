"""Mirrors, names, waits and disks: fetching without a server."""

from __future__ import annotations

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx
import pytest

from etl.errors import MissingSourceError, SettingsError, SourceError, StorageError
from etl.fetch import AcquiredFile, AcquiredFiles, Patience, acquire
from etl.fetch.acquire import stored_name
from etl.fetch.store import RawStore, storing
from etl.fetch.web import Wanted, ask_patiently, check_status, looks_like_web_page
from etl.settings import Settings
from etl.sources.spec import FileSpec, SourceSpec


class Watched:
    """Progress that remembers bytes."""

    def __init__(self) -> None:
        self.bytes: list[tuple[int, int | None]] = []

    def bytes_done(self, done: int, total: int | None) -> None:
        self.bytes.append((done, total))

    def rows_done(self, done: int, total: int | None) -> None:
        raise AssertionError((done, total))


def spec_of(*files: FileSpec) -> SourceSpec:
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
        files=files,
        expected_rows=0,
    )


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    for name, content in (
        ("a/deep/table.csv", b"deep"),
        ("z/table.csv", b"near"),
        ("z/TABLE_2.CSV", b"second"),
        ("regions/Regional_B.csv", b"b"),
        ("regions/Regional_A.csv", b"a"),
        ("regions/Same_B.csv", b"same"),
        ("regions/Same_A.csv", b"same"),
        ("regions/.Same_0.csv", b"hidden"),
        ("page.csv", b"\xef\xbb\xbf \n<!DOCTYPE html><html></html>"),
    ):
        path = tmp_path / "mirror" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "mirror" / "folder.csv").mkdir()
    return tmp_path / "mirror"


def take(mirror: Path, *files: FileSpec, progress: Watched | None = None) -> AcquiredFiles:
    settings = Settings(home=mirror.parent / "home")
    return acquire(spec=spec_of(*files), settings=settings, mirror=mirror, progress=progress or Watched())


@pytest.mark.parametrize(
    ("patterns", "found"),
    [
        pytest.param(("table.csv",), "z/table.csv", id="the one nearest the top"),
        pytest.param(("nowhere.csv", "table_2.csv", "table.csv"), "z/TABLE_2.CSV", id="the first pattern, in any case"),
        pytest.param(("Same_*.csv",), "regions/Same_A.csv", id="the first of two that are the same"),
    ],
)
def test_a_mirror_gives_one_file_and_always_the_same(mirror: Path, patterns: tuple[str, ...], found: str) -> None:
    acquired = take(mirror, FileSpec(patterns=patterns))
    assert acquired.paths == (mirror / found,)
    assert acquired.url == f"mirror:{found}"
    assert acquired.sha256 == hashlib.sha256((mirror / found).read_bytes()).hexdigest()


def test_which_of_two_editions_is_meant_is_not_guessed(mirror: Path) -> None:
    with pytest.raises(SourceError, match=r"regions/Regional_A\.csv and regions/Regional_B\.csv") as refusal:
        take(mirror, FileSpec(patterns=("Regional_*.csv",)))
    assert "Keep the edition that you want" in refusal.value.todo


def test_files_of_a_mirror_are_as_old_as_they_say(mirror: Path) -> None:
    os.utime(mirror / "z/table.csv", (1_750_000_000, 1_750_000_000))
    assert take(mirror, FileSpec(patterns=("table.csv",))).retrieved_at == datetime.fromtimestamp(1_750_000_000, UTC)


def test_a_source_of_many_files_takes_all_of_them_in_order(mirror: Path) -> None:
    progress = Watched()
    many = FileSpec(patterns=("Regional_*.csv",), is_many=True)
    acquired = take(mirror, many, FileSpec(patterns=("table.csv",)), progress=progress)
    assert [path.name for path in acquired.paths] == ["Regional_A.csv", "Regional_B.csv", "table.csv"]
    assert progress.bytes == [(6, 6)]


def test_the_hash_of_several_files_changes_with_each_of_them(mirror: Path) -> None:
    many = FileSpec(patterns=("Regional_*.csv",), is_many=True)
    before = take(mirror, many).sha256
    assert take(mirror, many).sha256 == before
    (mirror / "regions/Regional_B.csv").write_bytes(b"changed")
    assert take(mirror, many).sha256 != before


def test_a_mirror_takes_nothing_home(mirror: Path) -> None:
    take(mirror, FileSpec(patterns=("table.csv",), url="https://example.org/table.csv"))
    assert not (mirror.parent / "home").exists()


def test_what_is_missing_from_a_mirror_is_named_with_where_it_was_looked_for(mirror: Path) -> None:
    with pytest.raises(MissingSourceError) as refusal:
        take(mirror, FileSpec(patterns=("first.csv", "second_*.csv")))
    for part in ("made_up", "first.csv", "second_*.csv", str(mirror), "https://example.org/made-up"):
        assert part in str(refusal.value)
    assert refusal.value.lacking == "its file (first.csv, say) was not among those that were loaded"


def test_a_mirror_that_is_no_folder_is_refused(mirror: Path) -> None:
    with pytest.raises(SettingsError, match="There is no folder"):
        take(mirror / "nowhere", FileSpec(patterns=("table.csv",)))


def test_a_web_page_saved_under_the_name_of_a_table_is_refused(mirror: Path) -> None:
    with pytest.raises(SourceError, match=r"web page \(HTML\), not data.*page\.csv"):
        take(mirror, FileSpec(patterns=("page.csv",)))


def test_a_file_of_a_mirror_that_cannot_be_read_is_named(mirror: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"Permission denied.*table\.csv"):
        take(mirror, FileSpec(patterns=("table.csv",)))


def test_many_files_came_from_many_addresses_when_the_newest_came() -> None:
    early, late = datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
    files = AcquiredFiles(
        (AcquiredFile(Path("a"), "1", late, "https://a"), AcquiredFile(Path("b"), "2", early, "https://b"))
    )
    assert files.retrieved_at == late
    assert files.url == "https://a https://b"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (FileSpec(patterns=("File_8*.csv", "File_8.xlsx"), url="https://x.org/a/File_8.xlsx"), "File_8.xlsx"),
        (FileSpec(patterns=("File_7*.csv",), url="https://x.org/a/File_7_All%20Ranks.csv"), "File_7_All_20Ranks.csv"),
        (FileSpec(patterns=("f.csv", "f.xlsx"), url="https://x.org/a/other.xlsx"), "f.xlsx"),
        (FileSpec(patterns=("codepo_gb.zip",), url="https://x.org/downloads?redirect"), "codepo_gb.zip"),
        (FileSpec(patterns=("Regional_*.csv",), url="https://x.org/appointments.zip"), "appointments.zip"),
        (FileSpec(patterns=("t.csv",), url="https://x.org/a/t_2.xlsx"), "t_2.xlsx"),
        (FileSpec(patterns=("Regional_*.csv",), url="https://x.org/downloads"), "downloads"),
        (FileSpec(patterns=("a.parquet", "b.geojson"), url="https://x.org/0", transport="arcgis"), "b.geojson"),
        (FileSpec(patterns=("a*.csv", "b.csv"), url="https://x.org/0/query", transport="arcgis"), "b.csv"),
        (FileSpec(patterns=("a*.csv",), url="https://x.org/Places/FeatureServer/0", transport="arcgis"), "0.csv"),
    ],
)
def test_a_fetched_file_is_kept_under_a_name_that_a_mirror_knows_too(file: FileSpec, name: str) -> None:
    assert stored_name(file) == name


@pytest.mark.parametrize(
    ("start", "is_page"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\r\n  <HTML lang=en>", True),
        (b"code,value\n", False),
        (b"PK\x03\x04", False),
        (b'<?xml version="1.0"?><feed>', False),
        (b"", False),
    ],
)
def test_a_web_page_is_told_by_its_first_bytes(start: bytes, is_page: bool) -> None:  # noqa: FBT001
    assert looks_like_web_page(start) is is_page


WANTED = Wanted("made_up", "https://example.org", "https://example.org/t.csv", "t.csv", known_as="t.csv")


def waits_for(*headers: dict[str, str], longest_wait_s: float = 60.0) -> list[float]:
    answers = iter([*(httpx.Response(503, headers=header) for header in headers), httpx.Response(200)])
    waits: list[float] = []
    patience = Patience(attempts=9, longest_wait_s=longest_wait_s, sleep=waits.append)
    ask_patiently(lambda: check_status(next(answers), wanted=WANTED), wanted=WANTED, patience=patience)
    return waits


def test_waits_double_up_to_the_longest() -> None:
    assert waits_for({}, {}, {}, {}, longest_wait_s=5.0) == [1.0, 2.0, 4.0, 5.0]


def test_a_server_says_how_long_to_wait_in_seconds_or_by_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    seconds, date, gone, nonsense = waits_for(*({"Retry-After": text} for text in ("7", soon, past, "soon")))
    assert seconds == 7.0
    assert 20.0 < date <= 30.0
    assert gone == 0.0
    assert nonsense == 8.0


def test_a_disk_that_is_full_is_said_to_be_full(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(StorageError, match="is full") as refusal, storing(tmp_path), full.open("wb", buffering=0) as f:
        f.write(b"more")
    assert str(tmp_path) in str(refusal.value)


@pytest.mark.parametrize(
    "damaged",
    [
        '{"sha256": "',
        "null",
        "[]",
        '{"fetches": [{}]}',
        '{"fetches": [{"url": "https://x.org/t.csv"}]}',
        '{"fetches": 7}',
    ],
)
def test_a_damaged_manifest_means_that_the_file_is_fetched_again(damaged: str, tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    part = tmp_path / "part"
    part.write_bytes(b"content")
    stored = store.keep(part, url="https://x.org/t.csv", filename="t.csv")
    assert store.find("https://x.org/t.csv") == stored
    assert store.find("https://x.org/other.csv") is None
    stored.path.with_name("manifest.json").write_text(damaged)
    assert store.find("https://x.org/t.csv") is None
    part.write_bytes(b"content")
    assert store.keep(part, url="https://x.org/t.csv", filename="t.csv").path == stored.path
