"""What every group of questions stands on: one open snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class Build:
    """The snapshot that is shown."""

    build_id: str
    built_at: datetime
    version: str
    area: str
    area_name: str
    is_demo: bool
    lookup_vintage: int


class Questions:
    """A group of questions that are answered from one snapshot.

    A snapshot never changes, so answers may be kept for as long as the snapshot is open.
    """

    def __init__(self, *, warehouse: Warehouse) -> None:
        self.warehouse = warehouse

    @property
    def path(self) -> Path:
        """Where the snapshot is; a newer one has another path."""
        return self.warehouse.path

    @cached_property
    def build(self) -> Build:
        """Return what snapshot this is."""
        return Build(**self.warehouse.rows("build")[0])
