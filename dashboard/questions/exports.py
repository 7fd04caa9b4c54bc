"""May I have it? Whole tables as files that a spreadsheet or a mapping program opens, made when asked for."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import geopandas as gpd
import shapely
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression, StarExpression

from dashboard.csv_text import FORMULA_START
from dashboard.questions.asking import Questions
from etl.tables import TABLES, Table
from etl.tables.support import ASSET

BRITISH_NATIONAL_GRID = "EPSG:27700"
GEOMETRY, BLOB, TEXT = "GEOMETRY", "BLOB", "VARCHAR"


@dataclass(frozen=True)
class ExportableTable:
    """A warehouse table that can be taken away."""

    name: str
    grain: str
    rows: int
    has_geometry: bool


class ExportQuestions(Questions):
    """Questions that are answered with a file."""

    @cached_property
    def exportable_tables(self) -> dict[str, ExportableTable]:
        """Return the tables that hold something, by name.

        Map tiles are drawings and not among them. Nor are community assets: what was withdrawn since the load must not
        be had here, so they are taken from the register.
        """
        tables = {}
        for name, table in _exportable().items():
            rows = len(self.warehouse.table(name))
            if rows:
                tables[name] = ExportableTable(
                    name=name, grain=table.grain, rows=rows, has_geometry=bool(_columns_of(table, GEOMETRY))
                )
        return tables

    def export_csv(self, name: str) -> bytes:
        """Return a table as CSV, its boundaries left out and its text safe to open in a spreadsheet."""
        table = _exportable()[name]
        columns = [
            _as_cell(column.name, is_text=column.type == TEXT) for column in table.columns if column.type != GEOMETRY
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.csv"
            self.warehouse.table(name).select(*columns).write_csv(str(path))
            return path.read_bytes()

    def export_geoparquet(self, name: str) -> bytes:
        """Return a table with boundaries as GeoParquet in the British National Grid."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.parquet"
            self._read_shapes(name).to_parquet(path)
            return path.read_bytes()

    def export_geopackage(self, name: str) -> bytes:
        """Return a table with boundaries as a GeoPackage in the British National Grid."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.gpkg"
            self._read_shapes(name).to_file(path, layer=name, driver="GPKG", engine="pyogrio")
            return path.read_bytes()

    def _read_shapes(self, name: str) -> gpd.GeoDataFrame:
        (column,) = _columns_of(_exportable()[name], GEOMETRY)
        drawn = self.warehouse.table(name).filter(ColumnExpression(column).isnotnull())
        frame = drawn.select(
            StarExpression(exclude=[column]), FunctionExpression("ST_AsWKB", ColumnExpression(column)).alias(column)
        ).df()
        shapes = shapely.from_wkb([bytes(wkb) for wkb in frame.pop(column)])
        return gpd.GeoDataFrame(frame, geometry=shapes, crs=BRITISH_NATIONAL_GRID)


def _exportable() -> dict[str, Table]:
    return {table.name: table for table in TABLES if table is not ASSET and not _columns_of(table, BLOB)}


def _columns_of(table: Table, column_type: str) -> list[str]:
    return [column.name for column in table.columns if column.type == column_type]


def _as_cell(name: str, *, is_text: bool) -> duckdb.Expression:
    if not is_text:
        return ColumnExpression(name)
    # The same rule as `csv_text.safe_cell`, for whole columns at once.
    return FunctionExpression(
        "regexp_replace", ColumnExpression(name), ConstantExpression(f"^({FORMULA_START})"), ConstantExpression("'\\1")
    ).alias(name)
