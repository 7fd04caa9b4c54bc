"""Every file of the demo, broken in every way that files break: one clear message each, and nothing is published."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb_extensions import import_extension

import etl.build.loading
from dashboard import cli
from etl.build.gather import gather_sources
from etl.build.request import LoadRequest, Provenance
from etl.errors import MissingSourceError, SourceError
from etl.progress import SilentProgress
from etl.publish import current_snapshot
from etl.registry import sources
from etl.settings import Settings, read_settings
from etl.sources.reading.layout import normalise
from etl.tables.staging import STAGING
from tests import faults
from tests.faults import PUBLISHED, Published

Fault = Callable[[Published, Path], None]
SOURCES = {source.spec.source_id: source for source in sources(vintage=2024)}
TEXTS = [file for file in PUBLISHED if file.is_text]
WITH_HEADINGS = [file for file in PUBLISHED if file.renamed]
WITH_NUMBERS = [file for file in PUBLISHED if file.number >= 0]


@pytest.fixture(scope="module")
def demo(demo_settings: Settings) -> Path:
    return demo_settings.demo_dir


@pytest.fixture
def mirror(demo: Path, tmp_path: Path) -> Callable[[Published], Path]:
    """Return what copies the files of one source into a folder of its own, to be broken there."""

    def copy(file: Published) -> Path:
        folder = tmp_path / "mirror"
        folder.mkdir()
        for other in PUBLISHED:
            if other.source_id == file.source_id:
                shutil.copy(other.find(demo), folder)
        return folder

    return copy


def gather(source_id: str, mirror: Path, *, known_from: Path | None = None) -> list[Provenance]:
    """Read one source, where the neighbourhoods are known already from a snapshot when one is given."""
    with duckdb.connect() as con:
        if source_id.endswith("boundaries"):
            import_extension("spatial", con=con)
            con.execute("LOAD spatial")
        for table in STAGING:
            con.execute(table.ddl())
        if known_from:
            con.execute(f"ATTACH '{known_from}' AS known (READ_ONLY)")
            con.execute("INSERT INTO staged_boundary SELECT lsoa21_code, lsoa21_name, '' FROM known.neighbourhood")
            con.execute("INSERT INTO staged_pair SELECT lsoa11_code, lsoa21_code, change FROM known.lsoa_pair")
        settings = read_settings({}, home=mirror.parent / "home")
        request = LoadRequest(mirror=mirror, is_demo=True)
        return gather_sources(
            con, sources=[SOURCES[source_id]], settings=settings, request=request, progress=SilentProgress()
        )


def refuse(file: Published, fault: Fault, mirror: Path) -> SourceError:
    fault(file, mirror)
    with pytest.raises(SourceError) as caught:
        gather(file.source_id, mirror)
    error, message = caught.value, str(caught.value)
    assert error.source_id == file.source_id
    assert f"source {file.source_id}" in message
    assert error.todo, "every refusal says what to do"
    assert error.exit_code == 3
    return error


def ids(files: list[Published] | tuple[Published, ...]) -> list[str]:
    return [f"{file.source_id}-{file.name}" for file in files]


def test_every_source_has_its_files_broken_here() -> None:
    assert {file.source_id for file in PUBLISHED} == set(SOURCES)
    assert {file.source_id for file in PUBLISHED if file.is_required} == {
        source_id for source_id, source in SOURCES.items() if source.spec.is_required
    }


@pytest.mark.parametrize("file", PUBLISHED, ids=ids(PUBLISHED))
def test_a_missing_file_stops_a_required_source_and_leaves_out_an_optional_one(
    file: Published, mirror: Callable[[Published], Path]
) -> None:
    folder = mirror(file)
    faults.remove(file, folder)
    if file.is_required:
        with pytest.raises(MissingSourceError, match=f"source {file.source_id}"):
            gather(file.source_id, folder)
        return
    (provenance,) = gather(file.source_id, folder)
    assert not provenance.is_loaded
    assert provenance.note.startswith("Left out: its file (")
    assert "/" not in provenance.note, "a page shows this: it tells no folder of the machine"


@pytest.mark.parametrize("fault", [faults.empty, faults.cut_short, faults.replace_by_web_page])
@pytest.mark.parametrize("file", PUBLISHED, ids=ids(PUBLISHED))
def test_a_file_that_is_not_whole_is_refused_by_name(
    file: Published, fault: Fault, mirror: Callable[[Published], Path]
) -> None:
    folder = mirror(file)
    name = file.find(folder).name
    assert name in str(refuse(file, fault, folder))


@pytest.mark.parametrize("file", TEXTS, ids=ids(TEXTS))
def test_a_file_in_another_encoding_is_refused_by_name(file: Published, mirror: Callable[[Published], Path]) -> None:
    folder = mirror(file)
    name = file.find(folder).name
    message = str(refuse(file, faults.save_in_another_encoding, folder))
    assert name in message
    assert "UTF-" in message


@pytest.mark.parametrize("file", WITH_HEADINGS, ids=ids(WITH_HEADINGS))
def test_a_column_that_is_missing_is_named(file: Published, mirror: Callable[[Published], Path]) -> None:
    error = refuse(file, faults.rename_column, mirror(file))
    assert normalise(file.renamed) in normalise(str(error))


@pytest.mark.parametrize("file", WITH_NUMBERS, ids=ids(WITH_NUMBERS))
def test_text_where_a_number_belongs_is_found_in_its_row_and_column(
    file: Published, mirror: Callable[[Published], Path]
) -> None:
    error = refuse(file, faults.put_text_for_number, mirror(file))
    assert error.row == faults.third_row(file)
    assert file.heading.casefold() in str(error.column).casefold()
    assert faults.NOT_A_NUMBER in str(error)


# Postcodes and assets are placed by what is here, and those that cannot be are left out.
UNPLACED = {"code_point_open", "demo_assets"}
DOUBLED = [file for file in TEXTS if file.source_id != "gp_appointments"]


@pytest.mark.parametrize("file", DOUBLED, ids=ids(DOUBLED))
def test_a_row_that_is_there_twice_is_pointed_at(file: Published, mirror: Callable[[Published], Path]) -> None:
    error = refuse(file, faults.double_row, mirror(file))
    assert error.row is not None
    assert "twice" in str(error) or "more than once" in str(error)


WITHOUT_NEIGHBOURHOODS = {"MSOA-Names-2021.csv", "*fixed_oa_coverage*.csv"}
WITH_NEIGHBOURHOODS = [
    file
    for file in TEXTS
    if file.name not in WITHOUT_NEIGHBOURHOODS
    and not file.source_id.startswith("gp_")
    and file.source_id not in UNPLACED
]


@pytest.mark.parametrize("file", WITH_NEIGHBOURHOODS, ids=ids(WITH_NEIGHBOURHOODS))
def test_a_neighbourhood_that_no_boundary_knows_is_pointed_at(
    file: Published, mirror: Callable[[Published], Path], demo_settings: Settings
) -> None:
    folder = mirror(file)
    heading, row = faults.put_unknown_code(file, folder)
    with pytest.raises(SourceError, match=f"“{faults.UNKNOWN_CODE}” is not a code") as caught:
        gather(file.source_id, folder, known_from=current_snapshot(demo_settings))
    error = caught.value
    assert (error.source_id, Path(str(error.file)).name) == (file.source_id, file.find(folder).name)
    assert (error.row, error.column) == (row, heading)
    assert error.todo


@pytest.fixture
def served(demo_settings: Settings, tmp_path: Path) -> Settings:
    """Return the settings of a home in which a snapshot is served already."""
    home = tmp_path / "home"
    shutil.copytree(demo_settings.snapshots_dir, home / "snapshots")
    return read_settings({}, home=home)


@pytest.fixture
def load_broken(demo: Path, served: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., int]]:
    """Return what runs `commonground load --demo` on a demo whose files are broken first, and returns the exit code."""

    def load(breaking: Callable[[Path], None]) -> int:
        def write(*, folder: Path) -> Path:
            shutil.copytree(demo, folder, dirs_exist_ok=True)
            breaking(folder)
            return folder

        monkeypatch.setattr(etl.build.loading, "write_demo", write)
        monkeypatch.setattr(os, "_exit", sys.exit)  # The command leaves at once, which would end this test too.
        monkeypatch.setattr(sys, "argv", ["commonground", "load", "--demo", "--home", str(served.home)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0)

    yield load
    assert not list(served.snapshots_dir.glob(".building*")), "nothing half-built may stay behind"


def alter(name: str, old: str, new: str) -> Callable[[Path], None]:
    def breaking(folder: Path) -> None:
        (path,) = folder.rglob(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return breaking


@pytest.mark.parametrize(
    ("breaking", "said"),
    [
        # A required file that is not there.
        (lambda folder: next(folder.rglob("RM121*")).unlink(), ["census_age", "RM121"]),
        # A neighbourhood that no boundary knows.
        (alter("LSOA21_WD24*", "E01900500", "E01999999"), ["ward_lookup", "LSOA21_WD24", "E01999999"]),
        # A rank beyond the number of neighbourhoods.
        (alter("File_7*", ",Harrowick,", ",Harrowick,1.0,99999,"), ["iod_2025_scores", "File_7"]),
        # An optional file that is there but damaged is no reason to go on without it.
        (lambda folder: next(folder.rglob("codepo*")).write_bytes(b"PK\x03\x04 cut"), ["code_point_open", "codepo_gb"]),
    ],
    ids=["missing", "unknown-ward-code", "shifted-row", "damaged-zip"],
)
def test_a_load_that_cannot_be_done_says_why_and_leaves_the_old_snapshot_served(
    breaking: Callable[[Path], None],
    said: list[str],
    load_broken: Callable[..., int],
    served: Settings,
    capfd: pytest.CaptureFixture[str],
) -> None:
    before = current_snapshot(served)
    assert load_broken(breaking) == 3
    captured = capfd.readouterr()
    message = "".join(captured.err.split("✖")[1:])
    assert all(word in message for word in said), message
    assert "Traceback" not in captured.err + captured.out
    assert current_snapshot(served) == before
    with duckdb.connect(str(before), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM build").fetchall() == [(1,)]


def test_without_its_optional_files_the_demo_still_loads_and_says_what_is_left_out(
    load_broken: Callable[..., int], served: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    optional = [file for file in PUBLISHED if not file.is_required]

    def breaking(folder: Path) -> None:
        for file in optional:
            faults.remove(file, folder)

    before = current_snapshot(served)
    assert load_broken(breaking) == 0
    said = capfd.readouterr().out
    assert current_snapshot(served) != before
    for source_id in {file.source_id for file in optional}:
        assert f"{SOURCES[source_id].spec.title}: Left out: " in said
    with duckdb.connect(str(current_snapshot(served)), read_only=True) as con:
        left_out = con.execute("SELECT source_id FROM source WHERE status = 'left_out'").fetchall()
        assert {row[0] for row in left_out} == {"register", *(file.source_id for file in optional)}
        known = con.execute("SELECT DISTINCT source_id FROM indicator").fetchall()
        assert not {row[0] for row in known} & {file.source_id for file in optional}
        assert con.execute("SELECT count(*) FROM trend").fetchall() == [(0,)]
        stands_in = (
            "SELECT note LIKE '%. A point inside each neighbourhood stands for %' FROM source WHERE source_id = ?"
        )
        assert con.execute(stands_in, ["lsoa_centroids"]).fetchall() == [(True,)]
        apart = "max(abs(neighbourhood.lon - area.lon) + abs(neighbourhood.lat - area.lat))"
        joined = "neighbourhood JOIN area ON area.area_code = lsoa21_code"
        assert con.execute(f"SELECT {apart} < 1e-9 FROM {joined}").fetchall() == [(True,)]
