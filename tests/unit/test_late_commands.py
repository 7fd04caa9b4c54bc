"""Commands start without what only others need."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.commands.late import LATE, import_command

HEAVY = {"alembic", "docx", "geopandas", "pandas", "scipy", "shapely", "sqlalchemy", "streamlit", "typst"}


@pytest.mark.parametrize("name", LATE)
def test_the_list_of_commands_says_what_each_command_says_of_itself(name: str) -> None:
    assert (import_command(name).help or "").splitlines()[0] == LATE[name].line
    listed = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})
    assert LATE[name].line in listed.stdout


@pytest.mark.parametrize("module", ["dashboard.cli", "etl.publish"])
def test_nothing_heavy_is_imported_before_it_is_needed(module: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert HEAVY.isdisjoint(said.stdout.split())


def test_a_late_command_takes_its_arguments_and_has_help_of_its_own() -> None:
    told = CliRunner().invoke(app, ["brief", "--help"], env={"COLUMNS": "200"})
    assert told.exit_code == 0
    assert "CODE…" in told.stdout
    nested = CliRunner().invoke(app, ["assets", "export", "--help"], env={"COLUMNS": "200"})
    assert nested.exit_code == 0
    assert "--format" in nested.stdout


def test_a_command_that_is_misspelt_is_answered_with_the_one_that_was_meant() -> None:
    said = CliRunner().invoke(app, ["asets"])
    assert said.exit_code == 2
    assert "assets" in said.output
