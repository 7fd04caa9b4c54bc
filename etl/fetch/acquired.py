"""What has been acquired: the files of a source, and where they came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class AcquiredFile:
    """One file that is here: its bytes' sha256, when it was fetched (UTC) and from where.

    The address of a file in a mirror is `mirror:` and its path below that folder, for a page must not show the
    folders of the machine that built it.
    """

    path: Path
    sha256: str
    retrieved_at: datetime
    url: str


@dataclass(frozen=True)
class AcquiredFiles:
    """All files of one source, in the order of its FileSpecs."""

    files: tuple[AcquiredFile, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """Where they are."""
        return tuple(file.path for file in self.files)

    @property
    def sha256(self) -> str:
        """The file's hash; for several files the hash of their names and hashes, one a line."""
        if len(self.files) == 1:
            return self.files[0].sha256
        listed = "".join(f"{file.sha256}  {file.path.name}\n" for file in self.files)
        return hashlib.sha256(listed.encode()).hexdigest()

    @property
    def retrieved_at(self) -> datetime:
        """When the newest of them was fetched, UTC."""
        return max(file.retrieved_at for file in self.files)

    @property
    def url(self) -> str:
        """Where they came from, separated by spaces."""
        return " ".join(dict.fromkeys(file.url for file in self.files))
