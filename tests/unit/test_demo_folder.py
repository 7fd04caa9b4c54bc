"""A new demo takes the place of the old one, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.demo import clear_demo
from etl.errors import StorageError


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    "names",
    [
        (),
        ("deprivation/File_7.csv",),
        ("deprivation/File_7.csv", "geography/x.csv", "nhs/appointments/y.csv", ".DS_Store"),
    ],
    ids=["empty", "half-written", "whole"],
)
def test_a_demo_that_was_written_before_is_removed(names: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    fill(folder, *names)
    clear_demo(folder=folder)
    assert not folder.exists()


def test_where_there_is_no_demo_there_is_nothing_to_do(tmp_path: Path) -> None:
    clear_demo(folder=tmp_path / "demo")
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize(
    "names",
    [("thesis.docx",), ("deprivation/File_7.csv", "thesis.docx"), ("assets/photo.jpg",), (".git/config",)],
    ids=["other-things", "among-ours", "a-name-of-ours", "hidden"],
)
def test_a_folder_of_that_name_which_is_somebodys_own_is_left_alone(names: tuple[str, ...], tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    fill(folder, *names)
    with pytest.raises(StorageError, match="is not a demo that Common Ground wrote") as refused:
        clear_demo(folder=folder)
    assert "Move it away" in refused.value.todo
    assert all((folder / name).is_file() for name in names)
