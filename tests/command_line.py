"""`commonground` as a test runs it: in this process, for starting another takes longer than what is asked of it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard import cli


@dataclass(frozen=True)
class Done:
    """What a command came to, and what it said."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True)
class CommandLine:
    """Runs commands one after another."""

    patching: pytest.MonkeyPatch
    capturing: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, home: Path, **environ: str) -> Done:
        """Run a command over a home, under some settings."""
        with self.patching.context() as patch:
            for name, value in environ.items():
                patch.setenv(name, value)
            # The command leaves at once, which would end the test too.
            patch.setattr(os, "_exit", sys.exit)
            patch.setattr(sys, "argv", ["commonground", *arguments, "--home", str(home)])
            with pytest.raises(SystemExit) as left:
                cli.main()
        said = self.capturing.readouterr()
        return Done(int(left.value.code or 0), said.out, said.err)
