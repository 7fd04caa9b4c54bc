"""The real boundaries of England: repaired, fitting together, dissolved into what is published.

That every level of the warehouse fits together is tested where all of England is loaded (`test_england.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from numpy.typing import NDArray

from etl.geometry import (
    check_coverage,
    dissolve,
    place_points,
    points_on_surface,
    repair,
    to_national_grid,
)
from etl.progress import SilentSource
from etl.sources import lsoa_boundaries, msoa_boundaries

pytestmark = pytest.mark.england

Areas = tuple[NDArray[Any], NDArray[Any]]


@pytest.fixture(scope="module")
def lsoas(real_data: Path) -> Areas:
    table = pq.read_table(real_data / "geography" / "LSOA_2021_EN_BGC.parquet").sort_by("LSOA21CD")
    grid = to_national_grid(shapely.from_wkb(table["geometry"].to_numpy()))
    repaired, is_repaired = repair(grid)
    assert is_repaired.sum() == 7
    return repaired, np.array(table["LSOA21CD"].to_pylist(), dtype=object)


def test_both_boundary_files_are_read_whole(real_data: Path) -> None:
    with duckdb.connect() as con:
        for source, name, rows in (
            (lsoa_boundaries.SOURCE, "LSOA_2021_EN_BGC.parquet", 33_755),
            (msoa_boundaries.SOURCE, "MSOA_2021_EN_BGC.parquet", 6_856),
        ):
            assert source.read(con, source.spec, [real_data / "geography" / name], SilentSource()) == rows


def test_neighbourhoods_fit_together_once_seven_are_repaired(lsoas: Areas) -> None:
    geometries, codes = lsoas
    assert shapely.is_valid(geometries).all()
    assert shapely.coverage_is_valid(geometries)
    _, changed = check_coverage(geometries, codes, source_id="lsoa_boundaries")
    assert len(changed) == 0


def test_dissolved_msoas_are_as_large_as_the_published_ones(lsoas: Areas, real_data: Path) -> None:
    names = pq.read_table(real_data / "geography" / "LSOA_2021_EN_BGC.parquet").sort_by("LSOA21CD")["LSOA21NM"]
    dissolved = dissolve(lsoas[0], np.array([name[:-1] for name in names.to_pylist()], dtype=object))
    table = pq.read_table(real_data / "geography" / "MSOA_2021_EN_BGC.parquet")
    published, _ = repair(to_national_grid(shapely.from_wkb(table["geometry"].to_numpy())))
    ours = np.array([dissolved[name] for name in table["MSOA21NM"].to_pylist()], dtype=object)
    assert np.abs(shapely.area(ours) / shapely.area(published) - 1).max() < 0.01


def test_every_neighbourhood_holds_the_point_that_stands_for_it(lsoas: Areas) -> None:
    geometries, codes = lsoas
    points = points_on_surface(geometries)
    assert (place_points(points[:, 0], points[:, 1], geometries, codes) == codes).all()
