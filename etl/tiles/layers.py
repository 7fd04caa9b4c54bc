"""Vector tiles of every level, from the coverages of England to rows of the `tile` table."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np
import pyarrow as pa
import shapely

from etl.geometry.types import Geometries, IntArray
from etl.progress import SourceProgress
from etl.tiles.border_reading import read_borders
from etl.tiles.borders import Borders
from etl.tiles.cutting import cut
from etl.tiles.drawing import draw
from etl.tiles.mvt import encode_tiles

LAST_ZOOM = 10
FINE_ABOVE = 6
THREADS = 2
TILE_PIXELS = 512
GZIP_LEVEL = 6

Row = tuple[str, int, int, int, bytes]


@dataclass(frozen=True)
class Layer:
    """One level of areas.

    Parameters
    ----------
    feature_ids
        Number that each area has in the tiles, shape (n,).
    geometries
        Polygons and multipolygons in EPSG:27700 that form a valid coverage, shape (n,).
    first_zoom
        Zoom of its coarsest tiles, where the world is one tile at 0.
    """

    feature_ids: IntArray
    geometries: Geometries
    first_zoom: int = 5

    @property
    def zooms(self) -> range:
        """Zooms it has tiles for, finest first, because each is made from the one before."""
        return range(LAST_ZOOM, self.first_zoom - 1, -1)


@dataclass(frozen=True)
class _Grid:
    """How finely a zoom is drawn: the last one most, because it is looked at enlarged; small ones for few bytes."""

    zoom: int

    @property
    def extent(self) -> int:
        """Width of a tile, in units."""
        return 4096 if self.zoom > FINE_ABOVE else 2048

    @property
    def tolerance(self) -> float:
        """Tolerance of thinning, in units."""
        pixels = 0.5 if self.zoom == LAST_ZOOM else 0.75 if self.zoom > FINE_ABOVE else 1.0
        return pixels * self.extent / TILE_PIXELS

    @property
    def units(self) -> float:
        """Units to the world's width."""
        return float(self.extent << self.zoom)


class _Counter:
    """Adds up what several threads have done."""

    def __init__(self, progress: SourceProgress, *, total: int) -> None:
        self._progress, self._total, self._done, self._lock = progress, total, 0, Lock()

    def add(self, rows: int) -> None:
        with self._lock:
            self._done += rows
            self._progress.rows_done(self._done, self._total)


def build_tiles(layers: Mapping[str, Layer], *, progress: SourceProgress) -> pa.Table:
    """Return the rows of the `tile` table, in order of layer, zoom, column and row.

    The same layers give the same bytes. Every area is in the tiles of every zoom: one that is too small for the grid
    is drawn as the smallest triangle there is.

    Parameters
    ----------
    layers
        By name; the name is the layer's name inside its tiles too.
    progress
        Told how many areas have been drawn, of how many, each zoom counting anew.
    """
    counter = _Counter(progress, total=sum(len(layer.feature_ids) * len(layer.zooms) for layer in layers.values()))
    largest_first = sorted(layers, key=lambda name: -len(layers[name].feature_ids))
    with ThreadPoolExecutor(THREADS) as threads:
        built = threads.map(lambda name: list(_build_layer(layers[name], name=name, counter=counter)), largest_first)
        rows = sorted(row for layer_rows in built for row in layer_rows)
    types = {"layer": pa.string(), "z": pa.int32(), "x": pa.int32(), "y": pa.int32(), "mvt": pa.binary()}
    columns = zip(*rows, strict=True) if rows else [()] * len(types)
    return pa.table({name: pa.array(column, types[name]) for name, column in zip(types, columns, strict=True)})


def _build_layer(layer: Layer, *, name: str, counter: _Counter) -> Iterator[Row]:
    if not len(layer.geometries):
        return
    borders, rings = read_borders(layer.geometries)
    for zoom in layer.zooms:
        grid = _Grid(zoom)
        borders, areas = draw(borders, rings, tolerance=grid.tolerance, units=grid.units)
        is_lost = shapely.is_empty(areas)
        areas[is_lost] = _specks(borders, rings.first_vertex[is_lost], units=grid.units)
        pieces = cut(areas, feature_ids=layer.feature_ids, extent=grid.extent)
        for column, row, mvt in encode_tiles(pieces, layer=name, extent=grid.extent):
            yield name, zoom, column, row, gzip.compress(mvt, GZIP_LEVEL, mtime=0)
        counter.add(len(layer.feature_ids))


def _specks(borders: Borders, vertex: IntArray, *, units: float) -> Geometries:
    """Return the smallest triangle at each of those vertices, shape (k,)."""
    corner = np.rint(np.column_stack((borders.x[vertex], borders.y[vertex])) * units)
    return np.asarray(shapely.polygons(corner[:, None] + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])))
