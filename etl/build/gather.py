"""Bring every source in: acquire its files, read and check them, tidy them into the staging tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from etl.build.request import LoadRequest, Provenance
from etl.build.unknown_codes import refuse_unknown_codes
from etl.errors import MissingSourceError
from etl.fetch import acquire
from etl.progress import LoadProgress
from etl.register_address import register_url
from etl.settings import Settings
from etl.sources.register import SPEC, read_register
from etl.sources.spec import Source, SourceSpec

# What the neighbourhoods are known from; everything else is read while they are drawn.
PLACES = (
    "lsoa_boundaries",
    "lsoa_centroids",
    "msoa_names",
    "msoa_boundaries",
    "health_lookup",
    "ward_lookup",
    "census_age",
    "rural_urban",
)
DEMO_ONLY = ("demo_assets",)


def part_sources(every: Iterable[Source]) -> tuple[list[Source], list[Source]]:
    """Return the sources that the neighbourhoods are known from, and the others, each in the order given."""
    listed = list(every)
    first = [source for source in listed if source.spec.source_id in PLACES]
    return first, [source for source in listed if source.spec.source_id not in PLACES]


def is_wanted(source: Source, *, request: LoadRequest, register: Provenance) -> bool:
    """Return whether a source is read; the demo's made-up assets are, until they are in its register."""
    return source.spec.source_id not in DEMO_ONLY or (request.is_demo and not register.is_loaded)


def gather_sources(
    con: duckdb.DuckDBPyConnection,
    *,
    sources: Iterable[Source],
    settings: Settings,
    request: LoadRequest,
    progress: LoadProgress,
) -> list[Provenance]:
    """Read sources one after another; an optional one that is missing is left out, and its row says why.

    Raises
    ------
    SourceError
        If a required source is missing, or any file that is there cannot be read as its source says.
    """
    return [_gather(con, source=source, settings=settings, request=request, progress=progress) for source in sources]


def gather_register(
    con: duckdb.DuckDBPyConnection, *, settings: Settings, request: LoadRequest, progress: LoadProgress
) -> Provenance:
    """Read what is published in the register; without one, or with an empty one, its row says why."""
    line = progress.source(SPEC.title)
    read = read_register(con, url=register_url(settings, is_demo=request.is_demo))
    if read.rows is None:
        return _left_out(SPEC, why=read.note)
    line.rows_done(read.rows, read.rows)
    return Provenance(spec=read.spec, sha256=None, retrieved_at=read.retrieved_at, rows=read.rows, note=read.note)


def _gather(
    con: duckdb.DuckDBPyConnection,
    *,
    source: Source,
    settings: Settings,
    request: LoadRequest,
    progress: LoadProgress,
) -> Provenance:
    spec = replace(source.spec, expected_rows=0) if request.is_demo else source.spec
    line = progress.source(spec.title)
    try:
        acquired = acquire(
            spec=spec, settings=settings, mirror=request.mirror, refresh=request.is_refresh, progress=line
        )
    except MissingSourceError as error:
        if spec.is_required:
            raise
        return _left_out(spec, why=f"{error.lacking}.")
    rows = source.read(con, spec, acquired.paths, line)
    refuse_unknown_codes(con, spec=spec, files=acquired.paths)
    source.tidy(con)
    _forget_what_was_read(con)
    line.rows_done(rows, rows)
    return Provenance(
        spec=spec,
        sha256=acquired.sha256,
        retrieved_at=acquired.retrieved_at,
        rows=rows,
        note=spec.note,
    )


def _left_out(spec: SourceSpec, *, why: str) -> Provenance:
    note = f"Left out: {why} {spec.without}".strip()
    return Provenance(spec=spec, sha256=None, retrieved_at=None, rows=None, note=note)


def _forget_what_was_read(con: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables that a source was read into; some have one for each of their files."""
    names = con.execute("SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'read_')").fetchall()
    for (name,) in names:
        con.execute(f"DROP TABLE {name}")
