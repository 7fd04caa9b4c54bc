"""What a person asks of a load, and what the build says it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from etl.sources.spec import SourceSpec

ENGLAND = "E92000001"


@dataclass(frozen=True)
class LoadRequest:
    """One load.

    Parameters
    ----------
    vintage
        Year of the ward, district and ICB look-ups.
    area
        `england`, the code of an ICB or a district, or the path of a text file that lists LSOA codes: whose
        boundaries, tiles and pages are kept. Figures are always those of all England.
    mirror
        Folder tree to take files from instead of downloading them.
    is_demo
        Whether the files are the made-up ones, so that the row counts of England are not expected.
    is_refresh
        Whether to ask the publishers again for files that are already kept.
    """

    vintage: int = 2024
    area: str = "england"
    mirror: Path | None = None
    is_demo: bool = False
    is_refresh: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether all of England is drawn."""
        return self.area.strip().casefold() == "england" or self.code == ENGLAND

    @property
    def code(self) -> str:
        """What was asked for, as codes are written; a file of codes has none."""
        return self.area.strip().upper()


@dataclass(frozen=True)
class Provenance:
    """What became of one source in one build; a row of the `source` table."""

    spec: SourceSpec
    sha256: str | None
    retrieved_at: datetime | None
    rows: int | None
    note: str

    @property
    def is_loaded(self) -> bool:
        """Whether its figures are in the snapshot."""
        return self.rows is not None
