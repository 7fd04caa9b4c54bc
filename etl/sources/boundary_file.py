"""One boundary file: GeoParquet or GeoJSON in, three plain columns out."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyogrio.errors import DataLayerError, DataSourceError
from pyogrio.raw import read_arrow

from etl.errors import SourceError
from etl.sources.spec import SourceSpec

PARQUET_MAGIC = b"PAR1"


@dataclass(frozen=True)
class BoundaryFile:
    """A file of boundaries and the source that it is of."""

    path: Path
    spec: SourceSpec

    def read(self, *, code: str, name: str = "") -> pa.Table:
        """Return `code` and `name` (text) and `wkb` (well-known binary), a row per feature; no `name` without a column.

        Raises
        ------
        SourceError
            If the file cannot be read, or lacks a column.
        """
        if self.path.is_file() and not self.path.stat().st_size:
            raise refuse(self, "The file is empty")
        try:
            with self.path.open("rb") as file:
                is_parquet = file.read(len(PARQUET_MAGIC)) == PARQUET_MAGIC
            table, geometry = self._read_parquet() if is_parquet else self._read_geojson()
        except (pa.ArrowException, DataLayerError, DataSourceError, OSError, ValueError) as fault:
            what = "The file cannot be read as GeoParquet or GeoJSON; it may be cut short, or another kind of file"
            raise refuse(self, what) from fault
        wanted = {"code": code, "name": name} if name else {"code": code}
        for column in (*wanted.values(), geometry):
            if column not in table.column_names:
                found = ", ".join(table.column_names) or "none"
                raise refuse(self, f"A column is missing; the file has {found}", column=column)
        columns = {ours: self._read_text(table, theirs) for ours, theirs in wanted.items()}
        return pa.table({**columns, "wkb": self._read_wkb(table, geometry)})

    def _read_parquet(self) -> tuple[pa.Table, str]:
        table = pq.read_table(self.path)
        about = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
        if not isinstance(about, dict):
            raise ValueError("what it says of its geometry is no table")
        return table, str(about.get("primary_column", "geometry"))

    def _read_geojson(self) -> tuple[pa.Table, str]:
        with warnings.catch_warnings():
            # A ring that is not closed and the like; the geometry is proved on its own.
            warnings.simplefilter("ignore")
            about, table = read_arrow(self.path)
        return table, str(about["geometry_name"] or "wkb_geometry")

    def _read_text(self, table: pa.Table, column: str) -> pa.ChunkedArray:
        try:
            return table[column].cast(pa.string())
        except pa.ArrowException as fault:
            raise refuse(self, f"The column must be text, and is {table[column].type}", column=column) from fault

    def _read_wkb(self, table: pa.Table, column: str) -> pa.ChunkedArray:
        kind = table.schema.field(column).type
        if not (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
            raise refuse(self, f"Boundaries must be well-known binary (WKB), and are kept as {kind}", column=column)
        return table[column].cast(pa.binary())


def refuse(file: BoundaryFile, what: str, *, feature: int | None = None, column: str | None = None) -> SourceError:
    """Return the refusal of a file; features count from 1."""
    where = f"; it is feature {feature:,} of the file" if feature else ""
    todo = f"Take the file again from {file.spec.page}, in longitude and latitude (EPSG:4326), and load again."
    return SourceError(f"{what}{where}", source_id=file.spec.source_id, file=file.path, column=column, todo=todo)
