"""Projection, repair, coverage and points, on shapes small enough to draw by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from etl.errors import SourceError
from etl.geometry import (
    check_coverage,
    dissolve,
    faulty_neighbours,
    group_boxes,
    place_points,
    repair,
    to_national_grid,
)
from etl.geometry import points as points_module
from etl.geometry.types import Geometries

CODES = np.array([f"E0100000{n}" for n in range(1, 5)], dtype=object)


def array(*geometries: shapely.Geometry) -> Geometries:
    return np.array(geometries, dtype=object)


def test_a_known_place_comes_out_where_the_ordnance_survey_has_it() -> None:
    # Caister water tower: 52° 39 min 28.8282 s N, 1° 42 min 57.8663 s E is 651409.804, 313177.450 by OSTN15
    # (Ordnance Survey, “A guide to coordinate systems in Great Britain”); a Helmert shift is good to about 5 m.
    (tower,) = to_national_grid(array(Point(1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600)))
    assert shapely.distance(tower, Point(651409.804, 313177.450)) < 5.0
    assert (tower.x, tower.y) == (round(tower.x, 3), round(tower.y, 3))


def test_projecting_keeps_shared_corners_shared_and_leaves_its_input_alone() -> None:
    west, east = box(-1.0, 52.0, -0.9, 52.1), box(-0.9, 52.0, -0.8, 52.1)
    given = array(west, east)
    projected = to_national_grid(given)
    assert len(faulty_neighbours(projected)) == 0
    assert given[0].equals(west)
    assert len(to_national_grid(array())) == 0


def test_many_blocks_of_coordinates_are_put_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    line = shapely.LineString(np.column_stack((np.linspace(-5, 1, 50), np.linspace(50, 55, 50))))
    whole = to_national_grid(array(line))
    monkeypatch.setattr("etl.geometry.projection.BLOCK", 7)
    assert to_national_grid(array(line))[0].equals(whole[0])


def test_a_ring_that_crosses_itself_becomes_two_areas_and_its_whisker_is_dropped() -> None:
    bow_tie = Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    whiskered = Polygon([(0, 0), (4, 0), (4, 4), (2, 4), (2, 9), (2, 4), (0, 4)])
    flat = Polygon([(0, 0), (1, 1), (2, 2), (0, 0)])
    sound = box(0, 0, 1, 1)
    repaired, is_repaired = repair(array(bow_tie, whiskered, flat, sound))
    assert is_repaired.tolist() == [True, True, True, False]
    assert isinstance(repaired[0], MultiPolygon)
    assert repaired[0].area == 2.0
    assert repaired[1].equals(box(0, 0, 4, 4))
    assert repaired[2].is_empty
    assert repaired[3] is sound


def test_pieces_that_do_not_touch_make_one_area_of_two_parts() -> None:
    dissolved = dissolve(array(box(0, 0, 1, 1), box(1, 0, 2, 1), box(5, 0, 6, 1)), np.array(["a", "b", "a"]))
    assert isinstance(dissolved["a"], MultiPolygon)
    assert dissolved["b"].equals(box(1, 0, 2, 1))
    assert dissolve(array(), np.array([], dtype=object)) == {}


def test_areas_that_overlap_are_mended_and_said_to_be_changed() -> None:
    overlapping = array(box(0, 0, 10, 10), box(9.9, 0, 20, 10), box(30, 0, 40, 10), box(40, 0, 50, 10))
    mended, changed = check_coverage(overlapping, CODES, source_id="made_up")
    assert shapely.coverage_is_valid(mended)
    assert set(changed.tolist()) <= {0, 1}
    assert len(changed) > 0
    assert shapely.area(mended).sum() == pytest.approx(400.0)
    assert overlapping[1].equals(box(9.9, 0, 20, 10))


def test_a_corner_that_a_neighbour_lacks_is_given_to_it() -> None:
    tall, low, high = box(0, 0, 10, 20), box(10, 0, 20, 10), box(10, 10, 20, 20)
    mended, changed = check_coverage(array(tall, low, high), CODES[:3], source_id="made_up")
    assert changed.tolist() == [0]
    assert shapely.get_num_coordinates(mended[0]) == shapely.get_num_coordinates(tall) + 1
    assert mended[0].equals(tall)


def test_an_area_that_lies_wholly_on_another_is_named() -> None:
    with pytest.raises(SourceError, match=r"E01000001.*could not be mended.*lsoa_boundaries"):
        check_coverage(array(box(4, 4, 5, 5), box(0, 0, 10, 10)), CODES[:2], source_id="lsoa_boundaries")


def test_areas_without_a_surface_are_named_and_not_too_many_of_them() -> None:
    nothing = [MultiPolygon()] * 7
    codes = np.array([f"E0100000{n}" for n in range(8)], dtype=object)
    with pytest.raises(SourceError, match=r"E01000001, .*E01000005 and 2 more have no surface"):
        check_coverage(array(box(0, 0, 1, 1), *nothing), codes, source_id="made_up")


def test_a_fault_on_the_line_between_the_two_halves_is_found_from_both_sides() -> None:
    columns = [box(n, 0, n + 1, 1) for n in range(6)]
    columns[2] = box(2, 0, 3.1, 1)
    assert faulty_neighbours(array(*columns)).tolist() == [2, 3]
    assert faulty_neighbours(array()).tolist() == []


def test_a_point_on_a_border_goes_to_the_first_code_whatever_the_order() -> None:
    left, right = box(0, 0, 10, 10), box(10, 0, 20, 10)
    x, y = np.array([10.0, 10.0, 5.0, 15.0, 25.0]), np.array([5.0, 0.0, 5.0, 5.0, 5.0])
    expected = ["A", "A", "A", "B", None]
    assert place_points(x, y, array(left, right), np.array(["A", "B"])).tolist() == expected
    assert place_points(x, y, array(right, left), np.array(["B", "A"])).tolist() == expected


def test_a_point_in_a_hole_lies_nowhere_and_one_in_any_part_lies_inside() -> None:
    ring = Polygon(box(0, 0, 900, 900).exterior.coords, [box(300, 300, 600, 600).exterior.coords])
    far = MultiPolygon([ring, box(5000, 5000, 5001, 5001)])
    x, y = np.array([450.0, 300.0, 100.0, 5000.5]), np.array([450.0, 450.0, 100.0, 5000.5])
    assert place_points(x, y, array(far), np.array(["A"])).tolist() == [None, "A", "A", "A"]


def test_no_points_no_areas_and_no_numbers_lie_nowhere() -> None:
    nothing = np.array([])
    assert place_points(nothing, nothing, array(box(0, 0, 1, 1)), np.array(["A"])).tolist() == []
    assert place_points(np.array([1.0]), np.array([1.0]), array(), np.array([])).tolist() == [None]
    empty = array(MultiPolygon(), box(0, 0, 1, 1))
    x, y = np.array([0.5, np.nan, np.inf]), np.array([0.5, 0.5, 0.5])
    assert place_points(x, y, empty, np.array(["A", "B"])).tolist() == ["B", None, None]


def test_areas_are_tested_a_few_at_a_time_with_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = array(*(box(n, 0, n + 1, 1) for n in range(9)))
    codes = np.array([f"{n}" for n in range(9)])
    x, y = np.linspace(0, 9, 37), np.full(37, 0.5)
    whole = place_points(x, y, columns, codes).tolist()
    monkeypatch.setattr(points_module, "AREAS_AT_A_TIME", 2)
    assert place_points(x, y, columns, codes).tolist() == whole
    assert whole[4] == "0"


def test_no_boxes_make_no_groups() -> None:
    assert group_boxes(np.empty((0, 4)), np.array([])) == {}
