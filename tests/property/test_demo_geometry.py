"""Whatever chance draws, the made-up map stays a map: lines keep to their room, groups share everything out."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from scipy.sparse.csgraph import connected_components

from etl.demo.groups import find_neighbours, gather
from etl.demo.places import draw_places
from etl.demo.ranking import decile, rank_worst_first, spread_exponentially
from etl.demo.wiggle import roughen, wiggle

SEEDS = st.integers(0, 2**32 - 1)
FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@given(seed=SEEDS, angle=st.floats(0.01, 1.0), levels=st.integers(0, 6))
def test_a_wiggled_line_keeps_its_ends_and_stays_within_its_cone(seed: int, angle: float, levels: int) -> None:
    rng = np.random.default_rng(seed)
    lines = rng.uniform(0, 1e4, (5, 2, 2))
    points = wiggle(lines=lines, angles=np.full(5, angle), levels=levels, rng=rng)
    assert points.shape == (5, 2**levels + 1, 2)
    assert (points[:, [0, -1]] == lines).all()
    for line, path in zip(lines, points, strict=True):
        for end, other in ((line[0], line[1]), (line[1], line[0])):
            way = np.arctan2(*(other - end)[::-1])
            offsets = path[~(path == end).all(axis=1)] - end
            strayed = (np.arctan2(offsets[:, 1], offsets[:, 0]) - way + np.pi) % (2 * np.pi) - np.pi
            assert (np.abs(strayed) <= angle + 1e-9).all()


@given(seed=SEEDS, roughness=st.floats(0, 0.3), spacing_m=st.floats(50, 5_000))
def test_a_roughened_path_keeps_its_points_and_leaves_no_long_gap(
    seed: int, roughness: float, spacing_m: float
) -> None:
    path = np.random.default_rng(seed).uniform(0, 1e4, (6, 2))
    rough = roughen(path=path, roughness=roughness, spacing_m=spacing_m, rng=np.random.default_rng(seed))
    assert np.hypot(*np.diff(rough, axis=0).T).max() <= spacing_m
    assert {tuple(point) for point in path} <= {tuple(point) for point in rough}


@given(columns=st.integers(2, 7), rows=st.integers(2, 7), data=st.data())
def test_groups_share_out_every_neighbourhood_once_and_evenly(columns: int, rows: int, data: st.DataObject) -> None:
    boxes = [shapely.box(x, y, x + 1, y + 1) for x in range(columns) for y in range(rows)]
    centres = shapely.get_coordinates(shapely.centroid(boxes)) * 1_000
    parts = data.draw(st.integers(1, max(1, len(boxes) // 4)))
    graph = find_neighbours(polygons=boxes, centres=centres)
    groups = gather(members=np.arange(len(boxes)), parts=parts, graph=graph, centres=centres)
    assert len(groups) == parts
    assert sorted(np.concatenate(groups).tolist()) == list(range(len(boxes)))
    assert max(map(len, groups)) - min(map(len, groups)) <= 2


def test_an_island_is_tied_to_its_nearest_neighbour() -> None:
    boxes = [shapely.box(x, 0, x + 1, 1) for x in (0, 1, 2, 5)]
    graph = find_neighbours(polygons=boxes, centres=shapely.get_coordinates(shapely.centroid(boxes)))
    assert connected_components(graph)[0] == 1
    assert graph[2, 3] == pytest.approx(3)
    assert graph[0, 3] == 0


@given(values=st.lists(FINITE, min_size=2, max_size=60))
def test_ranks_are_a_permutation_and_no_worse_value_ranks_after_a_better_one(values: list[float]) -> None:
    ranks = rank_worst_first(np.array(values))
    assert sorted(ranks) == list(range(1, len(values) + 1))
    assert (np.diff(np.array(values)[np.argsort(ranks)]) <= 0).all()
    assert (decile(ranks) == np.ceil(10 * ranks / len(ranks))).all()
    assert (np.diff(spread_exponentially(np.sort(ranks))) < 0).all()
    assert spread_exponentially(ranks).max() == pytest.approx(100)


@settings(max_examples=2)
@given(seed=SEEDS)
def test_any_seed_draws_neighbourhoods_without_gaps_even_after_longitude_and_latitude(seed: int) -> None:
    places = draw_places(rng=np.random.default_rng(seed))
    polygons = np.asarray(places.polygons, dtype=object)
    assert len(polygons) == 900
    there, back = Transformer.from_crs(27700, 4326, always_xy=True), Transformer.from_crs(4326, 27700, always_xy=True)
    degrees = shapely.transform(polygons, lambda xy: np.column_stack(there.transform(*xy.T)))
    west, south, east, north = shapely.total_bounds(degrees)
    assert -7 < west < east < 2
    assert 49 < south < north < 56
    metres = shapely.transform(degrees, lambda xy: np.column_stack(back.transform(*xy.T)).round(3))
    assert shapely.coverage_is_valid(metres)
    assert shapely.is_valid(metres).all()
    assert shapely.area(metres).sum() == pytest.approx(places.land.outline.area, rel=1e-6)
    names = places.frame.groupby("msoa21_code")["local_name"].agg(["nunique", "first"])
    assert (names["nunique"] == 1).all()
    assert names["first"].is_unique
    torn = [
        connected_components(places.graph[rows][:, rows])[0] > 1
        for rows in places.frame.groupby("msoa21_code").indices.values()
    ]
    assert np.mean(torn) < 0.03, "nearly every MSOA is in one piece"
