"""The table-reading core: a publisher's file in, a typed and checked DuckDB table out, or one clear refusal."""

from __future__ import annotations

from etl.sources.reading.known import check_known_codes
from etl.sources.reading.landing import land, paths_of, read_with
from etl.sources.reading.layout import LSOA11, LSOA21, MSOA21, Column, Layout

__all__ = ["LSOA11", "LSOA21", "MSOA21", "Column", "Layout", "check_known_codes", "land", "paths_of", "read_with"]
