"""The tree of refusals: each says what happened, where, and what to do about it.

Errors are raised close to their cause and caught once, at the edge (the command line or a page).
"""

from __future__ import annotations

from pathlib import Path


class CommonGroundError(Exception):
    """A refusal that a person can act on.

    Parameters
    ----------
    what
        One sentence that says what happened.
    todo
        One sentence that says what to do about it.
    """

    exit_code = 1

    def __init__(self, what: str, *, todo: str = "") -> None:
        self.what = what
        self.todo = todo
        super().__init__(f"{what} {todo}".strip())


class SettingsError(CommonGroundError):
    """A setting or an option that cannot be used."""

    exit_code = 2


class SourceError(CommonGroundError):
    """A published file that cannot be fetched or read as its source says it should be.

    Parameters
    ----------
    source_id
        Which source, as in its SourceSpec.
    file, row, column
        Where in the file, as a person would find it: rows count from 1 at the first line of the file.
    """

    exit_code = 3

    def __init__(
        self,
        what: str,
        *,
        source_id: str,
        file: Path | str | None = None,
        row: int | None = None,
        column: str | None = None,
        todo: str = "",
    ) -> None:
        self.source_id = source_id
        self.file = file
        self.row = row
        self.column = column
        places = [f"source {source_id}"]
        if file is not None:
            places.append(f"file {Path(str(file)).name}")
        if row is not None:
            places.append(f"row {row}")
        if column is not None:
            places.append(f"column “{column}”")
        super().__init__(f"{what} ({', '.join(places)}).", todo=todo)


class MissingSourceError(SourceError):
    """A source whose file is not in the mirror, or whose address no longer answers.

    Parameters
    ----------
    lacking
        What is missing, in words for those who look at what was loaded: without a folder of this machine.
    """

    def __init__(
        self, what: str, *, lacking: str, source_id: str, file: Path | str | None = None, todo: str = ""
    ) -> None:
        self.lacking = lacking
        super().__init__(what, source_id=source_id, file=file, todo=todo)


class ContractError(CommonGroundError):
    """A built warehouse that does not keep its own contract; it is not published."""

    exit_code = 4

    def __init__(self, failures: list[str]) -> None:
        self.failures = failures
        listed = "\n".join(f"  - {failure}" for failure in failures)
        super().__init__(
            f"The new snapshot broke {len(failures)} of its checks and was not published:\n{listed}",
            todo="\nThe snapshot served before is still served. Check the sources named above, then load again.",
        )


class StorageError(CommonGroundError):
    """A disk that is full, or a folder that cannot be written."""

    exit_code = 5


class NothingLoadedError(CommonGroundError):
    """No snapshot has been published in this home yet."""

    exit_code = 6


class UnreadableSnapshotError(CommonGroundError):
    """A snapshot whose file is damaged, or that this account may not read."""

    exit_code = 5


class OutdatedSnapshotError(NothingLoadedError):
    """A snapshot that lacks what this version reads: it was built by another one."""


def and_more(count: int) -> str:
    """Return how many others have the fault that the first of them was named for; empty for none."""
    return f" (and so it is with {count:,} more)" if count > 0 else ""
