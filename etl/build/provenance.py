"""Write down where everything came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import duckdb

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
    area, area_name = _name_area(con, request=request)
    row = [build_id, built_at.replace(tzinfo=None), version, area, area_name, request.is_demo, request.vintage]
    con.execute("INSERT INTO build VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _name_area(con: duckdb.DuckDBPyConnection, *, request: LoadRequest) -> tuple[str, str]:
    """Return the code of what is drawn, or what stands for one, and its name."""
    if request.is_whole:
        return "england", "England"
    named = con.execute("SELECT area_code, name FROM area WHERE area_code = $code", {"code": request.code}).fetchone()
    return (str(named[0]), str(named[1])) if named else ("list", "A list of neighbourhoods")
