"""The real boundaries of England: repaired, dissolved at every level, still fitting together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest
import shapely
from numpy.typing import NDArray

from etl.geometry import (
    check_coverage,
    dissolve,
    faulty_neighbours,
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


@pytest.fixture(scope="module")
def groups(real_data: Path) -> dict[str, NDArray[Any]]:
    health = pc.read_csv(real_data / "geography" / "LSOA21_SICBL24_ICB24_LAD24_EN_LU.csv").sort_by("LSOA21CD")
    wards = pc.read_csv(real_data / "geography" / "LSOA21_WD24_LAD24_EN_LU.csv").sort_by("LSOA21CD")
    names = pq.read_table(real_data / "geography" / "LSOA_2021_EN_BGC.parquet").sort_by("LSOA21CD")["LSOA21NM"]
    columns = {
        "msoa": [name[:-1] for name in names.to_pylist()],
        "ward": wards["WD24CD"].to_pylist(),
        "lad": health["LAD24CD"].to_pylist(),
        "sicbl": health["SICBL24CD"].to_pylist(),
        "icb": health["ICB24CD"].to_pylist(),
    }
    return {level: np.array(codes, dtype=object) for level, codes in columns.items()}


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


@pytest.mark.parametrize(
    ("level", "count"), [("msoa", 6_856), ("ward", 6_784), ("lad", 296), ("sicbl", 106), ("icb", 42)]
)
def test_dissolved_areas_fit_together_and_cover_england(
    lsoas: Areas, groups: dict[str, NDArray[Any]], level: str, count: int
) -> None:
    geometries, _ = lsoas
    dissolved = np.array(list(dissolve(geometries, groups[level]).values()), dtype=object)
    assert len(dissolved) == count
    assert shapely.is_valid(dissolved).all()
    assert shapely.coverage_is_valid(dissolved)
    assert len(faulty_neighbours(dissolved)) == 0
    assert np.isclose(shapely.area(dissolved).sum(), shapely.area(geometries).sum(), rtol=1e-12)


def test_dissolved_msoas_are_as_large_as_the_published_ones(
    lsoas: Areas, groups: dict[str, NDArray[Any]], real_data: Path
) -> None:
    dissolved = dissolve(lsoas[0], groups["msoa"])
    table = pq.read_table(real_data / "geography" / "MSOA_2021_EN_BGC.parquet")
    published, _ = repair(to_national_grid(shapely.from_wkb(table["geometry"].to_numpy())))
    ours = np.array([dissolved[name] for name in table["MSOA21NM"].to_pylist()], dtype=object)
    assert np.abs(shapely.area(ours) / shapely.area(published) - 1).max() < 0.01


def test_every_neighbourhood_holds_the_point_that_stands_for_it(lsoas: Areas) -> None:
    geometries, codes = lsoas
    points = points_on_surface(geometries)
    assert (place_points(points[:, 0], points[:, 1], geometries, codes) == codes).all()
