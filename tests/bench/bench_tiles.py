"""How long the tiles of all neighbourhoods take, beside GEOS's coverage simplification and DuckDB's ST_AsMVT.

`python -m tests.bench.bench_tiles [FOLDER]`: FOLDER is the real data of England (by default ../shared/data). Both get
the same boundaries in memory, thin them by the same tolerances from fine to coarse, and run on one thread.
"""

from __future__ import annotations

import gzip
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from duckdb_extensions import import_extension

from etl import geometry
from etl.geometry.types import Geometries
from etl.progress import SilentSource
from etl.tiles import Layer, build_tiles
from etl.tiles.border_reading import read_borders
from etl.tiles.drawing import trace
from tests.conftest import REAL_DATA

WORLD_M = 40_075_016.685578488
TOLERANCE_PIXELS = {10: 0.5, 9: 0.75, 8: 0.75, 7: 0.75, 6: 1.0, 5: 1.0}
PLAIN = """
WITH shape AS (SELECT id, ST_GeomFromWKB(wkb) AS shape, west, east, north, south FROM areas),
columns AS (SELECT *, unnest(range(floor(west / $size)::INT, floor(east / $size)::INT + 1)) AS x FROM shape),
placed AS (SELECT *, unnest(range(floor(north / $size)::INT, floor(south / $size)::INT + 1)) AS y FROM columns),
cut AS (
  SELECT x, y, id,
    ST_AsMVTGeom(
      shape, ST_Extent(ST_MakeEnvelope(x * $size, y * $size, (x + 1) * $size, (y + 1) * $size)), 4096, 64, true
    ) AS shape
  FROM placed
)
SELECT x, y, ST_AsMVT(struct_pack(shape := shape, id := id), 'lsoa', 4096, 'shape', 'id') FROM cut
WHERE shape IS NOT NULL GROUP BY x, y
"""


def read_areas(folder: Path) -> Geometries:
    """Return the boundaries of all neighbourhoods, EPSG:27700."""
    column = pq.read_table(folder / "geography" / "LSOA_2021_EN_BGC.parquet")["geometry"]
    return geometry.repair(geometry.to_national_grid(shapely.from_wkb(column.to_numpy())))[0]


def build_plainly(areas: Geometries) -> int:
    """Make the same tiles with the libraries' own functions, and return their bytes."""
    con = duckdb.connect()
    import_extension("spatial", con=con)
    con.execute("LOAD spatial")
    con.execute("SET threads = 1")
    thinned, size_b = trace(*read_borders(areas), units=WORLD_M), 0
    for zoom, pixels in TOLERANCE_PIXELS.items():
        size = WORLD_M / 2**zoom
        thinned = shapely.coverage_simplify(thinned, pixels * size / 512)
        west, north, east, south = shapely.bounds(thinned).T
        wkb = pa.array(shapely.to_wkb(thinned).tolist(), pa.binary())
        columns = {"id": np.arange(len(areas)), "wkb": wkb, "west": west, "east": east, "north": north, "south": south}
        con.register("areas", pa.table(columns))
        rows = con.execute(PLAIN, {"size": size}).fetchall()
        size_b += sum(len(gzip.compress(tile, 6, mtime=0)) for _, _, tile in rows)
    return size_b


def main() -> None:
    """Print processor seconds, bytes and the ratio."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL_DATA
    areas = read_areas(folder)
    start = time.process_time()
    tiles = build_tiles({"lsoa": Layer(np.arange(len(areas)), areas)}, progress=SilentSource())
    ours_s = time.process_time() - start
    ours_b = sum(len(tile) for tile in tiles["mvt"].to_pylist())
    start = time.process_time()
    theirs_b = build_plainly(areas)
    theirs_s = time.process_time() - start
    print(  # noqa: T201
        f"{len(areas):,} LSOAs, zooms 5 to 10, processor time: ours {ours_s:.1f} s for {ours_b / 1e6:.1f} MB, "
        f"GEOS and DuckDB {theirs_s:.1f} s for {theirs_b / 1e6:.1f} MB: {theirs_s / ours_s:.1f} times as quick"
    )


if __name__ == "__main__":
    main()
