"""A half-fetched file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.fetch.store import read_json, storing, write_whole


@dataclass(frozen=True)
class Part:
    """A half-fetched file and what the server said of it when its first bytes came."""

    folder: Path

    @property
    def path(self) -> Path:
        """The bytes so far."""
        return self.folder / "download.part"

    @property
    def size(self) -> int:
        """How many bytes are here."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def facts(self) -> dict[str, Any]:
        """`etag`, `last_modified` and `total` as the server gave them; empty before the first answer."""
        return read_json(self.folder / "download.json") or {}

    @property
    def validator(self) -> str:
        """What proves that the bytes to come belong to those that are here (RFC 9110, 13.1.5), or nothing."""
        etag = str(self.facts.get("etag", ""))
        return etag if etag and not etag.startswith("W/") else str(self.facts.get("last_modified", ""))

    @property
    def is_whole(self) -> bool:
        """Whether every byte that the server promised is here."""
        return self.size > 0 and self.size == self.facts.get("total")

    def begin(self, facts: dict[str, Any]) -> None:
        """Start from nothing, under new facts."""
        self.discard()
        with storing(self.folder):
            write_whole(self.folder / "download.json", json.dumps(facts).encode())

    def discard(self) -> None:
        """Forget what is here."""
        self.path.unlink(missing_ok=True)
        (self.folder / "download.json").unlink(missing_ok=True)
