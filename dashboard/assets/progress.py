"""A bar in the terminal that says how far something is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.register.progress import Progress as Report


@contextmanager
def progress_bar(console: Console, title: str) -> Iterator[Report]:
    """Show a bar, in a terminal, until the block ends; give what is told how many are done, of how many."""
    columns = (TextColumn(title), BarColumn(bar_width=24), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task(title, total=None)
        yield lambda done, of: bars.update(task, completed=done, total=of)
