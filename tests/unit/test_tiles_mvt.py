"""Encoding: byte for byte what the specification's own examples say."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from etl.tiles.cutting import Pieces, cut
from etl.tiles.drawing import snap
from etl.tiles.mvt import encode_tiles
from tests.mvt import read_tile


def pieces_of(*shapes: shapely.Geometry, feature: tuple[int, ...]) -> Pieces:
    zero = np.zeros(len(shapes), dtype=np.int64)
    return Pieces(column=zero, row=zero, feature=np.array(feature), shape=np.array(shapes, dtype=object))


def geometry_of(tile: bytes, *, length: int) -> list[int]:
    """Return the geometry of a tile of one feature: the bytes before the layer's extent."""
    return list(tile[-3 - length : -3])


def test_the_example_of_a_polygon_is_encoded_as_the_specification_shows() -> None:
    triangle = shapely.Polygon([(3, 6), (8, 12), (20, 34)])
    ((_, _, tile),) = encode_tiles(pieces_of(triangle, feature=(1,)), layer="lsoa", extent=4096)
    assert geometry_of(tile, length=9) == [9, 6, 12, 18, 10, 12, 24, 44, 15]


def test_the_example_of_a_multipolygon_with_a_hole_is_encoded_as_the_specification_shows() -> None:
    square = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)])
    holed = shapely.Polygon([(11, 11), (20, 11), (20, 20), (11, 20)], [[(13, 13), (13, 17), (17, 17), (17, 13)]])
    ((_, _, tile),) = encode_tiles(
        pieces_of(shapely.MultiPolygon([square, holed]), feature=(7,)), layer="lsoa", extent=4096
    )
    expected = "9 0 0 26 20 0 0 20 19 0 15 9 22 2 26 18 0 0 18 17 0 15 9 4 13 26 0 8 8 0 0 7 15"
    assert geometry_of(tile, length=33) == [int(number) for number in expected.split()]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_outer_rings_have_a_positive_area_and_holes_a_negative_one(*, is_reversed: bool) -> None:
    outer, hole = [(0, 0), (40, 0), (40, 40), (0, 40)], [(10, 10), (20, 10), (20, 20), (10, 20)]
    polygon = shapely.Polygon(outer[::-1], [hole[::-1]]) if is_reversed else shapely.Polygon(outer, [hole])
    ((_, _, tile),) = encode_tiles(pieces_of(polygon, feature=(5,)), layer="lad", extent=2048)
    name, extent, features = read_tile(tile)
    assert (name, extent) == ("lad", 2048)
    # The reader starts a new polygon at every ring of positive area.
    assert [len(rings) for rings in features[5]] == [2]


@pytest.mark.parametrize("number", [0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 33_754, 2**28, 2**31 - 1])
def test_feature_ids_of_every_length_come_back(number: int) -> None:
    triangle = shapely.Polygon([(0, 0), (4000, -64), (-64, 4160)])
    ((_, _, tile),) = encode_tiles(pieces_of(triangle, feature=(number,)), layer="msoa", extent=4096)
    assert read_tile(tile)[2] == {number: [[[(0, 0), (4000, -64), (-64, 4160)]]]}


def test_every_tile_holds_its_own_features_only() -> None:
    boxes = np.array([shapely.box(x, 10, x + 100, 200) for x in (100, 5000, 9000)])
    tiles = {
        (c, r): tile
        for c, r, tile in encode_tiles(
            cut(boxes, feature_ids=np.array([4, 5, 6]), extent=4096), layer="ward", extent=4096
        )
    }
    assert {place: set(read_tile(tile)[2]) for place, tile in tiles.items() if place[1] == 0} == {
        (0, 0): {4},
        (1, 0): {5},
        (2, 0): {6},
    }


def test_no_pieces_make_no_tiles() -> None:
    assert list(encode_tiles(pieces_of(feature=()), layer="lsoa", extent=4096)) == []


def test_an_area_across_a_tile_edge_is_in_both_tiles_with_a_margin_of_eight_pixels() -> None:
    across = np.array([shapely.box(4000, 1000, 4200, 1100)])
    west, east = (shapely.bounds(p) for p in cut(across, feature_ids=np.array([0]), extent=4096).shape)
    np.testing.assert_array_equal(west, [4000, 1000, 4160, 1100])
    np.testing.assert_array_equal(east, [-64, 1000, 104, 1100])


def test_an_area_in_a_neighbours_margin_alone_is_drawn_there_too() -> None:
    near_corner = np.array([shapely.box(4060, 4060, 4090, 4090)])
    pieces = cut(near_corner, feature_ids=np.array([0]), extent=4096)
    assert list(zip(pieces.column.tolist(), pieces.row.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_the_two_tips_of_a_crescent_are_one_feature_of_two_polygons() -> None:
    spine, upper, lower = (
        shapely.box(4300, 0, 5000, 140),
        shapely.box(4000, 0, 4300, 50),
        shapely.box(4000, 90, 4300, 140),
    )
    crescent = shapely.union_all([spine, upper, lower])
    areas = np.array([shapely.transform(crescent, lambda xy: xy + np.array([0, 1000]))])
    west, east = cut(areas, feature_ids=np.array([3]), extent=4096).shape
    assert [shapely.get_num_geometries(west), shapely.get_num_geometries(east)] == [2, 1]


def test_rounding_that_ties_a_knot_is_undone() -> None:
    # The neck is narrower than a unit: on whole numbers it would be a line, so that two pieces are left.
    neck = shapely.Polygon(
        [
            (0, 0),
            (10, 0),
            (10, 4.9),
            (20, 4.9),
            (20, 0),
            (30, 0),
            (30, 10),
            (20, 10),
            (20, 5.1),
            (10, 5.1),
            (10, 10),
            (0, 10),
        ]
    )
    (mended,) = snap(np.array([neck]))
    assert mended.is_valid
    assert [part.area for part in mended.geoms] == [100, 100]


def test_what_has_no_area_on_the_grid_is_empty() -> None:
    tiny = shapely.box(0.1, 0.1, 0.3, 0.3)
    assert shapely.is_empty(snap(np.array([tiny, shapely.box(0, 0, 5, 5)]))).tolist() == [True, False]
