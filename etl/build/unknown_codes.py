"""The check that a source tells of the neighbourhoods we know, and of no others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from etl.sources.reading import check_known_codes
from etl.sources.spec import SourceSpec

# Where the codes of each census are known from, first choice first; each has them in its first column.
KNOWN = {"lsoa21_code": ("place", "staged_boundary"), "lsoa11_code": ("staged_pair",)}


def refuse_unknown_codes(con: duckdb.DuckDBPyConnection, *, spec: SourceSpec, files: Sequence[Path]) -> None:
    """Refuse what a source has read if it names a neighbourhood that is not one of ours.

    A source may have read several tables, a look-up of its own among them. Nothing is checked while the neighbourhoods
    themselves are not known yet.

    Raises
    ------
    SourceError
        If a code is unknown; the message names the first, and its row.
    """
    filled = {
        name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE estimated_size > 0").fetchall()
    }
    for table in sorted(name for name in filled if name.startswith("read_")):
        for column in set(KNOWN).intersection(con.table(table).columns):
            known = next((name for name in KNOWN[column] if name in filled), None)
            if known is not None:
                check_known_codes(
                    con, table=table, column=column, known_table=known, source_id=spec.source_id, files=files
                )
