"""Progress of a load in a terminal: a bar per source (bytes, then rows) and one for the whole."""

from __future__ import annotations

from time import monotonic
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Column

# Of a terminal: the bar of the whole, the one that is about to be opened, and the cursor's.
ROWS_KEPT = 3
BAR_WIDTH = 16
WHOLE = "Whole load"


class SourceBar:
    """The bar of one source."""

    def __init__(self, bars: Progress, task: TaskID) -> None:
        self._bars = bars
        self._task = task

    def bytes_done(self, done: int, total: int | None) -> None:
        """Show how many megabytes are here."""
        shown = f"{done / 1e6:,.1f} MB" + (f" of {total / 1e6:,.1f}" if total else "")
        self._bars.update(self._task, completed=done, total=total, amount=shown)

    def rows_done(self, done: int, total: int | None) -> None:
        """Show how many rows are read."""
        shown = f"{done:,} rows" + (f" of {total:,}" if total and total != done else "")
        self._bars.update(self._task, completed=done, total=total or done, amount=shown)


class LoadingBars:
    """The bars of a whole load; where there is no terminal, one line a step instead."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = monotonic()
        self._bars = Progress(
            # Titles are long: they have what the bars, which say more, leave over.
            TextColumn("{task.description}", style="bold", table_column=Column(ratio=1, no_wrap=True)),
            BarColumn(bar_width=BAR_WIDTH),
            TextColumn("{task.fields[amount]}"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
            expand=True,
        )
        self._whole = self._bars.add_task(WHOLE, total=None, amount="")

    def __enter__(self) -> LoadingBars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._bars.tasks:
            self._bars.update(task.id, visible=True)
        self._bars.stop()

    def start(self, *, total_steps: int) -> None:
        """Say how many steps the load will have."""
        self._bars.update(self._whole, total=total_steps)

    def source(self, title: str) -> SourceBar:
        """Open a bar for one source."""
        self._advance(title)
        self._make_room()
        return SourceBar(self._bars, self._bars.add_task(title, total=None, amount=""))

    def step(self, title: str) -> None:
        """Name the step that has begun."""
        self._advance(title)

    def finish(self) -> None:
        """Fill the bar of the whole."""
        task = self._bars.tasks[0]
        self._bars.update(self._whole, completed=task.total or 1, description=WHOLE, amount="done")

    def _make_room(self) -> None:
        """Take the oldest bars away until the end, where a terminal is too low for all of them."""
        shown = [task for task in self._bars.tasks[1:] if task.visible]
        for task in shown[: max(len(shown) + ROWS_KEPT - self._console.height, 0)]:
            self._bars.update(task.id, visible=False)

    def _advance(self, title: str) -> None:
        task = self._bars.tasks[0]
        amount = f"step {task.completed + 1:.0f}" + (f" of {task.total:.0f}" if task.total else "")
        self._bars.update(self._whole, advance=1, description=f"{WHOLE}: {title}", amount=amount)
        if not self._console.is_terminal:
            elapsed = monotonic() - self._began
            self._console.print(f"{elapsed:6.1f} s  {title} …", markup=False, highlight=False, soft_wrap=True)
