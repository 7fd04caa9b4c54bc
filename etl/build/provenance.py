"""Write down where everything came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

from etl.build.places import ENGLAND
from etl.build.request import LoadRequest, Provenance
from etl.build.scores import OWN_SOURCE

OWN = (
    OWN_SOURCE,
    "Scores computed by Common Ground",
    "Common Ground",
    "this build",
    "Open Government Licence v3.0 (inputs)",
    "Scores computed by Common Ground from the sources listed with it",
    "docs/methods.md",
)


def store_sources(con: duckdb.DuckDBPyConnection, provenance: Sequence[Provenance]) -> None:
    """Fill `source`: one row per source, those left out included, and one for what is computed here."""
    rows: list[tuple[object, ...]] = [_row(each) for each in provenance]
    rows.append((*OWN, None, None, None, "loaded", "Recipes, ranks and the left-behind flag."))
    con.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _row(each: Provenance) -> tuple[object, ...]:
    spec = each.spec
    retrieved_at = each.retrieved_at.replace(tzinfo=None) if each.retrieved_at else None
    status = "loaded" if each.is_loaded else "left_out"
    described = (spec.source_id, spec.title, spec.publisher, spec.edition, spec.licence, spec.attribution, spec.page)
    return (*described, each.sha256, retrieved_at, each.rows, status, each.note)


def store_build(
    con: duckdb.DuckDBPyConnection, *, build_id: str, built_at: datetime, version: str, request: LoadRequest
) -> None:
    """Fill the one row of `build`."""
    area = "england" if request.area == ENGLAND else request.area
    named = con.execute("SELECT name FROM area WHERE area_code = $code", {"code": area}).fetchone()
    area_name = "England" if area == "england" else (named[0] if named else "A list of neighbourhoods")
    row = [build_id, built_at.replace(tzinfo=None), version, area if named else _list_name(area), area_name]
    con.execute("INSERT INTO build VALUES (?, ?, ?, ?, ?, ?, ?)", [*row, request.is_demo, request.vintage])


def _list_name(area: str) -> str:
    return area if area == "england" else "list"
