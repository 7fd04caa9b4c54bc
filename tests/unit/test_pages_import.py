"""The page “Import a list”: from a file to entries in the register, step by step, and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import visit as visiting
from dashboard.components.importing.duplicates import NEW, SAME
from dashboard.opening import open_register
from dashboard.register.actor import THE_PUBLIC, local_actor
from dashboard.register.model import Asset, Place, Precision
from dashboard.register.query import Query
from dashboard.register.register import Register
from etl.settings import Settings, read_settings
from tests.unit.page_scripts import open_page, words_of
from tests.unit.small_snapshot import make_home

LIST = (
    "Ref,Title of it,Type,Post code,Notes\n"
    "1,Alton Library,library,AB1 3EF,<img src=x onerror=alert(1)>\n"
    "2,Repair café,social club,AB1 3EF,=1+1\n"
    "3,,library,AB1 3EF,no name\n"
)
KNOWN = Asset(
    name="The Alton Library", kind="library", place=Place(precision=Precision.EXACT, postcode="AB1 3EF"), source="other"
)


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the small snapshot, made once: each test has a home, and a register, of its own."""
    return make_home(tmp_path_factory.mktemp("small")).snapshots_dir


@pytest.fixture
def settings(tmp_path: Path, snapshots: Path) -> Settings:
    (tmp_path / "snapshots").symlink_to(snapshots)
    return read_settings({}, home=tmp_path)


@pytest.fixture
def register(settings: Settings) -> Register:
    return open_register(settings)


def _upload(page: AppTest, text: str, name: str = "our list.csv") -> AppTest:
    return page.file_uploader(key="import-file").upload(name, text.encode(), "text/csv").run()


def _check(page: AppTest) -> AppTest:
    page.selectbox(key="import-column-1").select("name")
    return _press(page, "Check the list")


def _press(page: AppTest, label: str) -> AppTest:
    return next(one for one in page.button if one.label == label).click().run()


def _names(register: Register) -> list[str]:
    return [entry.asset.name for entry in register.finding.find(Query(), actor=local_actor()).entries]


def _metrics(page: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in page.metric}


def test_a_list_goes_from_a_file_to_the_register_and_can_be_taken_back(settings: Settings, register: Register) -> None:
    page = _upload(open_page("import_list", settings), LIST)
    assert "3 rows and 5 columns" in words_of(page)
    assert "Column “Post code”" in [box.label for box in page.selectbox]
    assert "For example: <img src=x onerror=alert(1)>; =1+1; no name" in words_of(page)
    _press(page, "Check the list")
    assert "No column holds a name" in words_of(page)
    _check(page)
    assert _metrics(page)["To add"] == "2"
    assert _metrics(page)["With errors"] == "1"
    problems = next(table.value for table in page.dataframe if "Reason" in table.value)
    assert problems.to_dict("records")[0]["Row"] == 4
    assert problems.to_dict("records")[0]["Column"] == "Title of it"
    assert _names(register) == []
    _press(page, "Bring in 2 rows")
    assert "2 added and 0 changed" in " ".join(one.value for one in page.success)
    assert _names(register) == ["Alton Library", "Repair café"]
    _press(page, "Undo it")
    assert "2 taken off" in words_of(page)
    assert _names(register) == []
    _press(page, "Bring in another list")
    assert page.file_uploader(key="import-file").value is None
    _press(_check(_upload(page, LIST)), "Bring in 2 rows")
    assert _names(register) == ["Alton Library", "Repair café"]


def test_the_same_file_twice_changes_nothing(settings: Settings, register: Register) -> None:
    page = _press(_check(_upload(open_page("import_list", settings), LIST)), "Bring in 2 rows")
    _press(page, "Bring in another list")
    _check(_upload(page, LIST))
    assert (_metrics(page)["To add"], _metrics(page)["To update"], _metrics(page)["Unchanged"]) == ("0", "0", "2")
    assert next(one for one in page.button if one.label == "Bring in 0 rows").disabled
    changed = LIST.replace("Repair café", "Repair Café and Library of Things")
    _press(page, "Choose another list")
    _check(_upload(page, changed))
    update = next(table.value for table in page.dataframe if "Would be" in table.value).to_dict("records")
    assert [(one["What"], one["Now"], one["Would be"]) for one in update] == [
        ("Name", "Repair café", "Repair Café and Library of Things")
    ]
    _press(page, "Bring in 1 row")
    _press(page, "Undo it")
    assert "1 as before" in words_of(page)
    assert _names(register) == ["Alton Library", "Repair café"]


def test_an_import_of_another_session_is_undone_and_what_stays_is_named(settings: Settings, register: Register) -> None:
    page = _press(_check(_upload(open_page("import_list", settings), LIST)), "Bring in 2 rows")
    entry = next(one for one in register.finding.find(Query(), actor=local_actor()).entries if "café" in one.asset.name)
    edited = replace(entry.asset, name="Repair <b>café</b>")
    register.entries.edit(entry.asset.asset_id, edited, base_version=entry.version, actor=local_actor())
    later = open_page("import_list", settings)
    assert "“our list”" in words_of(later)
    assert "by You: 2 added, 0 changed." in words_of(later)
    _press(later, "Undo it")
    assert "The import was undone: 1 taken off, 0 as before." in words_of(later)
    assert "1 entry stays as it is" in words_of(later)
    assert "Repair <b>café</b>" in words_of(later)
    assert "Undone on" in words_of(later)
    assert not [one for one in later.button if one.label == "Undo it"]
    assert _names(register) == ["Repair <b>café</b>"]
    _press(page, "Undo it")
    assert "undone already" in words_of(page)


@pytest.mark.parametrize(
    ("way", "metrics", "names"),
    [
        (SAME, ("1", "1"), ["Alton Library", "Repair café"]),
        (NEW, ("2", "0"), ["Alton Library", "Repair café", "The Alton Library"]),
    ],
)
def test_a_likely_duplicate_waits_for_a_person_to_decide(
    settings: Settings, register: Register, way: str, metrics: tuple[str, str], names: list[str]
) -> None:
    register.entries.add(KNOWN, actor=local_actor())
    page = _check(_upload(open_page("import_list", settings), LIST))
    assert (_metrics(page)["To decide"], _metrics(page)["To add"]) == ("1", "1")
    assert "The Alton Library" in words_of(page)
    page.radio[0].set_value(way).run()
    assert (_metrics(page)["To add"], _metrics(page)["To update"]) == metrics
    assert _metrics(page)["To decide"] == "0"
    _press(page, "Bring in 2 rows")
    assert _names(register) == names


def test_all_likely_duplicates_are_decided_at_once_and_undecided_again(settings: Settings, register: Register) -> None:
    for name in ("The Alton Library", "Repair cafe"):
        register.entries.add(replace(KNOWN, name=name, kind="library" if "Lib" in name else "social_club"),
                             actor=local_actor())  # fmt: skip
    page = _check(_upload(open_page("import_list", settings), LIST))
    assert _metrics(page)["To decide"] == "2"
    _press(page, "All 2 left are the same: update the likeliest")
    assert (_metrics(page)["To decide"], _metrics(page)["To update"]) == ("0", "2")
    _press(page, "Decide none of them")
    _press(page, "All 2 left are something else: add them")
    assert (_metrics(page)["To decide"], _metrics(page)["To add"]) == ("0", "2")


def test_what_cannot_be_read_is_refused_in_words_and_the_next_file_goes_in(settings: Settings) -> None:
    page = _upload(open_page("import_list", settings), "%PDF-1.7 and so on", name="list.csv")
    assert "The file is a PDF" in words_of(page)
    assert not page.exception
    assert page.file_uploader(key="import-file")
    _upload(page, LIST)
    assert "3 rows and 5 columns" in words_of(page)


def test_a_file_may_have_a_very_long_name_in_any_letters(settings: Settings) -> None:
    page = _upload(open_page("import_list", settings), LIST, name=f"{'図書館' * 60}.csv")
    assert "3 rows and 5 columns" in words_of(page)


def test_an_entry_that_was_changed_meanwhile_stops_the_import_and_nothing_is_lost(
    settings: Settings, register: Register
) -> None:
    page = _press(_check(_upload(open_page("import_list", settings), LIST)), "Bring in 2 rows")
    _press(page, "Bring in another list")
    _check(_upload(page, LIST.replace("=1+1", "Mends things")))
    entry = register.finding.find(Query(text="repair"), actor=local_actor()).entries[0]
    register.entries.edit(
        entry.asset.asset_id, replace(entry.asset, description="Mends toys"), base_version=entry.version,
        actor=local_actor(),
    )  # fmt: skip
    _press(page, "Bring in 1 row")
    assert "Somebody else changed this entry" in words_of(page)
    assert "Nothing was saved" in words_of(page)
    _press(page, "Change the columns")
    _check(page)
    _press(page, "Bring in 1 row")
    assert "0 added and 1 changed" in " ".join(one.value for one in page.success)


def test_the_public_is_told_who_brings_lists_in(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "local_actor", lambda: THE_PUBLIC)
    page = open_page("import_list", settings)
    assert "Partners bring in lists" in words_of(page)
    assert not page.file_uploader
