"""A new demo takes the place of the old one, and of nothing else."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize("folders_removed", range(4))
def test_a_removal_that_was_cut_off_is_finished_the_next_time(
    folders_removed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "demo"
    fill(folder, "deprivation/File_7.csv", "census/x.csv", "geography/x.csv", "nhs/x.csv")
    removed, remove = [], os.rmdir

    def remove_until_killed(path: str, **where: int) -> None:
        if len(removed) == folders_removed:
            raise KeyboardInterrupt
        remove(path, **where)
        removed.append(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rmdir", remove_until_killed)
        with pytest.raises(KeyboardInterrupt):
            clear_demo(folder=folder)
    assert folder.exists()
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
