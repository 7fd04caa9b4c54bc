"""Borders: thinned once for both neighbours, as GEOS would, and never to nothing."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from etl.tiles.border_reading import read_borders
from etl.tiles.drawing import draw, trace
from etl.tiles.thinning import restore, thin
from tests.coverages import awkward_coverage, jagged_grid

WORLD_M = 40_075_016.685578488


def test_borders_meet_at_the_corners_of_a_grid_and_nowhere_else() -> None:
    borders, _ = read_borders(jagged_grid(columns=3, rows=3, cell_m=1000, seed=1))
    # Sixteen corners, less the four outer ones (one area each, so not a meeting); each corner cell then has three
    # meetings, so none needs an anchor.
    assert np.isinf(borders.area).sum() == 12


def test_a_lone_island_is_anchored_at_three_vertices() -> None:
    island = shapely.Point(400_000, 300_000).buffer(500, quad_segs=30)
    borders, _ = read_borders(np.array([island]))
    assert np.isinf(borders.area).sum() == 3
    assert thin(borders, tolerance=1.0).is_kept.sum() == 3


@pytest.mark.parametrize("tolerance_m", [50, 100, 300, 1000])
def test_thinning_agrees_with_the_coverage_simplification_of_geos(tolerance_m: int) -> None:
    borders, rings = read_borders(jagged_grid(columns=8, rows=8, cell_m=3000, seed=2))
    _, whole = draw(borders, rings, tolerance=0, units=WORLD_M)
    # Units of a metre: rounding to them is the same for both.
    _, ours = draw(borders, rings, tolerance=tolerance_m, units=WORLD_M)
    theirs = shapely.coverage_simplify(whole, tolerance_m)
    # Ours takes many vertices at once, so here and there another one of two nearly alike is left.
    assert shapely.equals(ours, theirs).mean() > 0.9
    assert shapely.get_num_coordinates(ours).sum() == pytest.approx(shapely.get_num_coordinates(theirs).sum(), rel=0.02)


def test_neighbours_share_their_thinned_borders() -> None:
    areas = awkward_coverage(cell_m=2000, seed=3)
    assert shapely.coverage_is_valid(areas)
    borders, rings = read_borders(areas)
    for units in (2**24, 2**22, 2**20):
        borders, areas = draw(borders, rings, tolerance=4, units=units)
        assert shapely.coverage_is_valid(areas)


def test_what_thinning_took_from_an_area_can_be_put_back() -> None:
    borders, rings = read_borders(jagged_grid(columns=2, rows=1, cell_m=1000, seed=4))
    thinned = thin(borders, tolerance=1e-4)
    assert not thinned.is_kept[rings.vertex].all()
    restore(thinned, before=borders, vertex=rings.vertex)
    for ours, theirs in zip(
        (thinned.one, thinned.other, thinned.area, thinned.is_kept),
        (borders.one, borders.other, borders.area, borders.is_kept),
        strict=True,
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_an_area_that_thinning_would_make_cross_itself_keeps_its_borders() -> None:
    # A headland pokes through the mouth of a bay; the bay's shallow arc would be cut straight across the headland.
    arc = [(x, 40 - (x - 500) ** 2 / 6250) for x in range(0, 1001, 125)]
    land = [(0, 0), (0, -500), (1000, -500), (1000, 0)]
    headland = shapely.Polygon([(460, 5), (540, 5), (500, 30)])
    crescent = shapely.Polygon([*land, *reversed(arc)], [headland.exterior.coords])
    there = shapely.transform(np.array([crescent]), lambda xy: xy + 300_000)
    borders, rings = read_borders(there)
    assert not shapely.is_valid(trace(thin(borders, tolerance=300 / WORLD_M), rings, units=WORLD_M)[0])
    thinned, _ = draw(borders, rings, tolerance=300, units=WORLD_M)
    assert shapely.is_valid(trace(thinned, rings, units=WORLD_M)[0])
