"""`commonground assets`: lists in, files out, backups and checks, in words and without a traceback."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import httpx
import pytest
from click.testing import Result
from rich.console import Console
from typer.testing import CliRunner

from dashboard.assets.import_asked import AskedFor
from dashboard.assets.importing import ImportRun
from dashboard.cli import app
from dashboard.commands.assets import FAULTY
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.exchange.open_referral.feed import FeedClient
from dashboard.register.exchange.placing import NoGazetteer
from dashboard.register.exchange.text_files import read_csv
from dashboard.register.model import Place, Precision, Trust
from dashboard.register.query import Query
from dashboard.register.register import Register
from etl.errors import CommonGroundError
from etl.settings import Settings, read_settings
from tests.registers import DIGITAL_HUB
from tests.unit.small_snapshot import make_home

LIST = (
    "ref,name,type,postcode,notes\n1,Alton Library,library,AB1 3EF,=1+1\n2,,library,AB1 3EF,no name\n3,Chess,club,,\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, home=tmp_path / "home")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where the person is."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def file(tmp_path: Path, here: Path) -> Path:  # noqa: ARG001 - whoever brings a list is somewhere
    path = tmp_path / "our list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def _assets(settings: Settings, *arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["assets", *arguments, "--home", str(settings.home)], input=answer)


def _refusal(result: Result) -> str:
    assert isinstance(result.exception, CommonGroundError), result.output
    return str(result.exception)


def _names(settings: Settings) -> list[str]:
    found = open_register(settings).finding.find(Query(), actor=local_actor())
    return [entry.asset.name for entry in found.entries]


def test_a_dry_run_says_what_would_be_done_and_does_nothing(settings: Settings, file: Path, here: Path) -> None:
    done = _assets(settings, "import", str(file), "--dry-run")
    assert "3 rows: 1 to add" in done.output
    assert "row 3, column name: Give it a name" in done.output
    assert "ref → source_ref" in done.output
    assert _names(settings) == []
    assert list(here.iterdir()) == []


def test_good_rows_go_in_and_the_others_come_back_with_reasons(settings: Settings, file: Path, here: Path) -> None:
    done = _assets(settings, "import", str(file), "--yes")
    assert "Done: 1 added, 0 changed." in done.output
    assert _names(settings) == ["Alton Library"]
    assert f"2 rows stay out. They are in {here / 'our list-refused.csv'}" in done.output
    refused = read_csv((here / "our list-refused.csv").read_bytes(), title="refused")
    assert [row[0] for row in refused.rows] == ["2", "3"]
    assert "Give it a name" in refused.rows[0][-1]
    assert "Say where it is" in refused.rows[1][-1]


def test_a_list_in_a_folder_that_is_only_read_comes_in_and_its_refused_rows_go_where_they_are_asked_to(
    settings: Settings, file: Path, here: Path, tmp_path: Path
) -> None:
    before = sorted(file.parent.iterdir())
    done = _assets(settings, "import", str(file), "--yes", "--refused", str(tmp_path / "here" / "left over.csv"))
    assert "2 rows stay out" in done.output
    assert [one.name for one in here.iterdir()] == ["left over.csv"]
    assert sorted(one for one in file.parent.iterdir() if one != settings.home) == before


def test_refused_rows_that_cannot_be_written_stop_the_import_before_it_begins(
    settings: Settings, file: Path, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "no" / "such" / "folder.csv")
    said = _refusal(_assets(settings, "import", str(file), "--yes", "--refused", nowhere))
    assert "cannot be written: No such file or directory. Nothing was brought in." in said
    assert "--refused" in said
    assert _names(settings) == []
    over = _refusal(_assets(settings, "import", str(file), "--yes", "--refused", str(file)))
    assert "written over the list itself" in over
    assert file.read_text(encoding="utf-8") == LIST


def test_the_same_file_twice_changes_nothing(settings: Settings, file: Path) -> None:
    _assets(settings, "import", str(file), "--yes")
    number = open_register(settings).finding.changed_since(0).number
    again = _assets(settings, "import", str(file), "--yes")
    assert "0 to add, 0 to update, 1 unchanged" in again.output
    assert "Done: 0 added, 0 changed." in again.output
    assert open_register(settings).finding.changed_since(0).number == number


def test_an_import_of_earlier_is_listed_and_taken_back_once(settings: Settings, file: Path) -> None:
    assert "No list has been brought in yet." in _assets(settings, "imports").output
    done = _assets(settings, "import", str(file), "--yes")
    assert "To take it back: commonground assets undo-import 1" in done.output
    listed = _assets(settings, "imports").output
    assert listed.startswith("1: “our list”, ")
    assert "by You: 1 added, 0 changed." in listed
    assert "Nothing was changed." in _assets(settings, "undo-import", "1", answer="n\n").output
    assert _names(settings) == ["Alton Library"]
    assert "1 taken off, 0 as before" in _assets(settings, "undo-import", "1", "--yes").output
    assert _names(settings) == []
    assert "undone already" in _refusal(_assets(settings, "undo-import", "1", "--yes"))
    assert "no such import" in _refusal(_assets(settings, "undo-import", "9", "--yes"))
    assert "Undone on " in _assets(settings, "imports").output


def test_what_stays_after_an_undo_is_named(settings: Settings, file: Path) -> None:
    _assets(settings, "import", str(file), "--yes")
    register, me = open_register(settings), local_actor()
    (entry,) = register.finding.find(Query(), actor=me).entries
    edited = replace(entry.asset, cost="£2")
    register.entries.edit(entry.asset.asset_id, edited, base_version=entry.version, actor=me)
    undone = _assets(settings, "undo-import", "1", "--yes").output
    assert "0 taken off" in undone
    assert f"Alton Library (id {entry.asset.asset_id})" in undone


@pytest.mark.parametrize(("answer", "names"), [("y\n", ["Alton Library"]), ("n\n", [])])
def test_without_yes_a_person_is_asked(settings: Settings, file: Path, answer: str, names: list[str]) -> None:
    done = _assets(settings, "import", str(file), answer=answer)
    assert "Bring in 1 row?" in done.output
    assert _names(settings) == names


def test_a_column_a_kind_and_a_source_can_be_named(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_text("Was heisst es,postcode,notes\nAlton Hub,AB1 3EF,open\n", encoding="utf-8")
    assert "No column is known to hold a name" in _refusal(_assets(settings, "import", str(path), "--yes"))
    _assets(settings, "import", str(path), "--yes", "--map", "Was heisst es=name", "--map", "notes=",
            "--kind", "digital_hub", "--source", "Hubs")  # fmt: skip
    asset = open_register(settings).finding.find(Query(), actor=local_actor()).entries[0].asset
    assert (asset.name, asset.kind, asset.source, asset.description) == ("Alton Hub", "digital_hub", "Hubs", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--map", "nonsense"), "There is no column “nonsense”"),
        (("--map", "name=nonsense"), "There is no field “nonsense”"),
        (("--kind", "nonsense"), "There is no kind “nonsense”"),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    settings: Settings, file: Path, arguments: tuple[str, str], words: str
) -> None:
    assert words in _refusal(_assets(settings, "import", str(file), *arguments))


def test_a_file_that_is_not_there_or_too_big_is_refused(settings: Settings, tmp_path: Path) -> None:
    assert "cannot be read" in _refusal(_assets(settings, "import", str(tmp_path / "none.csv")))
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(26_000_000)
    assert "25 MB is the most" in _refusal(_assets(settings, "import", str(big)))


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson", "gpkg", "openreferral"])
def test_what_is_published_is_written_in_every_form(settings: Settings, file: Path, tmp_path: Path, form: str) -> None:
    _assets(settings, "import", str(file), "--yes")
    out = tmp_path / f"out.{form}"
    done = _assets(settings, "export", "--format", form, "--out", str(out), "--kind", "library")
    assert "Wrote 1 entries" in done.output
    assert out.stat().st_size > 0
    none = _assets(settings, "export", "--format", form, "--out", str(out), "--kind", "museum", "--text", "x")
    assert "Wrote 0 entries" in none.output


EVERYTHING = replace(
    DIGITAL_HUB,
    description="Come and get online.\nTea at ten.",
    place=Place(precision=Precision.EXACT, lon=-2.2, lat=53.4, postcode="M1 1AA", address=("1 High St", "Leeds")),
    service_areas=("E08000003",),
    service_area_words="All of the valley",
    source="Our own list",
    source_ref="17",
    licence="OGL",
)


def test_an_open_referral_file_comes_back_the_same_here_and_in_another_register(
    settings: Settings, tmp_path: Path
) -> None:
    here, me, out = open_register(settings), local_actor(), tmp_path / "services.json"
    entry = here.entries.add(EVERYTHING, actor=me)
    here.entries.confirm(entry.asset.asset_id, actor=me)
    _assets(settings, "export", "--format", "openreferral", "--out", str(out))
    assert json.loads(out.read_text(encoding="utf-8"))["total_items"] == 1
    back = _assets(settings, "import", str(out), "--yes")
    assert "0 to add, 0 to update, 1 unchanged, 0 likely duplicates" in back.output
    other = read_settings({}, home=tmp_path / "other")
    done = _assets(other, "import", str(out), "--yes", "--source", "A neighbour")
    assert "1 Open Referral services" in done.output
    (there,) = open_register(other).finding.find(Query(), actor=me).entries
    shown = here.entries.get(entry.asset.asset_id, actor=THE_PUBLIC).asset
    # Whose list it is, and whether it was checked, another register says for itself.
    assert there.asset == replace(
        shown, asset_id=there.asset.asset_id, source="A neighbour", source_ref=shown.asset_id, trust=Trust()
    )
    assert "1 unchanged" in _assets(other, "import", str(out), "--yes", "--source", "A neighbour").output


def test_an_export_of_before_a_change_is_for_a_person_to_decide_on(settings: Settings, tmp_path: Path) -> None:
    register, me, out = open_register(settings), local_actor(), tmp_path / "services.json"
    entry = register.entries.add(EVERYTHING, actor=me)
    _assets(settings, "export", "--format", "openreferral", "--out", str(out))
    changed = replace(entry.asset, description="Closed on Mondays.")
    register.entries.edit(entry.asset.asset_id, changed, base_version=entry.version, actor=me)
    back = _assets(settings, "import", str(out), "--dry-run", "--yes")
    assert "0 to add, 0 to update, 0 unchanged, 1 likely duplicates" in back.output


def test_a_file_that_cannot_be_written_is_refused(settings: Settings, tmp_path: Path) -> None:
    done = _assets(settings, "export", "--format", "csv", "--out", str(tmp_path / "no" / "such" / "folder.csv"))
    assert "cannot be written" in _refusal(done)
    (tmp_path / "a file").touch()
    assert "cannot be written" in _refusal(_assets(settings, "backup", str(tmp_path / "a file" / "x")))


def test_a_backup_is_put_back_into_an_empty_register_only(settings: Settings, file: Path, tmp_path: Path) -> None:
    _assets(settings, "import", str(file), "--yes")
    assert "It holds contacts for partners too" in _assets(settings, "backup", str(tmp_path / "kept")).output
    other = read_settings({}, home=tmp_path / "other")
    assert "rows back" in _assets(other, "restore", str(tmp_path / "kept")).output
    assert _names(other) == ["Alton Library"]
    assert "holds entries already" in _refusal(_assets(other, "restore", str(tmp_path / "kept")))
    third = read_settings({}, home=tmp_path / "third")
    assert "not a whole backup" in _refusal(_assets(third, "restore", str(file)))


def test_a_check_says_what_is_wrong_and_leaves_with_a_number(tmp_path: Path, file: Path) -> None:
    whole = read_settings({}, home=tmp_path / "alone")
    _assets(whole, "import", str(file), "--yes")
    done = _assets(whole, "check")
    assert (done.exit_code, "is whole" in done.output) == (0, True)
    with open_register(whole).database.writing() as con:
        con.exec_driver_sql("DELETE FROM published_words")
    broken = _assets(whole, "check")
    assert broken.exit_code == FAULTY
    assert "The index of words does not fit" in broken.output


def test_a_snapshot_that_breaks_its_rules_is_told(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    with duckdb.connect(str(settings.snapshots_dir / "small.duckdb")) as con:
        con.execute("INSERT INTO asset SELECT * FROM asset")
    done = _assets(settings, "check")
    assert done.exit_code == FAULTY
    assert "rows break it" in done.output


def test_a_feed_is_read_by_its_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = {
        "id": "s1",
        "name": "Warm Hub",
        "service_areas": [{"id": "a", "name": "Alton"}],
        "contacts": [{"id": "c"}],
    }
    broken = {"id": "s2", "name": "", "contacts": [{"id": "d"}]}

    def answer(_request: httpx.Request) -> httpx.Response:
        body = json.dumps({"contents": [service, broken], "total_pages": 1, "last_page": True})
        return httpx.Response(200, stream=httpx.ByteStream(body.encode()))

    def feed(address: str) -> FeedClient:
        return FeedClient(
            address, sleep=lambda _s: None, resolve=lambda _h, _p: ["93.184.215.14"],
            transport=httpx.MockTransport(answer),
        )  # fmt: skip

    monkeypatch.chdir(tmp_path)
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    said: list[str] = []
    run = ImportRun(register=register, actor=local_actor(), gazetteer=NoGazetteer(), console=Console(quiet=True),
                    say=said.append, feed=feed)  # fmt: skip
    planned = run.plan(AskedFor(what="https://feed.example.org/v3"))
    run.carry_out(planned)
    assert [e.asset.name for e in register.finding.find(Query(), actor=local_actor()).entries] == ["Warm Hub"]
    assert "feed.example.org-refused.csv" in said[-1]
    refused = read_csv((tmp_path / "feed.example.org-refused.csv").read_bytes(), title="refused")
    assert "Give it a name" in refused.rows[0][-1]
    register.close()
