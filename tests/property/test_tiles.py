"""Vector tiles of any coverage: nothing lost, nothing doubled, neighbours still neighbours."""

from __future__ import annotations

import gzip
from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.geometry.types import FloatArray, Geometries
from etl.progress import SilentSource
from etl.tiles import Layer, build_tiles
from etl.tiles.border_reading import read_borders
from etl.tiles.cutting import clip
from etl.tiles.drawing import trace
from tests.coverages import awkward_coverage
from tests.mvt import Polygon, read_tile

# From cells of a third of a pixel to cells of many tiles' size.
CELLS = st.sampled_from([60.0, 150.0, 400.0, 1500.0, 6000.0, 20_000.0])
SEEDS = st.integers(0, 10_000)
UNITS_OF_PIXEL = {5: 4, 6: 4, 7: 8, 8: 8, 9: 8, 10: 8}

Read = dict[int, dict[tuple[int, int], dict[int, Geometries]]]


def build(areas: Geometries) -> pa.Table:
    return build_tiles({"lsoa": Layer(np.arange(len(areas)), areas)}, progress=SilentSource())


def read(tiles: pa.Table) -> Read:
    """Return each tile's features by zoom and place, cut at the edge of the tile proper."""
    found: Read = defaultdict(dict)
    for tile in tiles.to_pylist():
        _, extent, features = read_tile(gzip.decompress(tile["mvt"]))
        assert extent == 512 * UNITS_OF_PIXEL[tile["z"]]
        frame = shapely.box(0, 0, extent, extent)
        shapes = {number: as_shape(polygons) for number, polygons in features.items()}
        found[tile["z"]][tile["x"], tile["y"]] = {
            number: shapely.intersection(shape, frame) for number, shape in shapes.items()
        }
    return found


def as_shape(polygons: list[Polygon]) -> shapely.MultiPolygon:
    shape = shapely.MultiPolygon([shapely.Polygon(rings[0], rings[1:]) for rings in polygons])
    assert shape.is_valid
    return shape


def drawn_area(tiles: dict[tuple[int, int], dict[int, Geometries]], *, areas: int) -> FloatArray:
    total = np.zeros(areas)
    for features in tiles.values():
        for number, shape in features.items():
            total[number] += shape.area
    return total


@settings(max_examples=15)
@given(cell_m=CELLS, seed=SEEDS)
def test_every_area_is_drawn_at_every_zoom_and_is_as_large_as_it_should_be(cell_m: float, seed: int) -> None:
    areas = awkward_coverage(cell_m=cell_m, seed=seed)
    borders, rings = read_borders(areas)
    found = read(build(areas))
    assert sorted(found) == list(range(5, 11))
    for zoom, tiles in found.items():
        units = UNITS_OF_PIXEL[zoom]
        exact = trace(borders, rings, units=float(512 * units << zoom))
        area = shapely.area(exact)
        around = shapely.length(exact)
        drawn = drawn_area(tiles, areas=len(areas))
        assert {number for features in tiles.values() for number in features} == set(range(len(areas)))
        # Thinning moves a border by up to a pixel, rounding by up to half a unit.
        assert (np.abs(drawn - area) <= around * (units + 1) + units**2).all()


@settings(max_examples=15)
@given(cell_m=CELLS, seed=SEEDS)
def test_areas_neither_overlap_nor_leave_gaps(cell_m: float, seed: int) -> None:
    areas = awkward_coverage(cell_m=cell_m, seed=seed)
    for tiles in read(build(areas)).values():
        for features in tiles.values():
            shapes = np.array(list(features.values()), dtype=object)
            together = shapely.union_all(shapes)
            # Only what was mended after rounding may overlap, by less than a unit of area for each area.
            assert shapely.area(shapes).sum() - together.area <= len(areas)
            land = [part for part in shapely.get_parts(together) if part.geom_type == "Polygon"]
            gaps = [shapely.Polygon(hole) for part in land for hole in part.interiors]
            # The lake is the one gap there should be.
            assert sum(sorted(shapely.area(gaps))[:-1]) <= len(areas)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(-4, 14), st.integers(-4, 14)), min_size=3, max_size=8, unique=True))
def test_clipping_leaves_what_lies_in_the_square(corners: list[tuple[int, int]]) -> None:
    # A square of ten units makes borders run through its corners often; where tiles are cut they seldom do.
    area = shapely.Polygon(corners)
    assume(area.is_valid)
    (clipped,) = clip(np.array([area]), low=0, high=10)
    assert clipped.area == pytest.approx(area.intersection(shapely.box(0, 0, 10, 10)).area)
    assert clipped.geom_type in {"Polygon", "MultiPolygon"} or clipped.is_empty


def test_a_border_through_a_corner_of_the_square_is_clipped_like_any_other() -> None:
    area = shapely.Polygon([(-1, 14), (7, 5), (14, 12), (6, 8), (11, 12)])
    (clipped,) = clip(np.array([area]), low=0, high=10)
    assert clipped.area == pytest.approx(area.intersection(shapely.box(0, 0, 10, 10)).area)


def test_an_area_whose_islands_overlap_is_clipped_even_at_a_corner_of_the_square() -> None:
    mainland, islet = shapely.Polygon([(-1, 14), (7, 5), (14, 12), (6, 8), (11, 12)]), shapely.box(5, 6, 9, 9)
    (clipped,) = clip(np.array([shapely.MultiPolygon([mainland, islet])]), low=0, high=10)
    expected = shapely.union(mainland, islet).intersection(shapely.box(0, 0, 10, 10))
    assert clipped.area == pytest.approx(expected.area)


@settings(max_examples=5)
@given(cell_m=CELLS, seed=SEEDS)
def test_the_same_areas_give_the_same_bytes(cell_m: float, seed: int) -> None:
    areas = awkward_coverage(cell_m=cell_m, seed=seed)
    assert build(areas).equals(build(areas.copy()))


def test_a_level_with_nothing_to_draw_has_no_tiles() -> None:
    assert build(np.array([], dtype=object)).num_rows == 0
