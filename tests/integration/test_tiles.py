"""Tiles of real neighbourhoods, read back by a reader that is not ours (GDAL's)."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from etl import geometry
from etl.geometry.types import FloatArray, Geometries
from etl.progress import SilentSource
from etl.publish import current_snapshot
from etl.settings import Settings
from etl.tiles import Layer, build_tiles
from etl.tiles.border_reading import read_borders
from etl.tiles.drawing import trace
from tests.mvt import read_tile

EXTENTS = {4: 2048, 5: 2048, 6: 2048, 7: 4096, 8: 4096, 9: 4096, 10: 4096}


@pytest.fixture(scope="module")
def manchester(real_data: Path) -> Geometries:
    """Return the neighbourhoods of Manchester and of Cornwall and Scilly: dense ones, and a coast full of islets."""
    table = pq.read_table(real_data / "geography" / "LSOA_2021_EN_BGC.parquet", columns=["LSOA21NM", "geometry"])
    chosen = [
        name.startswith(("Manchester ", "Cornwall ", "Isles of Scilly")) for name in table["LSOA21NM"].to_pylist()
    ]
    degrees = shapely.from_wkb(np.array(table.filter(pa.array(chosen))["geometry"].to_pylist(), dtype=object))
    return geometry.repair(geometry.to_national_grid(degrees))[0]


@pytest.fixture(scope="module")
def tiles(manchester: Geometries) -> pa.Table:
    layers = {
        "lsoa": Layer(np.arange(len(manchester)), manchester),
        "icb": Layer(np.array([9]), np.array([shapely.coverage_union_all(manchester)]), first_zoom=4),
    }
    return build_tiles(layers, progress=SilentSource())


def test_layers_have_tiles_at_their_own_zooms(tiles: pa.Table) -> None:
    places = tiles.to_pandas().groupby("layer")["z"].unique().map(list).to_dict()
    assert places == {"icb": list(range(4, 11)), "lsoa": list(range(5, 11))}


def test_rows_are_in_order_of_the_key_of_their_table(tiles: pa.Table) -> None:
    keys = list(zip(*(tiles[name].to_pylist() for name in ("layer", "z", "x", "y")), strict=True))
    assert keys == sorted(set(keys))


def areas_by_gdal(tiles: pa.Table, *, layer: str, zoom: int, features: int) -> FloatArray:
    """Return each feature's area in units, over the tiles proper."""
    total = np.zeros(features)
    frame = shapely.box(0, 0, EXTENTS[zoom], EXTENTS[zoom])
    for row in tiles.to_pylist():
        if (row["layer"], row["z"]) == (layer, zoom):
            found = pyogrio.read_dataframe(gzip.decompress(row["mvt"]), layer=layer, CLIP="NO")
            shapes = found.geometry.to_numpy()
            assert shapely.is_valid(shapes).all()
            np.add.at(total, found["mvt_id"].to_numpy(), shapely.area(shapely.intersection(shapes, frame)))
    return total


@pytest.mark.parametrize("zoom", range(5, 11))
def test_gdal_reads_every_neighbourhood_at_its_true_size(manchester: Geometries, tiles: pa.Table, zoom: int) -> None:
    exact = trace(*read_borders(manchester), units=float(EXTENTS[zoom] << zoom))
    area, around = shapely.area(exact), shapely.length(exact)
    drawn = areas_by_gdal(tiles, layer="lsoa", zoom=zoom, features=len(manchester))
    assert (drawn > 0).all()
    # The coarsest zooms lose creeks and islets.
    assert drawn.sum() == pytest.approx(area.sum(), rel=0.02)
    # A border of that length, moved by two units all along, would enclose so much more or less.
    assert (np.abs(drawn - area) <= 2 * around).all()


def test_an_outer_border_lies_on_the_borders_of_its_neighbourhoods(tiles: pa.Table, manchester: Geometries) -> None:
    whole = areas_by_gdal(tiles, layer="icb", zoom=10, features=10)[9]
    parts = areas_by_gdal(tiles, layer="lsoa", zoom=10, features=len(manchester))
    assert whole == pytest.approx(parts.sum(), rel=1e-3)


@pytest.mark.england
def test_every_area_of_england_is_in_the_coarsest_tiles(england_settings: Settings) -> None:
    with duckdb.connect(str(current_snapshot(england_settings)), read_only=True) as con:
        coarsest = con.execute("SELECT layer, mvt FROM tile WHERE z = if(layer IN ('icb', 'sicbl', 'lad'), 4, 5)")
        drawn: dict[str, set[int]] = {}
        for layer, mvt in coarsest.fetchall():
            drawn.setdefault(layer, set()).update(read_tile(gzip.decompress(mvt))[2])
        areas = con.execute("SELECT area_type, count(*) FROM area WHERE area_type <> 'england' GROUP BY ALL").fetchall()
    assert {layer: set(range(count)) for layer, count in areas} == drawn


@pytest.mark.england
def test_all_of_england_takes_less_than_half_a_megabyte_to_show(england_settings: Settings) -> None:
    with duckdb.connect(str(current_snapshot(england_settings)), read_only=True) as con:
        size = con.execute("SELECT sum(octet_length(mvt)) FROM tile WHERE layer = 'lsoa' AND z = 5").fetchall()[0][0]
    assert size < 500_000
