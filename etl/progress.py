"""How long work says how far it is; whoever runs it decides how that is shown."""

from __future__ import annotations

from typing import Protocol


class SourceProgress(Protocol):
    """Progress of one source: first bytes, then rows."""

    def bytes_done(self, done: int, total: int | None) -> None:
        """Say how many bytes are here, of how many (None when the publisher does not say)."""

    def rows_done(self, done: int, total: int | None) -> None:
        """Say how many rows are read, of how many expected."""


class LoadProgress(Protocol):
    """Progress of a whole load, in steps."""

    def start(self, *, total_steps: int) -> None:
        """Say how many steps the load will have."""

    def source(self, title: str) -> SourceProgress:
        """Open a line for one source."""

    def step(self, title: str) -> None:
        """Say that the next step has begun."""

    def finish(self) -> None:
        """Say that all is done."""


class SilentSource:
    """A source line that nobody watches."""

    def bytes_done(self, done: int, total: int | None) -> None:
        """Do nothing."""

    def rows_done(self, done: int, total: int | None) -> None:
        """Do nothing."""


class SilentProgress:
    """A load that nobody watches."""

    def start(self, *, total_steps: int) -> None:
        """Do nothing."""

    def source(self, title: str) -> SourceProgress:  # noqa: ARG002
        """Open a line that nobody watches."""
        return SilentSource()

    def step(self, title: str) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""
