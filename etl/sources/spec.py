"""What a source says of itself, and the two steps every source has: read, then tidy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb

from etl.progress import SourceProgress

OGL = "Open Government Licence v3.0"
ONS_ATTRIBUTION = "Source: Office for National Statistics licensed under the Open Government Licence v.3.0"
OS_ATTRIBUTION = "Contains OS data © Crown copyright and database right"
MHCLG_ATTRIBUTION = (
    "Source: Ministry of Housing, Communities and Local Government, licensed under the Open Government Licence v3.0"
)
NHS_ATTRIBUTION = "Source: NHS England, licensed under the Open Government Licence v3.0"

Transport = Literal["file", "arcgis"]


@dataclass(frozen=True)
class FileSpec:
    """One file of a source (or several of one pattern), at its publisher and in a mirror.

    Parameters
    ----------
    patterns
        Names the file may have in a mirror folder, first choice first; `*` stands for anything.
    url
        Where the publisher keeps it; empty when there is no one address.
    transport
        `file` for a plain download, `arcgis` for a feature service that is read page by page.
    sha256
        Known hash of the publisher's bytes, when one edition is pinned.
    is_many
        Whether every file that fits the pattern is wanted (one per region, say).
    """

    patterns: tuple[str, ...]
    url: str = ""
    transport: Transport = "file"
    sha256: str = ""
    is_many: bool = False


@dataclass(frozen=True)
class Indicator:
    """What one indicator is; a row of the `indicator` table."""

    indicator_id: str
    name: str
    unit: str
    polarity: Literal["higher_is_worse", "higher_is_better", "neutral"]
    domain: str
    period: str
    definition: str
    caveat: str = ""
    decimals: int = 1


@dataclass(frozen=True)
class SourceSpec:
    """One published source.

    Parameters
    ----------
    expected_rows, tolerance
        Rows that a whole edition has, and the share by which a new edition may differ; 0 rows means "do not check".
    is_required
        Whether a build stops without it; an optional source leaves its indicators out and says so.
    without
        What is done without it, in a sentence, where something stands in for an optional source.
    """

    source_id: str
    title: str
    publisher: str
    page: str
    licence: str
    attribution: str
    edition: str
    geography: str
    cadence: str
    files: tuple[FileSpec, ...]
    expected_rows: int
    tolerance: float = 0.0
    is_required: bool = True
    note: str = ""
    without: str = ""
    indicators: tuple[Indicator, ...] = field(default=())


Read = Callable[[duckdb.DuckDBPyConnection, SourceSpec, Sequence[Path], SourceProgress], int]
Tidy = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True)
class Source:
    """A spec with its two steps.

    `read(con, spec, paths, progress)` checks the files and lands them, typed, in a table `read_<source_id>`; it
    returns the rows read (of the publisher's file). The spec is handed over, rather than taken from the module, so
    that the made-up demo can be read with `expected_rows=0`. `tidy(con)` inserts from there into the staging tables
    of `etl/tables/staging.py`.
    """

    spec: SourceSpec
    read: Read
    tidy: Tidy
