"""What must hold of any coverage: no area is lost, neighbours fit, and every point has one home."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from etl.geometry import (
    bounding_boxes,
    check_coverage,
    dissolve,
    faulty_neighbours,
    group_boxes,
    place_points,
    points_on_surface,
    repair,
    to_lonlat,
    to_national_grid,
)

CELL_M = 500.0


@st.composite
def coverages(draw: st.DrawFn) -> tuple[NDArray[Any], NDArray[Any]]:
    """Draw a patchwork of four-sided areas whose corners are shared and out of true, and their shuffled codes."""
    across, down = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(across + 1), np.arange(down + 1), indexing="ij")
    corners = np.stack((x, y), axis=-1) + rng.uniform(-0.2, 0.2, (across + 1, down + 1, 2))
    corners = np.round(corners * CELL_M + draw(st.sampled_from((0.0, -700.0, 400_000.0))), 3)
    areas = [
        shapely.Polygon((corners[i, j], corners[i + 1, j], corners[i + 1, j + 1], corners[i, j + 1]))
        for i in range(across)
        for j in range(down)
    ]
    codes = np.array([f"E{n:08d}" for n in rng.permutation(len(areas))], dtype=object)
    return np.array(areas, dtype=object), codes


groups_of = st.integers(1, 4)


@given(coverages(), groups_of)
def test_dissolved_areas_are_as_large_as_their_parts_and_fit_together(
    coverage: tuple[NDArray[Any], NDArray[Any]], groups: int
) -> None:
    areas, codes = coverage
    group = np.array([f"G{int(code[1:]) % groups}" for code in codes], dtype=object)
    dissolved = dissolve(areas, group)
    assert set(dissolved) == set(group)
    for code, geometry in dissolved.items():
        assert np.isclose(geometry.area, shapely.area(areas[group == code]).sum(), rtol=1e-9)
    assert len(faulty_neighbours(np.array(list(dissolved.values()), dtype=object))) == 0


@given(coverages())
def test_a_coverage_that_fits_is_left_as_it_is(coverage: tuple[NDArray[Any], NDArray[Any]]) -> None:
    areas, codes = coverage
    checked, changed = check_coverage(areas, codes, source_id="made_up")
    assert len(changed) == 0
    assert checked is areas


@given(coverages(), st.integers(0, 24), st.sampled_from((0.002, 1.0, CELL_M / 4)))
def test_an_area_that_swells_over_its_neighbours_is_found(
    coverage: tuple[NDArray[Any], NDArray[Any]], which: int, swelling_m: float
) -> None:
    areas, _ = coverage
    position = which % len(areas)
    swollen = areas.copy()
    swollen[position] = areas[position].buffer(swelling_m, join_style="mitre")
    faulty = faulty_neighbours(swollen)
    assert (len(faulty) == 0) == (len(areas) == 1)
    assert shapely.touches(areas[position], areas[faulty]).any() or len(areas) == 1


@given(coverages(), st.integers(0, 2**32 - 1))
def test_every_point_goes_to_the_first_area_that_touches_it(
    coverage: tuple[NDArray[Any], NDArray[Any]], seed: int
) -> None:
    areas, codes = coverage
    rng = np.random.default_rng(seed)
    west, south, east, north = shapely.total_bounds(areas)
    anywhere = np.column_stack((rng.uniform(west - 300, east + 300, 40), rng.uniform(south - 300, north + 300, 40)))
    corners = shapely.get_coordinates(areas)
    points = np.vstack((anywhere, corners, points_on_surface(areas), [(np.nan, 0.0), (0.0, np.inf)]))
    placed = place_points(points[:, 0], points[:, 1], areas, codes)
    expected = [
        min((code for area, code in zip(areas, codes, strict=True) if shapely.intersects_xy(area, x, y)), default=None)
        for x, y in points
    ]
    assert placed.tolist() == expected
    assert all(code is not None for code in placed[40 : 40 + len(corners)])


@given(coverages(), groups_of)
def test_the_box_of_a_group_is_the_box_of_its_dissolved_area(
    coverage: tuple[NDArray[Any], NDArray[Any]], groups: int
) -> None:
    areas, codes = coverage
    group = np.array([f"G{int(code[1:]) % groups}" for code in codes], dtype=object)
    boxes = group_boxes(bounding_boxes(areas), group)
    for code, geometry in dissolve(areas, group).items():
        assert boxes[code].tolist() == list(geometry.bounds)


rings = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=9, unique=True)


@given(st.lists(rings, min_size=1, max_size=4))
def test_whatever_is_repaired_is_valid_and_has_only_areas(drawn: list[list[tuple[int, int]]]) -> None:
    polygons = np.array([shapely.Polygon(ring) for ring in drawn], dtype=object)
    repaired, is_repaired = repair(polygons)
    assert shapely.is_valid(repaired).all()
    assert set(shapely.get_type_id(repaired).tolist()) <= {3, 6}
    assert (is_repaired == ~shapely.is_valid(polygons)).all()
    assert (repaired[~is_repaired] == polygons[~is_repaired]).all()


@given(st.lists(st.tuples(st.floats(-6.4, 1.8), st.floats(49.9, 55.8)), max_size=20))
@settings(max_examples=25)
def test_there_and_back_is_within_three_millimetres(lonlat: list[tuple[float, float]]) -> None:
    points = np.array([shapely.Point(place) for place in lonlat], dtype=object)
    metres = shapely.get_coordinates(to_national_grid(points))
    assert np.abs(metres * 1000 - np.round(metres * 1000)).max(initial=0.0) < 1e-3
    back = to_lonlat(metres)
    again = shapely.get_coordinates(to_national_grid(np.array([shapely.Point(place) for place in back], dtype=object)))
    assert np.abs(again - metres).max(initial=0.0) <= 0.002 + 1e-9
    assert np.abs(back - np.array(lonlat).reshape(-1, 2)).max(initial=0.0) < 5e-8
