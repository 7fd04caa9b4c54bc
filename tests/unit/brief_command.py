"""`commonground brief` as a test runs it."""

from __future__ import annotations

from typer.testing import CliRunner

from dashboard.cli import app
from etl.errors import CommonGroundError
from etl.settings import Settings


def run_brief(*arguments: str, settings: Settings) -> tuple[str, CommonGroundError | None]:
    """Return what the command says over a home, and what it refuses with."""
    done = CliRunner().invoke(app, ["brief", *arguments, "--home", str(settings.home)])
    refusal = done.exception if isinstance(done.exception, CommonGroundError) else None
    assert done.exit_code == 0 or refusal, done.output
    return done.output, refusal
