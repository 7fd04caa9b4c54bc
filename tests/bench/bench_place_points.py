"""How long a million postcodes take to be placed in their neighbourhoods, beside GeoPandas' spatial join.

`python -m tests.bench.bench_place_points [FOLDER]`: FOLDER is the real data of England (by default ../shared/data).
Both get the same points and boundaries in memory; the answers must be the same.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from etl import geometry

POINTS = 1_000_000
ENGLAND = "E92000001"
REAL_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@dataclass(frozen=True)
class Inputs:
    """A million real postcodes (metres) and all neighbourhoods of England."""

    easting: NDArray[np.float64]
    northing: NDArray[np.float64]
    geometries: NDArray[Any]
    codes: NDArray[Any]


@dataclass(frozen=True)
class Result:
    """Seconds of ours and of GeoPandas' quicker predicate, and how many points both place alike."""

    ours_s: float
    geopandas_s: float
    points: int
    placed_alike: int

    @property
    def ratio(self) -> float:
        """Ours over theirs: below 1 is faster."""
        return self.ours_s / self.geopandas_s


def read_inputs(folder: Path, *, points: int = POINTS) -> Inputs:
    """Read OS Code-Point Open and the ONS boundaries; the points are drawn with a fixed seed."""
    with zipfile.ZipFile(folder / "postcodes" / "codepo_gb.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("Data/CSV/") and name.endswith(".csv")]
        frames = [pd.read_csv(io.BytesIO(archive.read(name)), header=None, usecols=[2, 3, 4]) for name in names]
    postcodes = pd.concat(frames)
    postcodes = postcodes[(postcodes[4] == ENGLAND) & (postcodes[2] > 0)]
    drawn = postcodes.sample(points, replace=len(postcodes) < points, random_state=1)
    table = pq.read_table(folder / "geography" / "LSOA_2021_EN_BGC.parquet")
    geometries, _ = geometry.repair(geometry.to_national_grid(shapely.from_wkb(table["geometry"].to_numpy())))
    return Inputs(
        easting=drawn[2].to_numpy(np.float64),
        northing=drawn[3].to_numpy(np.float64),
        geometries=geometries,
        codes=np.array(table["LSOA21CD"].to_pylist(), dtype=object),
    )


def place_with_ours(inputs: Inputs) -> NDArray[Any]:
    """Place the points as the load does."""
    return geometry.place_points(inputs.easting, inputs.northing, inputs.geometries, inputs.codes)


def join_with_geopandas(inputs: Inputs, *, predicate: str) -> NDArray[Any]:
    """Place the points with `geopandas.sjoin`; of the areas that a point touches, the first by code."""
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(inputs.easting, inputs.northing, crs=27700))
    areas = gpd.GeoDataFrame({"code": inputs.codes}, geometry=inputs.geometries, crs=27700)
    joined = gpd.sjoin(points, areas, how="left", predicate=predicate)["code"]
    first = joined.astype(object).where(joined.notna(), None)
    if not joined.index.is_unique:
        first = first.groupby(level=0).min()
    return np.asarray(first.to_numpy())


def compare(inputs: Inputs) -> Result:
    """Run ours and GeoPandas, each on boundaries that nothing has prepared.

    GeoPandas is timed with both predicates that answer the question and the quicker one counts; `within` leaves points
    on a border out, so the answers are compared with those of `intersects`.
    """
    ours, ours_s = _time(place_with_ours, inputs)
    theirs, intersects_s = _time(lambda fresh: join_with_geopandas(fresh, predicate="intersects"), inputs)
    _, within_s = _time(lambda fresh: join_with_geopandas(fresh, predicate="within"), inputs)
    alike = int(sum(a == b for a, b in zip(ours, theirs, strict=True)))
    return Result(ours_s=ours_s, geopandas_s=min(intersects_s, within_s), points=len(ours), placed_alike=alike)


def _time(place: Callable[[Inputs], NDArray[Any]], inputs: Inputs) -> tuple[NDArray[Any], float]:
    fresh = replace(inputs, geometries=shapely.from_wkb(shapely.to_wkb(inputs.geometries)))
    start = time.perf_counter()
    placed = place(fresh)
    return placed, time.perf_counter() - start


def main() -> None:
    """Print seconds and the ratio."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL_DATA
    if not folder.is_dir():
        sys.exit(f"The real data of England is needed, and {folder} is not there.")
    result = compare(read_inputs(folder))
    print(  # noqa: T201
        f"{result.points:,} points in 33,755 LSOAs: ours {result.ours_s:.2f} s, geopandas.sjoin "
        f"{result.geopandas_s:.2f} s, ratio {result.ratio:.2f}; {result.placed_alike:,} placed alike"
    )


if __name__ == "__main__":
    main()
